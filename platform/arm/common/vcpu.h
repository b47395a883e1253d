/* SPDX-License-Identifier: BSD-2-Clause */
/* What the trap path asks of the guest that runs on this CPU. */
#ifndef VCPU_H
#define VCPU_H

#include <stdbool.h>

#include "arch/arch.h"

/* Its virtual timer has fired. True when the guest will deactivate the interrupt. */
bool vcpu_take_virtual_timer(void);
/* No list register is pending any more: stop asking, then tell the VMM. */
void vcpu_acknowledge_drained(void);
void vcpu_exit_drained(void);

#endif
