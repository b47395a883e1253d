/* SPDX-License-Identifier: BSD-2-Clause */
/* The trap itself: number in R7, arguments and results in R0..R6, SVC #0 (abi/syscall.h). */
#pragma once

#include "abi/message.h"
#include "abi/types.h"

enum { SYSCALL_REGISTERS = 7 };
struct syscall_registers {
    abi_word value[SYSCALL_REGISTERS];
};

/* start.S keeps the thread's message buffer in the thread register that PL0 owns: TPIDRURW. */
static inline struct message_buffer *arch_message_buffer(void)
{
    struct message_buffer *buffer;

    __asm__("mrc p15, 0, %0, c13, c0, 2" : "=r"(buffer));
    return buffer;
}

/* All seven registers in, all seven out. Inlined, the struct never exists in memory. */
__attribute__((always_inline)) static inline void arch_syscall_all(unsigned number,
                                                                   struct syscall_registers *all)
{
    abi_word *const v = all->value;
    register abi_word r0 __asm__("r0") = v[0], r1 __asm__("r1") = v[1], r2 __asm__("r2") = v[2];
    register abi_word r3 __asm__("r3") = v[3], r4 __asm__("r4") = v[4], r5 __asm__("r5") = v[5];
    register abi_word r6 __asm__("r6") = v[6], r7 __asm__("r7") = number;

    __asm__ volatile("svc #0"
                     : "+r"(r0), "+r"(r1), "+r"(r2), "+r"(r3), "+r"(r4), "+r"(r5), "+r"(r6)
                     : "r"(r7)
                     : "memory");
    *all = (struct syscall_registers){ { r0, r1, r2, r3, r4, r5, r6 } };
}
