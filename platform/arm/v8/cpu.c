/* SPDX-License-Identifier: BSD-2-Clause */
/* What one CPU is set up with before the kernel's first thread runs (ARMv8, EL2). */
#include "platform.h"
#include "sysreg.h"

/* TCR_EL2 (DDI 0487): 39-bit addresses, tables inner shareable write-back, 40-bit output. */
#define TCR_VALUE                                                                    \
    (BIT(31) | BIT(23) | UINT64_C(2) << 16 | UINT64_C(3) << 12 | UINT64_C(1) << 10 | \
     UINT64_C(1) << 8 | UINT64_C(25))
/* SCTLR_EL2: RES1 bits with M, C, SA, I, WXN. */
#define HYP_SCTLR_VALUE (UINT64_C(0x30c50830) | BIT(0) | BIT(2) | BIT(3) | BIT(12) | BIT(19))

/* from 8 on, what native code and guests cause */
const char *const vector_cause[VECTORS] = {
    "synchronous exception in the kernel (SP_EL0)",
    "IRQ in the kernel (SP_EL0)",
    "FIQ in the kernel (SP_EL0)",
    "SError in the kernel (SP_EL0)",
    "synchronous exception in the kernel",
    "IRQ in the kernel",
    "FIQ in the kernel",
    "SError in the kernel",
    [10] = "FIQ or SError from below",
};

void cpu_enable_mmu(uint64_t root)
{
    hyp_write(mair, KERNEL_MAP_MAIR);
    hyp_write(tcr, TCR_VALUE);
    hyp_write(ttbr0, root);
    __asm__ volatile("dsb sy\n\ttlbi alle2\n\ttlbi alle1\n\tic iallu\n\tdsb sy\n\tisb" ::
                         : "memory");
    hyp_write(sctlr, HYP_SCTLR_VALUE);
    barrier_context();
    el1_write(mdscr, 0); /* stays so: a guest's writes trap */
}
