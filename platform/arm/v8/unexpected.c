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
    "synchronous exception in the kernel (SP_EL0)", "IRQ in the kernel (SP_EL0)",
    "FIQ in the kernel (SP_EL0)", "SError in the kernel (SP_EL0)",
    "synchronous exception in the kernel", "IRQ in the kernel",
    "FIQ in the kernel", "SError in the kernel",
    "synchronous exception", "IRQ", "FIQ from below", "SError from below",
    "synchronous exception (AArch32)", "IRQ (AArch32)", "FIQ from below (AArch32)",
    "SError from below (AArch32)",
};

static bool is_panicking;

_Noreturn void trap_unexpected(uint64_t vector)
{
    if (is_panicking) { /* the panic itself went wrong: nothing more can be said */
        arch_machine_reset();
    }
    is_panicking = true;
    const struct panic_register registers[] = {
        { "esr", read_esr_el2() }, { "far", read_far_el2() }, { "hpfar", read_hpfar_el2() },
        { "elr", panic_frame.pc }, { "spsr", panic_frame.pstate }, { "sp", panic_frame.sp },
        { "x0", panic_frame.x[0] }, { "x1", panic_frame.x[1] }, { "x2", panic_frame.x[2] },
        { "x3", panic_frame.x[3] }, { "x4", panic_frame.x[4] }, { "x5", panic_frame.x[5] },
        { "x19", panic_frame.x[19] }, { "x20", panic_frame.x[20] }, { "x29", panic_frame.x[29] },
        { "x30", panic_frame.x[30] },
    };
    kernel_panic(vector_cause[vector & 15], registers, sizeof registers / sizeof registers[0]);
}
