/* SPDX-License-Identifier: BSD-2-Clause */
/* A CPU's fixed settings in Hyp mode: written once, the same for all guests and native code. */
#include "cpu.h"

#include "arch/arch.h"
#include "barrier.h"
#include "kernel_map.h"
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
    write_hmair0(KERNEL_MAP_MAIR);
    write_htcr(HTCR_VALUE);
    write_httbr(root);
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
    write_hsctlr(HSCTLR_VALUE);
    barrier_context();
}

void cpu_init(void)
{
    uint32_t counters = read_pmcr() >> 11 & 0x1f; /* HPMN: all of them, as after reset */
    write_hcr(HCR_NATIVE);
    write_vtcr(VTCR_VALUE);
    write_hcptr(HCPTR_NATIVE);
    write_hstr(HSTR_TRAPS);
    write_hdcr(HDCR_TRAPS | counters);
    write_cnthctl(CNTHCTL_NATIVE);
    write_cntvoff(0);
    write_cntv_ctl(0);
    write_vpidr(read_midr());
    write_vmpidr(BIT(31));
    write_sctlr(SCTLR_NATIVE);
    write_cpacr(CPACR_NATIVE);
    write_cntkctl(CNTKCTL_NATIVE);
    write_tpidruro(0);
    barrier_context();
}

bool arch_interrupt_pending(void)
{
    return (read_isr() & BIT(7)) != 0; /* ISR.I */
}
