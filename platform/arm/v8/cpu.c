/* SPDX-License-Identifier: BSD-2-Clause */
/* The processor: its fixed settings at EL2, its caches. */
#include "platform.h"
#include "sysreg.h"

/* TCR_EL2 (DDI 0487): 39-bit addresses, tables inner shareable write-back, 40-bit output. */
#define TCR_EL2_VALUE                                                                \
    (BIT(31) | BIT(23) | UINT64_C(2) << 16 | UINT64_C(3) << 12 | UINT64_C(1) << 10 | \
     UINT64_C(1) << 8 | UINT64_C(25))
/* VTCR_EL2: RES1 31; PS 40 bits; SH0, ORGN0, IRGN0; SL0 = 1; T0SZ = 25. */
#define VTCR_EL2_VALUE                                                               \
    (BIT(31) | UINT64_C(2) << 16 | UINT64_C(3) << 12 | UINT64_C(1) << 10 |           \
     UINT64_C(1) << 8 | UINT64_C(1) << 6 | UINT64_C(25))
/* SCTLR_EL2: RES1 bits with M, C, SA, I, WXN. */
#define SCTLR_EL2_VALUE (UINT64_C(0x30c50830) | BIT(0) | BIT(2) | BIT(3) | BIT(12) | BIT(19))
/* MDCR_EL2: TDRA, TDOSA, TDA, TPM, TPMCR: debug and PMU registers trap, natively too. */
#define MDCR_TRAPS (BIT(11) | BIT(10) | BIT(9) | BIT(6) | BIT(5))

void cpu_enable_mmu(uint64_t root)
{
    sysreg_write(mair_el2, KERNEL_MAP_MAIR);
    sysreg_write(tcr_el2, TCR_EL2_VALUE);
    sysreg_write(ttbr0_el2, root);
    __asm__ volatile("dsb sy\n\ttlbi alle2\n\ttlbi alle1\n\tic iallu\n\tdsb sy\n\tisb"
                     ::: "memory");
    sysreg_write(sctlr_el2, SCTLR_EL2_VALUE);
    barrier_context();
}

/* Written once, the same for all guests and native code. */
void cpu_init(void)
{
    uint64_t counters = sysreg_read(pmcr_el0) >> 11 & 0x1f; /* HPMN: all of them, as after reset */
    sysreg_write(hcr_el2, HCR_NATIVE);
    sysreg_write(vtcr_el2, VTCR_EL2_VALUE);
    sysreg_write(cptr_el2, CPTR_NATIVE);
    sysreg_write(hstr_el2, 0);
    sysreg_write(mdcr_el2, MDCR_TRAPS | counters);
    sysreg_write(mdscr_el1, 0); /* stays so: a guest's writes trap */
    sysreg_write(cnthctl_el2, CNTHCTL_NATIVE);
    sysreg_write(CNTVOFF, 0);
    sysreg_write(CNTV_CTL, 0);
    sysreg_write(vpidr_el2, sysreg_read(midr_el1));
    sysreg_write(vmpidr_el2, BIT(31));
    sysreg_write(sctlr_el1, SCTLR_EL1_NATIVE);
    sysreg_write(cpacr_el1, CPACR_EL1_NATIVE);
    sysreg_write(cntkctl_el1, CNTKCTL_EL1_NATIVE);
    sysreg_write(tpidrro_el0, 0);
    barrier_context();
}

bool arch_interrupt_pending(void)
{
    return (sysreg_read(isr_el1) & BIT(7)) != 0; /* ISR_EL1.I */
}

void arch_cpu_idle(void)
{
    __asm__ volatile("dsb sy\n\twfi" ::: "memory");
}

/* ---- caches, by address (DDI 0487 "Cache maintenance instructions") ----------------------- */

/* CTR_EL0.DminLine [19:16]: log2 of the smallest line in words. */
#define FOR_EACH_LINE(at, start, bytes)                                                       \
    for (uintptr_t line = (uintptr_t)4 << (sysreg_read(ctr_el0) >> 16 & 0xf),                 \
                   at = (uintptr_t)(start) & ~(line - 1);                                     \
         at < (uintptr_t)(start) + (bytes); at += line)

void arch_cache_clean(const void *start, size_t bytes)
{
    FOR_EACH_LINE(at, start, bytes) {
        __asm__ volatile("dc civac, %0" : : "r"(at) : "memory");
    }
    barrier_complete();
}

void arch_cache_sync_code(const void *start, size_t bytes)
{
    FOR_EACH_LINE(at, start, bytes) {
        __asm__ volatile("dc cvau, %0" : : "r"(at) : "memory");
    }
    /* All of it: the code runs at another address, and the instruction cache may alias (DDI 0487
     * "Instruction caches": VIPT). */
    __asm__ volatile("dsb ish\n\tic ialluis\n\tdsb ish\n\tisb" : : : "memory");
}
