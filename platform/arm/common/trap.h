/* SPDX-License-Identifier: BSD-2-Clause */
/* C ends of vectors.S. */
#ifndef TRAP_H
#define TRAP_H

#include <stdint.h>

#include "cpu_area.h"

void trap_native(void); /* not an SVC; its registers are saved */
void trap_guest(void);  /* synchronous, from the guest that runs */
void trap_idle(void);   /* the kernel found nothing to run */
_Noreturn void trap_return(struct arch_cpu *local); /* to user space, the stack emptied */
_Noreturn void trap_unexpected(uint64_t vector);

extern struct arch_context panic_frame;
extern const void *const panic_stack_top;

#endif
