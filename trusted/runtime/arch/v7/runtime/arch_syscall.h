/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The trap itself: number in R7, arguments in R0.., SVC #0 (abi/syscall.h). The calls that only
 * have a status preserve every register but R0, so the compiler may keep values in the others.
 */
#ifndef RUNTIME_ARCH_SYSCALL_H
#define RUNTIME_ARCH_SYSCALL_H

#include "abi/message.h"
#include "abi/types.h"

enum { SYSCALL_REGISTERS = 7 };
struct syscall_registers {
    abi_word value[SYSCALL_REGISTERS];
};

/* start.S keeps the thread's message buffer in the thread register that PL0 owns (TPIDRURW). */
static inline struct message_buffer *arch_message_buffer(void)
{
    struct message_buffer *buffer;

    __asm__("mrc p15, 0, %0, c13, c0, 2" : "=r"(buffer));
    return buffer;
}

/* All seven registers in, all seven out. Inlined, the struct never exists in memory. */
__attribute__((always_inline)) static inline void arch_syscall_all(unsigned number, struct syscall_registers *all)
{
    register abi_word r0 __asm__("r0") = all->value[0];
    register abi_word r1 __asm__("r1") = all->value[1];
    register abi_word r2 __asm__("r2") = all->value[2];
    register abi_word r3 __asm__("r3") = all->value[3];
    register abi_word r4 __asm__("r4") = all->value[4];
    register abi_word r5 __asm__("r5") = all->value[5];
    register abi_word r6 __asm__("r6") = all->value[6];
    register abi_word r7 __asm__("r7") = number;

    __asm__ volatile("svc #0"
                     : "+r"(r0), "+r"(r1), "+r"(r2), "+r"(r3), "+r"(r4), "+r"(r5), "+r"(r6)
                     : "r"(r7)
                     : "memory");
    all->value[0] = r0;
    all->value[1] = r1;
    all->value[2] = r2;
    all->value[3] = r3;
    all->value[4] = r4;
    all->value[5] = r5;
    all->value[6] = r6;
}

/* One argument, two results: nothing is put into registers that the call does not read. */
__attribute__((always_inline)) static inline enum status
arch_syscall_1_gives_2(unsigned number, abi_word a0, abi_word *first_out, abi_word *second_out)
{
    register abi_word r0 __asm__("r0") = a0;
    register abi_word r1 __asm__("r1");
    register abi_word r2 __asm__("r2");
    register abi_word r7 __asm__("r7") = number;

    __asm__ volatile("svc #0"
                     : "+r"(r0), "=r"(r1), "=r"(r2)
                     : "r"(r7)
                     : "r3", "r4", "r5", "r6", "memory");
    *first_out = r1;
    *second_out = r2;
    return (enum status)r0;
}

static inline enum status arch_syscall_0(unsigned number)
{
    register abi_word r0 __asm__("r0");
    register abi_word r7 __asm__("r7") = number;

    __asm__ volatile("svc #0" : "=r"(r0) : "r"(r7) : "memory");
    return (enum status)r0;
}

static inline enum status arch_syscall_1(unsigned number, abi_word a0)
{
    register abi_word r0 __asm__("r0") = a0;
    register abi_word r7 __asm__("r7") = number;

    __asm__ volatile("svc #0" : "+r"(r0) : "r"(r7) : "memory");
    return (enum status)r0;
}

static inline enum status arch_syscall_4(unsigned number, abi_word a0, abi_word a1, abi_word a2,
                                         abi_word a3)
{
    register abi_word r0 __asm__("r0") = a0;
    register abi_word r1 __asm__("r1") = a1;
    register abi_word r2 __asm__("r2") = a2;
    register abi_word r3 __asm__("r3") = a3;
    register abi_word r7 __asm__("r7") = number;

    __asm__ volatile("svc #0"
                     : "+r"(r0)
                     : "r"(r1), "r"(r2), "r"(r3), "r"(r7)
                     : "memory");
    return (enum status)r0;
}

static inline enum status arch_syscall_7(unsigned number, abi_word a0, abi_word a1, abi_word a2,
                                         abi_word a3, abi_word a4, abi_word a5, abi_word a6)
{
    struct syscall_registers r = { .value = { a0, a1, a2, a3, a4, a5, a6 } };

    arch_syscall_all(number, &r);
    return (enum status)r.value[0];
}

#endif
