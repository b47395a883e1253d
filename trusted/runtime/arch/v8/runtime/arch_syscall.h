/* SPDX-License-Identifier: BSD-2-Clause */
/* The trap itself: number in X7, arguments and results in X0..X6, SVC #0 (abi/syscall.h). */
#pragma once

#include "abi/message.h"
#include "abi/types.h"

enum { SYSCALL_REGISTERS = 7 };
struct syscall_registers {
    abi_word value[SYSCALL_REGISTERS];
};

/* start.S keeps the thread's message buffer in the thread register that EL0 owns. */
static inline struct message_buffer *arch_message_buffer(void)
{
    struct message_buffer *buffer;

    __asm__("mrs %0, tpidr_el0" : "=r"(buffer));
    return buffer;
}

/* All seven registers in, all seven out. Inlined, the struct never exists in memory. */
__attribute__((always_inline)) static inline void arch_syscall_all(unsigned number,
                                                                   struct syscall_registers *r)
{
    abi_word *const v = r->value;
    register abi_word x0 __asm__("x0") = v[0], x1 __asm__("x1") = v[1], x2 __asm__("x2") = v[2];
    register abi_word x3 __asm__("x3") = v[3], x4 __asm__("x4") = v[4], x5 __asm__("x5") = v[5];
    register abi_word x6 __asm__("x6") = v[6], x7 __asm__("x7") = number;

    __asm__ volatile("svc #0"
                     : "+r"(x0), "+r"(x1), "+r"(x2), "+r"(x3), "+r"(x4), "+r"(x5), "+r"(x6)
                     : "r"(x7)
                     : "memory");
    *r = (struct syscall_registers){ { x0, x1, x2, x3, x4, x5, x6 } };
}
