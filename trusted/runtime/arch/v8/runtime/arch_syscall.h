/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The trap itself: number in X7, arguments in X0.., SVC #0 (abi/syscall.h). The calls that only
 * have a status preserve every register but X0, so the compiler may keep values in the others.
 */
#ifndef RUNTIME_ARCH_SYSCALL_H
#define RUNTIME_ARCH_SYSCALL_H

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
__attribute__((always_inline)) static inline void arch_syscall_all(unsigned number, struct syscall_registers *r)
{
    register abi_word x0 __asm__("x0") = r->value[0];
    register abi_word x1 __asm__("x1") = r->value[1];
    register abi_word x2 __asm__("x2") = r->value[2];
    register abi_word x3 __asm__("x3") = r->value[3];
    register abi_word x4 __asm__("x4") = r->value[4];
    register abi_word x5 __asm__("x5") = r->value[5];
    register abi_word x6 __asm__("x6") = r->value[6];
    register abi_word x7 __asm__("x7") = number;

    __asm__ volatile("svc #0"
                     : "+r"(x0), "+r"(x1), "+r"(x2), "+r"(x3), "+r"(x4), "+r"(x5), "+r"(x6)
                     : "r"(x7)
                     : "memory");
    r->value[0] = x0;
    r->value[1] = x1;
    r->value[2] = x2;
    r->value[3] = x3;
    r->value[4] = x4;
    r->value[5] = x5;
    r->value[6] = x6;
}

/* One argument, two results: nothing is put into registers that the call does not read. */
__attribute__((always_inline)) static inline enum status
arch_syscall_1_gives_2(unsigned number, abi_word a0, abi_word *first_out, abi_word *second_out)
{
    register abi_word x0 __asm__("x0") = a0;
    register abi_word x1 __asm__("x1");
    register abi_word x2 __asm__("x2");
    register abi_word x7 __asm__("x7") = number;

    __asm__ volatile("svc #0"
                     : "+r"(x0), "=r"(x1), "=r"(x2)
                     : "r"(x7)
                     : "x3", "x4", "x5", "x6", "memory");
    *first_out = x1;
    *second_out = x2;
    return (enum status)x0;
}

static inline enum status arch_syscall_0(unsigned number)
{
    register abi_word x0 __asm__("x0");
    register abi_word x7 __asm__("x7") = number;

    __asm__ volatile("svc #0" : "=r"(x0) : "r"(x7) : "memory");
    return (enum status)x0;
}

static inline enum status arch_syscall_1(unsigned number, abi_word a0)
{
    register abi_word x0 __asm__("x0") = a0;
    register abi_word x7 __asm__("x7") = number;

    __asm__ volatile("svc #0" : "+r"(x0) : "r"(x7) : "memory");
    return (enum status)x0;
}

static inline enum status arch_syscall_4(unsigned number, abi_word a0, abi_word a1, abi_word a2,
                                         abi_word a3)
{
    register abi_word x0 __asm__("x0") = a0;
    register abi_word x1 __asm__("x1") = a1;
    register abi_word x2 __asm__("x2") = a2;
    register abi_word x3 __asm__("x3") = a3;
    register abi_word x7 __asm__("x7") = number;

    __asm__ volatile("svc #0"
                     : "+r"(x0)
                     : "r"(x1), "r"(x2), "r"(x3), "r"(x7)
                     : "memory");
    return (enum status)x0;
}

static inline enum status arch_syscall_7(unsigned number, abi_word a0, abi_word a1, abi_word a2,
                                         abi_word a3, abi_word a4, abi_word a5, abi_word a6)
{
    struct syscall_registers r = { .value = { a0, a1, a2, a3, a4, a5, a6 } };

    arch_syscall_all(number, &r);
    return (enum status)r.value[0];
}

#endif
