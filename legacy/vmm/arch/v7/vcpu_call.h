/* SPDX-License-Identifier: BSD-2-Clause */
/* The system calls that only a VMM makes: number in R7, SVC #0 (abi/syscall.h). */
#pragma once

#include "runtime/syscall.h"

/* *exit_out is an enum vcpu_exit, *bits_out the notification's bits with VCPU_EXIT_NOTIFIED. By
 * hand, so that nothing is put into registers that the call does not read: it is the hottest. */
__attribute__((always_inline)) static inline enum status
sys_vcpu_run(cap_index vcpu, abi_word *exit_out, abi_word *bits_out)
{
    register abi_word r0 __asm__("r0") = vcpu;
    register abi_word r1 __asm__("r1");
    register abi_word r2 __asm__("r2");
    register abi_word r7 __asm__("r7") = SYS_VCPU_RUN;

    __asm__ volatile("svc #0"
                     : "+r"(r0), "=r"(r1), "=r"(r2)
                     : "r"(r7)
                     : "r3", "r4", "r5", "r6", "memory");
    *exit_out = r1;
    *bits_out = r2;
    return (enum status)r0;
}

static inline enum status sys_vcpu_reset(cap_index vcpu)
{
    return sys_call(SYS_VCPU_RESET, vcpu, 0, 0);
}
