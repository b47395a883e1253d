/* SPDX-License-Identifier: BSD-2-Clause */
/* The system calls that only a VMM makes: number in X7, SVC #0 (abi/syscall.h). */
#pragma once

#include "runtime/syscall.h"

/* *exit_out is an enum vcpu_exit, *bits_out the notification's bits with VCPU_EXIT_NOTIFIED. By
 * hand, so that nothing is put into registers that the call does not read: it is the hottest. */
__attribute__((always_inline)) static inline enum status
sys_vcpu_run(cap_index vcpu, abi_word *exit_out, abi_word *bits_out)
{
    register abi_word x0 __asm__("x0") = vcpu;
    register abi_word x1 __asm__("x1");
    register abi_word x2 __asm__("x2");
    register abi_word x7 __asm__("x7") = SYS_VCPU_RUN;

    __asm__ volatile("svc #0"
                     : "+r"(x0), "=r"(x1), "=r"(x2)
                     : "r"(x7)
                     : "x3", "x4", "x5", "x6", "memory");
    *exit_out = x1;
    *bits_out = x2;
    return (enum status)x0;
}

static inline enum status sys_vcpu_reset(cap_index vcpu)
{
    return sys_call(SYS_VCPU_RESET, vcpu, 0, 0);
}
