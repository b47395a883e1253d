/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * System registers: sysreg_read(hsr), sysreg_write(vbar, value); and their fields (DDI 0406 "System
 * Control Registers in a VMSA implementation"). They stay in order among each other; where memory
 * accesses must stay in order with them, there is a barrier. Upper case: what common/ uses.
 * v8/sysreg.h and host/sysreg.h have the same names.
 */
#pragma once

#include <stdint.h>

#define sysreg_read(name) sysreg_read_##name()
#define sysreg_write(name, value) sysreg_write_##name((uint64_t)(value))

#define SYSREG_READ(name, type, how)                           \
    static inline type sysreg_read_##name(void)                \
    {                                                          \
        type value;                                            \
        __asm__ volatile(how : "=r"(value));                   \
        return value;                                          \
    }
#define SYSREG_WRITE(name, type, how)                          \
    static inline void sysreg_write_##name(uint64_t value)     \
    {                                                          \
        __asm__ volatile(how : : "r"((type)value));            \
    }

#define CP15_READ_ONLY(name, opc1, crn, crm, opc2) \
    SYSREG_READ(name, uint32_t, "mrc p15, " #opc1 ", %0, " #crn ", " #crm ", " #opc2)
#define CP15(name, opc1, crn, crm, opc2)           \
    CP15_READ_ONLY(name, opc1, crn, crm, opc2)     \
    SYSREG_WRITE(name, uint32_t, "mcr p15, " #opc1 ", %0, " #crn ", " #crm ", " #opc2)

/* 64 bits: two halves in one instruction, so that a counter cannot step between them. */
#define CP15_64_READ_ONLY(name, opc1, crm) \
    SYSREG_READ(name, uint64_t, "mrrc p15, " #opc1 ", %Q0, %R0, " #crm)
#define CP15_64(name, opc1, crm)           \
    CP15_64_READ_ONLY(name, opc1, crm)     \
    SYSREG_WRITE(name, uint64_t, "mcrr p15, " #opc1 ", %Q0, %R0, " #crm)

/* A register of another mode (DDI 0406 "MRS (Banked register)"). */
#define BANKED(name, banked)                            \
    SYSREG_READ(name, uint32_t, "mrs %0, " #banked)     \
    SYSREG_WRITE(name, uint32_t, "msr " #banked ", %0")

/* Hyp mode */
CP15(hsctlr, 4, c1, c0, 0)
CP15(hcr, 4, c1, c1, 0)
CP15(hdcr, 4, c1, c1, 1)
CP15(hcptr, 4, c1, c1, 2)
CP15(hstr, 4, c1, c1, 3)
CP15(htcr, 4, c2, c0, 2)
CP15(vtcr, 4, c2, c1, 2)
CP15_64(httbr, 4, c2)
CP15_64(VTTBR, 6, c2)
CP15_READ_ONLY(hsr, 4, c5, c2, 0)
CP15_READ_ONLY(hdfar, 4, c6, c0, 0)
CP15_READ_ONLY(hifar, 4, c6, c0, 2)
CP15_READ_ONLY(hpfar, 4, c6, c0, 4)
CP15(hmair0, 4, c10, c2, 0)
CP15(vpidr, 4, c0, c0, 0)
CP15(vmpidr, 4, c0, c0, 5)
CP15(cnthctl, 4, c14, c1, 0)
CP15(CNTHP_CTL, 4, c14, c2, 1)
CP15_64(CNTHP_CVAL, 6, c14)
CP15_64(CNTVOFF, 4, c14)
/* PL1 and PL0: the guest's */
CP15(sctlr, 0, c1, c0, 0)
CP15(cpacr, 0, c1, c0, 2)
CP15(cntkctl, 0, c14, c1, 0)
CP15(csselr, 2, c0, c0, 0)
CP15_64(ttbr0, 0, c2)
CP15_64(ttbr1, 1, c2)
CP15(ttbcr, 0, c2, c0, 2)
CP15(dacr, 0, c3, c0, 0)
CP15(dfsr, 0, c5, c0, 0)
CP15(ifsr, 0, c5, c0, 1)
CP15(adfsr, 0, c5, c1, 0)
CP15(aifsr, 0, c5, c1, 1)
CP15(dfar, 0, c6, c0, 0)
CP15(ifar, 0, c6, c0, 2)
CP15_64(par, 0, c7)
CP15(mair0, 0, c10, c2, 0) /* PRRR without the Long-descriptor format */
CP15(mair1, 0, c10, c2, 1) /* NMRR */
CP15(amair0, 0, c10, c3, 0)
CP15(amair1, 0, c10, c3, 1)
CP15(vbar, 0, c12, c0, 0)
CP15(contextidr, 0, c13, c0, 1)
CP15(tpidrurw, 0, c13, c0, 2)
CP15(tpidruro, 0, c13, c0, 3)
CP15(tpidrprw, 0, c13, c0, 4)
CP15(CNTV_CTL, 0, c14, c3, 1)
CP15_64(CNTV_CVAL, 3, c14)
/* read only */
CP15_64_READ_ONLY(CNTPCT, 0, c14)
CP15_READ_ONLY(CNTFRQ, 0, c14, c0, 0)
CP15_READ_ONLY(ctr, 0, c0, c0, 1)
CP15_READ_ONLY(midr, 0, c0, c0, 0)
CP15_READ_ONLY(isr, 0, c12, c1, 0)
CP15_READ_ONLY(pmcr, 0, c9, c12, 0)

BANKED(ELR_HYP, ELR_hyp)
BANKED(sp_svc, SP_svc)
BANKED(lr_svc, LR_svc)
BANKED(spsr_svc, SPSR_svc)
BANKED(sp_abt, SP_abt)
BANKED(lr_abt, LR_abt)
BANKED(spsr_abt, SPSR_abt)
BANKED(sp_und, SP_und)
BANKED(lr_und, LR_und)
BANKED(spsr_und, SPSR_und)
BANKED(sp_irq, SP_irq)
BANKED(lr_irq, LR_irq)
BANKED(spsr_irq, SPSR_irq)
BANKED(r8_fiq, R8_fiq)
BANKED(r9_fiq, R9_fiq)
BANKED(r10_fiq, R10_fiq)
BANKED(r11_fiq, R11_fiq)
BANKED(r12_fiq, R12_fiq)
BANKED(sp_fiq, SP_fiq)
BANKED(lr_fiq, LR_fiq)
BANKED(spsr_fiq, SPSR_fiq)

#define BIT(n) (UINT32_C(1) << (n))

/* HCR (DDI 0406) */
enum hcr_bit {
    HCR_VM = 0, HCR_SWIO = 1, HCR_PTW = 2, HCR_FMO = 3, HCR_IMO = 4, HCR_AMO = 5,
    HCR_FB = 9, HCR_BSU_INNER = 10, HCR_DC = 12, HCR_TWI = 13, HCR_TWE = 14,
    HCR_TSC = 19, HCR_TIDCP = 20, HCR_TAC = 21, HCR_TSW = 22, HCR_TGE = 27,
};

/* Exception classes (DDI 0406 "Use of the HSR") that this kernel tells apart. */
enum exception_class {
    EC_UNKNOWN = 0x00, EC_WFX = 0x01, EC_CP15 = 0x03, EC_CP15_64 = 0x04, EC_CP14 = 0x05,
    EC_CP14_LOAD = 0x06, EC_FP = 0x07, EC_CP10_ID = 0x08, EC_CP14_64 = 0x0c, EC_SVC = 0x11, EC_HVC = 0x12,
    EC_SMC = 0x13, EC_PREFETCH_ABORT = 0x20, EC_DATA_ABORT = 0x24,
};
enum { HSR_EC_SHIFT = 26, HSR_IL = 1 << 25 };

/* They differ in TCP10 and TCP11: FP and SIMD. */
enum { HCPTR_NATIVE = 0x3fff, HCPTR_FP_OPEN = 0x33ff };

/* What native PL0 runs under, whatever a guest left behind. */
#define SCTLR_NATIVE UINT32_C(0x00c50078)   /* reset value: MMU, alignment check, caches off */
#define CPACR_NATIVE (UINT32_C(0xf) << 20)  /* cp10, cp11 open: FP traps by HCPTR as EC 0x07 */
#define CNTKCTL_NATIVE UINT32_C(3)          /* PL0PCTEN, PL0VCTEN */

#define HCR_NATIVE (BIT(HCR_TGE) | BIT(HCR_DC) | BIT(HCR_VM))
#define HCR_GUEST                                                                     \
    (BIT(HCR_VM) | BIT(HCR_SWIO) | BIT(HCR_PTW) | BIT(HCR_FMO) | BIT(HCR_IMO) |       \
     BIT(HCR_AMO) | BIT(HCR_FB) | BIT(HCR_BSU_INNER) | BIT(HCR_TWI) | BIT(HCR_TSC) |  \
     BIT(HCR_TIDCP) | BIT(HCR_TAC) | BIT(HCR_TSW))

/* PL1PCTEN: the physical counter may be read; PL1PCEN: so may its timer, which CNTKCTL denies
 * native PL0; guests' accesses trap. */
enum { CNTHCTL_NATIVE = 3, CNTHCTL_GUEST = 1 };

/* CPSR and SPSR (DDI 0406 "Program Status Registers") */
enum psr_mode {
    MODE_USR = 0x10, MODE_FIQ = 0x11, MODE_IRQ = 0x12, MODE_SVC = 0x13, MODE_ABT = 0x17,
    MODE_UND = 0x1b, MODE_SYS = 0x1f, MODE_MASK = 0x1f,
};
enum { PSTATE_USER = MODE_USR };
enum psr_bit { PSR_T = 1 << 5, PSR_F = 1 << 6, PSR_I = 1 << 7, PSR_A = 1 << 8, PSR_E = 1 << 9 };

/* ---- barriers by purpose, and TLB maintenance ---------------------------------------------- */

/* Table entries written before are seen by the walker after: a DSB, not a DMB (DDI 0406
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

/* TLBIALLIS, from Hyp mode: the current VMID, both stages. Complete after barrier_complete(). */
static inline void tlb_invalidate_all(void)
{
    __asm__ volatile("mcr p15, 0, %0, c8, c3, 0" : : "r"(0) : "memory");
}

/* ARMv7 has no invalidation by intermediate physical address (DDI 0406 "TLB maintenance
 * operations"): all of the VMID's goes. */
static inline void tlb_invalidate_page(uint64_t page)
{
    (void)page;
    tlb_invalidate_all();
}
