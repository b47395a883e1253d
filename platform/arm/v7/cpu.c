/* SPDX-License-Identifier: BSD-2-Clause */
/* The processor: its fixed settings in Hyp mode, its caches. */
#include "platform.h"
#include "sysreg.h"

/* HTCR (DDI 0406): 32-bit addresses, tables inner shareable write-back; RES1 31 and 23. */
#define HTCR_VALUE \
    (BIT(31) | BIT(23) | UINT32_C(3) << 12 | UINT32_C(1) << 10 | UINT32_C(1) << 8)
/* VTCR: RES1 31; SH0, ORGN0, IRGN0; SL0 = 1; T0SZ = 0. */
#define VTCR_VALUE \
    (BIT(31) | UINT32_C(3) << 12 | UINT32_C(1) << 10 | UINT32_C(1) << 8 | UINT32_C(1) << 6)
/* HSCTLR: RES1 bits with M, C, I, WXN. */
#define HSCTLR_VALUE (UINT32_C(0x30c50830) | BIT(0) | BIT(2) | BIT(12) | BIT(19))
/* HDCR: TDRA, TDOSA, TDA, TPM, TPMCR: debug and PMU registers trap, natively too. */
#define HDCR_TRAPS (BIT(11) | BIT(10) | BIT(9) | BIT(6) | BIT(5))
/* HSTR: TJDBX, TTEE: Jazelle and ThumbEE have registers that PL0 could talk through. */
#define HSTR_TRAPS (BIT(17) | BIT(16))

void cpu_enable_mmu(uint64_t root)
{
    sysreg_write(hmair0, KERNEL_MAP_MAIR);
    sysreg_write(htcr, HTCR_VALUE);
    sysreg_write(httbr, root);
    /* TLBIALLH, TLBIALLNSNH, ICIALLU, BPIALL */
    __asm__ volatile("dsb sy\n\t"
                     "mcr p15, 4, %0, c8, c7, 0\n\t"
                     "mcr p15, 4, %0, c8, c7, 4\n\t"
                     "mcr p15, 0, %0, c7, c5, 0\n\t"
                     "mcr p15, 0, %0, c7, c5, 6\n\t"
                     "dsb sy\n\t"
                     "isb"
                     :
                     : "r"(0)
                     : "memory");
    sysreg_write(hsctlr, HSCTLR_VALUE);
    barrier_context();
}

/* Written once, the same for all guests and native code. */
void cpu_init(void)
{
    uint32_t counters = sysreg_read(pmcr) >> 11 & 0x1f; /* HPMN: all of them, as after reset */
    sysreg_write(hcr, HCR_NATIVE);
    sysreg_write(vtcr, VTCR_VALUE);
    sysreg_write(hcptr, HCPTR_NATIVE);
    sysreg_write(hstr, HSTR_TRAPS);
    sysreg_write(hdcr, HDCR_TRAPS | counters);
    sysreg_write(cnthctl, CNTHCTL_NATIVE);
    sysreg_write(CNTVOFF, 0);
    sysreg_write(CNTV_CTL, 0);
    sysreg_write(vpidr, sysreg_read(midr));
    sysreg_write(vmpidr, BIT(31));
    sysreg_write(sctlr, SCTLR_NATIVE);
    sysreg_write(cpacr, CPACR_NATIVE);
    sysreg_write(cntkctl, CNTKCTL_NATIVE);
    sysreg_write(tpidruro, 0);
    barrier_context();
}

bool arch_interrupt_pending(void)
{
    return (sysreg_read(isr) & BIT(7)) != 0; /* ISR.I */
}

void arch_cpu_idle(void)
{
    __asm__ volatile("dsb sy\n\twfi" ::: "memory");
}

/* ---- caches, by address (DDI 0406 "Cache and branch predictor maintenance operations") ---- */

/* CTR.DminLine [19:16]: log2 of the smallest line in words. */
#define FOR_EACH_LINE(at, start, bytes)                                                       \
    for (uintptr_t line = (uintptr_t)4 << (sysreg_read(ctr) >> 16 & 0xf),                     \
                   at = (uintptr_t)(start) & ~(line - 1);                                     \
         at < (uintptr_t)(start) + (bytes); at += line)

void arch_cache_clean(const void *start, size_t bytes)
{
    FOR_EACH_LINE(at, start, bytes) {
        __asm__ volatile("mcr p15, 0, %0, c7, c14, 1" : : "r"(at) : "memory"); /* DCCIMVAC */
    }
    barrier_complete();
}

void arch_cache_sync_code(const void *start, size_t bytes)
{
    FOR_EACH_LINE(at, start, bytes) {
        __asm__ volatile("mcr p15, 0, %0, c7, c11, 1" : : "r"(at) : "memory"); /* DCCMVAU */
    }
    /* All of it: the code runs at another address, and the instruction cache may alias.
     * ICIALLUIS, BPIALLIS. */
    __asm__ volatile("dsb ish\n\t"
                     "mcr p15, 0, %0, c7, c1, 0\n\t"
                     "mcr p15, 0, %0, c7, c1, 6\n\t"
                     "dsb ish\n\t"
                     "isb"
                     :
                     : "r"(0)
                     : "memory");
}
