/* SPDX-License-Identifier: BSD-2-Clause */
/* What must never happen in the kernel: the end, with the registers of the cause. */
#include "cpu_area.h"
#include "kernel/kernel.h"
#include "platform.h"
#include "sysreg.h"

/* Filled and used by vectors.S. */
struct arch_context panic_frame;
_Alignas(16) uint8_t panic_stack[PANIC_STACK_BYTES];

static const char *const vector_cause[8] = {
    "reset", "undefined instruction in the kernel", "SVC in the kernel",
    "prefetch abort in the kernel", "data abort in the kernel", [7] = "FIQ",
};

_Noreturn void trap_unexpected(uint64_t vector)
{
    static bool is_panicking;
    if (is_panicking) { /* the panic itself went wrong: nothing more can be said */
        arch_machine_reset();
    }
    is_panicking = true;
    const abi_word *r = panic_frame.x;
    const struct panic_register registers[] = {
        { "hsr", sysreg_read(hsr) }, { "hdfar", sysreg_read(hdfar) },
        { "hifar", sysreg_read(hifar) }, { "elr", panic_frame.pc },
        { "spsr", panic_frame.pstate }, { "sp", panic_frame.sp },
        { "r0", r[0] }, { "r1", r[1] }, { "r2", r[2] }, { "r3", r[3] }, { "r4", r[4] },
        { "r5", r[5] }, { "r6", r[6] }, { "r11", r[11] }, { "r12", r[12] },
        { "lr", panic_frame.lr },
    };
    kernel_panic(vector_cause[vector & 7], registers, sizeof registers / sizeof registers[0]);
}
