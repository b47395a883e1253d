/* SPDX-License-Identifier: BSD-2-Clause */
/* What must never happen in the kernel: the end, with the registers of the cause. */
#include "trap.h"

#include "kernel/panic.h"
#include "sysreg.h"

/* Filled by vectors.S. */
struct arch_context panic_frame;
static struct {
    _Alignas(16) uint8_t bytes[4096];
} panic_stack;
const void *const panic_stack_top = &panic_stack + 1;

static const char *const vector_cause[] = {
    "reset", "undefined instruction in the kernel", "SVC in the kernel",
    "prefetch abort in the kernel", "data abort in the kernel", "trap", "IRQ", "FIQ",
};

static bool is_panicking;

_Noreturn void trap_unexpected(uint64_t vector)
{
    if (is_panicking) { /* the panic itself went wrong: nothing more can be said */
        arch_machine_reset();
    }
    is_panicking = true;
    const struct panic_register registers[] = {
        { "hsr", read_hsr() }, { "hdfar", read_hdfar() }, { "hifar", read_hifar() },
        { "elr", panic_frame.pc }, { "spsr", panic_frame.pstate }, { "sp", panic_frame.sp },
        { "r0", panic_frame.x[0] }, { "r1", panic_frame.x[1] }, { "r2", panic_frame.x[2] },
        { "r3", panic_frame.x[3] }, { "r4", panic_frame.x[4] }, { "r5", panic_frame.x[5] },
        { "r6", panic_frame.x[6] }, { "r11", panic_frame.x[11] }, { "r12", panic_frame.x[12] },
        { "lr", panic_frame.lr },
    };
    kernel_panic(vector_cause[vector & 7], registers, sizeof registers / sizeof registers[0]);
}
