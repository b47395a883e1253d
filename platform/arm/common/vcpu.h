/* SPDX-License-Identifier: BSD-2-Clause */
/* What the trap path asks of the guest that runs on this CPU. */
#ifndef VCPU_H
#define VCPU_H

#include "arch/arch.h"

/* Its virtual timer has fired. True when the guest will deactivate the interrupt. */
bool vcpu_take_virtual_timer(void);
/* No list register is pending any more: stop asking, then tell the VMM. */
void vcpu_acknowledge_drained(void);
void vcpu_exit_drained(void);

void vcpu_exit(struct arch_vcpu *vcpu, enum vcpu_exit reason);
/* A data or instruction abort, as vcpu->trap describes it. */
void vcpu_take_abort(struct arch_vcpu *vcpu, bool is_data);
void vcpu_exit_call(struct arch_vcpu *vcpu); /* HVC or SMC */
void vcpu_wait(struct arch_vcpu *vcpu);      /* WFI */

#endif
