/* SPDX-License-Identifier: BSD-2-Clause */
/* What must never happen in the kernel: the end, with the registers of the cause. */
#include "cpu_area.h"
#include "kernel/kernel.h"
#include "platform.h"
#include "sysreg.h"

/* Filled and used by vectors.S. */
struct arch_context panic_frame;
_Alignas(16) uint8_t panic_stack[PANIC_STACK_BYTES];

static const char *const vector_cause[16] = { /* from 8 on, what native code and guests cause */
    "synchronous exception in the kernel (SP_EL0)", "IRQ in the kernel (SP_EL0)",
    "FIQ in the kernel (SP_EL0)", "SError in the kernel (SP_EL0)",
    "synchronous exception in the kernel", "IRQ in the kernel",
    "FIQ in the kernel", "SError in the kernel",
    [10] = "FIQ from below", "SError from below",
    [14] = "FIQ from below (AArch32)", "SError from below (AArch32)",
};

_Noreturn void trap_unexpected(uint64_t vector)
{
    static bool is_panicking;
    if (is_panicking) { /* the panic itself went wrong: nothing more can be said */
        arch_machine_reset();
    }
    is_panicking = true;
    const abi_word *x = panic_frame.x;
    const struct panic_register registers[] = {
        { "esr", sysreg_read(esr_el2) }, { "far", sysreg_read(far_el2) },
        { "hpfar", sysreg_read(hpfar_el2) }, { "elr", panic_frame.pc },
        { "spsr", panic_frame.pstate }, { "sp", panic_frame.sp },
        { "x0", x[0] }, { "x1", x[1] }, { "x2", x[2] }, { "x3", x[3] }, { "x4", x[4] },
        { "x5", x[5] }, { "x19", x[19] }, { "x20", x[20] }, { "x29", x[29] }, { "x30", x[30] },
    };
    kernel_panic(vector_cause[vector & 15], registers, sizeof registers / sizeof registers[0]);
}
