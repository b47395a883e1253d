/* SPDX-License-Identifier: BSD-2-Clause */
/* What must never happen in the kernel: the end, with the registers of the cause. */
#include "platform.h"
#include "sysreg.h"

/* Filled and used by vectors.S. */
struct arch_context panic_frame;
_Alignas(16) uint8_t panic_stack[PANIC_STACK_BYTES];

_Noreturn void trap_unexpected(uint64_t vector)
{
#define SYNDROME(name) { #name, hyp_read(name) },
#define GENERAL(name, number) { #name, panic_frame.x[number] },
    const struct panic_register registers[] = { { "elr", panic_frame.pc },
                                                { "spsr", panic_frame.pstate },
                                                { "sp", panic_frame.sp },
                                                SYNDROME_REGISTERS(SYNDROME)
                                                    GENERAL_REGISTERS(GENERAL) };

    memory_refuse_probe();
    kernel_panic(vector_cause[vector % VECTORS], registers, sizeof registers / sizeof registers[0]);
}
