/* SPDX-License-Identifier: BSD-2-Clause */
/* What one CPU is set up with before the kernel's first thread runs (ARMv7, Hyp mode). */
#include "platform.h"
#include "sysreg.h"

/* HTCR (DDI 0406): 32-bit addresses, tables inner shareable write-back; RES1 31 and 23. */
#define HTCR_VALUE (BIT(31) | BIT(23) | UINT32_C(3) << 12 | UINT32_C(1) << 10 | UINT32_C(1) << 8)
/* HSCTLR: RES1 bits with M, C, I, WXN. */
#define HSCTLR_VALUE (UINT32_C(0x30c50830) | BIT(0) | BIT(2) | BIT(12) | BIT(19))

const char *const vector_cause[VECTORS] = {
    "reset",
    "undefined instruction in the kernel",
    "SVC in the kernel",
    "prefetch abort in the kernel",
    "data abort in the kernel",
    [7] = "FIQ or asynchronous abort",
};

void cpu_enable_mmu(uint64_t root)
{
    hyp_write(hmair0, KERNEL_MAP_MAIR);
    hyp_write(htcr, HTCR_VALUE);
    hyp_write(httbr, root);
    barrier_complete();
    hyp_write(tlbiallh, 0);
    hyp_write(tlbiallnsnh, 0);
    hyp_write(iciallu, 0);
    hyp_write(bpiall, 0);
    barrier_complete();
    hyp_write(hsctlr, HSCTLR_VALUE);
    barrier_context();
}
