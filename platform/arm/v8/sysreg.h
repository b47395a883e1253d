/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * System registers: sysreg_read(esr_el2), sysreg_write(esr_el1, value); and their fields. They stay
 * in order among each other; where memory accesses must stay in order with them, there is a
 * barrier. v7/sysreg.h and host/sysreg.h have the names that common/ uses.
 */
#pragma once

#include <stdint.h>

#define SYSREG_NAME(name) #name
#define sysreg_read(name)                                                            \
    __extension__({                                                                  \
        uint64_t sysreg_value;                                                       \
        __asm__ volatile("mrs %0, " SYSREG_NAME(name) : "=r"(sysreg_value));         \
        sysreg_value;                                                                \
    })
#define sysreg_write(name, value) \
    __asm__ volatile("msr " SYSREG_NAME(name) ", %0" : : "r"((uint64_t)(value)))

/* What common/ reads and writes, by the names that these registers have on ARMv7. */
#define CNTPCT cntpct_el0
#define CNTFRQ cntfrq_el0
#define CNTHP_CTL cnthp_ctl_el2
#define CNTHP_CVAL cnthp_cval_el2
#define CNTV_CTL cntv_ctl_el0
#define CNTV_CVAL cntv_cval_el0
#define CNTVOFF cntvoff_el2
#define VTTBR vttbr_el2
#define ELR_HYP elr_el2

#define BIT(n) (UINT64_C(1) << (n))

/* HCR_EL2 (DDI 0487) */
enum hcr_bit {
    HCR_VM = 0, HCR_SWIO = 1, HCR_PTW = 2, HCR_FMO = 3, HCR_IMO = 4, HCR_AMO = 5, HCR_FB = 9,
    HCR_BSU_INNER = 10, HCR_DC = 12, HCR_TWI = 13, HCR_TSC = 19, HCR_TIDCP = 20, HCR_TACR = 21,
    HCR_TSW = 22, HCR_TGE = 27, HCR_RW = 31,
};

/* Exception classes (DDI 0487 "ESR_EL2", EC) that this kernel tells apart. */
enum exception_class {
    EC_UNKNOWN = 0x00, EC_WFX = 0x01, EC_FP = 0x07, EC_SVC64 = 0x15, EC_HVC64 = 0x16,
    EC_SMC64 = 0x17, EC_SYSREG = 0x18, EC_INSTRUCTION_ABORT = 0x20, EC_DATA_ABORT = 0x24,
};
enum { ESR_EC_SHIFT = 26, ESR_IL = 1 << 25 };

enum { CPTR_NATIVE = 0x37ff, CPTR_FP_OPEN = 0x33ff }; /* they differ in TFP, bit 10 */

/* What native EL0 runs under, whatever a guest left behind. */
#define SCTLR_EL1_NATIVE UINT64_C(0x30d00800) /* RES1 bits; M, A, E0E, UCI, UCT, DZE, UMA = 0 */
#define CPACR_EL1_NATIVE (UINT64_C(3) << 20)  /* FPEN open: FP traps by CPTR_EL2 as EC 0x07 */
#define CNTKCTL_EL1_NATIVE UINT64_C(3)        /* EL0PCTEN, EL0VCTEN */

#define HCR_NATIVE (BIT(HCR_RW) | BIT(HCR_TGE) | BIT(HCR_DC) | BIT(HCR_VM))
#define HCR_GUEST                                                                     \
    (BIT(HCR_RW) | BIT(HCR_VM) | BIT(HCR_SWIO) | BIT(HCR_PTW) | BIT(HCR_FMO) |        \
     BIT(HCR_IMO) | BIT(HCR_AMO) | BIT(HCR_FB) | BIT(HCR_BSU_INNER) | BIT(HCR_TWI) |  \
     BIT(HCR_TSC) | BIT(HCR_TIDCP) | BIT(HCR_TACR) | BIT(HCR_TSW))

/*
 * EL1PCTEN: the physical counter may be read. EL1PCEN: so may its timer, which
 * CNTKCTL_EL1 denies native EL0; guests' accesses trap. (QEMU 7.2 asks EL1PCEN,
 * not EL1PCTEN, of an EL0 read of the counter.)
 */
enum { CNTHCTL_NATIVE = 3, CNTHCTL_GUEST = 1 };

enum { PSTATE_USER = 0, PSTATE_EL1H_MASKED = 0x3c5 }; /* EL0t: a native thread at its start */

/* ---- barriers by purpose, and TLB maintenance ---------------------------------------------- */

/* Table entries written before are seen by the walker after: a DSB, not a DMB (DDI 0487
 * "TLB maintenance requirements"). */
static inline void barrier_table_write(void)
{
    __asm__ volatile("dsb ishst" ::: "memory");
}

/* All that came before has taken effect and is seen by devices: memory writes, TLB and cache
 * maintenance included. */
static inline void barrier_complete(void)
{
    __asm__ volatile("dsb sy\n\tisb" ::: "memory");
}

/* System register writes before it govern what follows. */
static inline void barrier_context(void)
{
    __asm__ volatile("isb" ::: "memory");
}

/* Of the current VMID: stage 2 first, then what combines it with stage 1 (DDI 0487 "TLB maintenance
 * instructions"). Complete after barrier_complete(). */
static inline void tlb_invalidate_page(uint64_t page)
{
    __asm__ volatile("tlbi ipas2e1is, %0\n\tdsb ish\n\ttlbi vmalle1is" : : "r"(page) : "memory");
}

static inline void tlb_invalidate_all(void)
{
    __asm__ volatile("tlbi vmalls12e1is" : : : "memory");
}
