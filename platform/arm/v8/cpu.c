/* SPDX-License-Identifier: BSD-2-Clause */
/* A CPU's fixed settings at EL2: written once, the same for all guests and native code. */
#include "cpu.h"

#include "arch/arch.h"
#include "barrier.h"
#include "kernel_map.h"
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
#define SCTLR_EL2_VALUE \
    (UINT64_C(0x30c50830) | BIT(0) | BIT(2) | BIT(3) | BIT(12) | BIT(19))
/* MDCR_EL2: TDRA, TDOSA, TDA, TPM, TPMCR: debug and PMU registers trap, natively too. */
#define MDCR_TRAPS (BIT(11) | BIT(10) | BIT(9) | BIT(6) | BIT(5))

void cpu_enable_mmu(uint64_t root)
{
    write_mair_el2(KERNEL_MAP_MAIR);
    write_tcr_el2(TCR_EL2_VALUE);
    write_ttbr0_el2(root);
    __asm__ volatile("dsb sy\n\ttlbi alle2\n\ttlbi alle1\n\tic iallu\n\tdsb sy\n\tisb" ::: "memory");
    write_sctlr_el2(SCTLR_EL2_VALUE);
    barrier_context();
}

void cpu_init(void)
{
    uint64_t counters = read_pmcr_el0() >> 11 & 0x1f; /* HPMN: all of them, as after reset */
    write_hcr_el2(HCR_NATIVE);
    write_vtcr_el2(VTCR_EL2_VALUE);
    write_cptr_el2(CPTR_NATIVE);
    write_hstr_el2(0);
    write_mdcr_el2(MDCR_TRAPS | counters);
    write_mdscr_el1(0); /* stays so: a guest's writes trap */
    write_cnthctl_el2(CNTHCTL_NATIVE);
    write_cntvoff_el2(0);
    write_cntv_ctl_el0(0);
    write_vpidr_el2(read_midr_el1());
    write_vmpidr_el2(BIT(31));
    write_sctlr_el1(SCTLR_EL1_NATIVE);
    write_cpacr_el1(CPACR_EL1_NATIVE);
    write_cntkctl_el1(CNTKCTL_EL1_NATIVE);
    write_tpidrro_el0(0);
    barrier_context();
}

bool arch_interrupt_pending(void)
{
    return (read_isr_el1() & BIT(7)) != 0; /* ISR_EL1.I */
}
