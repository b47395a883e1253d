/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * System registers: hyp_read(hsr), el1_write(vbar, value); and their fields (DDI 0406 "System
 * Control Registers in a VMSA implementation"). They stay in order among each other; where memory
 * accesses must stay in order with them, there is a barrier. What common/ uses is named as in
 * AArch64 (DDI 0487 "Mapping of the AArch64 System registers to the AArch32 System registers"),
 * where there are three levels; here the three are one.
 */
#pragma once

#include "control.h"

#define hyp_read(name) sysreg_read_##name()
#define hyp_write(name, value) sysreg_write_##name((uint64_t)(value))
#define el1_read hyp_read
#define el1_write hyp_write
#define el0_read hyp_read
#define el0_write hyp_write

#define SYSREG_READ(name, type, how)            \
    static inline type sysreg_read_##name(void) \
    {                                           \
        type value;                             \
        __asm__ volatile(how : "=r"(value));    \
        return value;                           \
    }
#define SYSREG_WRITE(name, type, how)                      \
    static inline void sysreg_write_##name(uint64_t value) \
    {                                                      \
        __asm__ volatile(how : : "r"((type)value));        \
    }

#define CP15_READ_ONLY(name, opc1, crn, crm, opc2) \
    SYSREG_READ(name, uint32_t, "mrc p15, " #opc1 ", %0, " #crn ", " #crm ", " #opc2)
#define CP15(name, opc1, crn, crm, opc2)       \
    CP15_READ_ONLY(name, opc1, crn, crm, opc2) \
    SYSREG_WRITE(name, uint32_t, "mcr p15, " #opc1 ", %0, " #crn ", " #crm ", " #opc2)

/* 64 bits: two halves in one instruction, so that a counter cannot step between them. */
#define CP15_64_READ_ONLY(name, opc1, crm) \
    SYSREG_READ(name, uint64_t, "mrrc p15, " #opc1 ", %Q0, %R0, " #crm)
#define CP15_64(name, opc1, crm)       \
    CP15_64_READ_ONLY(name, opc1, crm) \
    SYSREG_WRITE(name, uint64_t, "mcrr p15, " #opc1 ", %Q0, %R0, " #crm)

/* A register of another mode (DDI 0406 "MRS (Banked register)"). */
#define BANKED(name, banked)                        \
    SYSREG_READ(name, uint32_t, "mrs %0, " #banked) \
    SYSREG_WRITE(name, uint32_t, "msr " #banked ", %0")

/* Hyp mode */
CP15(hsctlr, 4, c1, c0, 0)
CP15(hcr, 4, c1, c1, 0)
CP15(mdcr, 4, c1, c1, 1) /* HDCR */
CP15(cptr, 4, c1, c1, 2) /* HCPTR */
CP15(hstr, 4, c1, c1, 3)
CP15(htcr, 4, c2, c0, 2)
CP15(vtcr, 4, c2, c1, 2)
CP15_64(httbr, 4, c2)
CP15_64(vttbr, 6, c2)
CP15_READ_ONLY(hsr, 4, c5, c2, 0)
CP15_READ_ONLY(hdfar, 4, c6, c0, 0)
CP15_READ_ONLY(hifar, 4, c6, c0, 2)
CP15_READ_ONLY(hpfar, 4, c6, c0, 4)
CP15(hmair0, 4, c10, c2, 0)
CP15(vpidr, 4, c0, c0, 0)
CP15(vmpidr, 4, c0, c0, 5)
CP15(cnthctl, 4, c14, c1, 0)
CP15(cnthp_ctl, 4, c14, c2, 1)
CP15_64(cnthp_cval, 6, c14)
CP15_64(cntvoff, 4, c14)
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
CP15(fcseidr, 0, c13, c0, 0)
CP15(contextidr, 0, c13, c0, 1)
CP15(tpidr, 0, c13, c0, 2)   /* TPIDRURW */
CP15(tpidrro, 0, c13, c0, 3) /* TPIDRURO */
CP15(tpidrprw, 0, c13, c0, 4)
CP15(cntv_ctl, 0, c14, c3, 1)
CP15_64(cntv_cval, 3, c14)
/* operations: what is written does not matter */
CP15(tlbiallh, 4, c8, c7, 0)
CP15(tlbiallnsnh, 4, c8, c7, 4)
CP15(iciallu, 0, c7, c5, 0)
CP15(bpiall, 0, c7, c5, 6)
CP15(icialluis, 0, c7, c1, 0)
CP15(bpiallis, 0, c7, c1, 6)
/* read only */
CP15_64_READ_ONLY(cntpct, 0, c14)
CP15_READ_ONLY(cntfrq, 0, c14, c0, 0)
CP15_READ_ONLY(ctr, 0, c0, c0, 1)
CP15_READ_ONLY(midr, 0, c0, c0, 0)
CP15_READ_ONLY(isr, 0, c12, c1, 0)
CP15_READ_ONLY(pmcr, 0, c9, c12, 0)

BANKED(elr, ELR_hyp)
#define BANKED_MODE(mode) \
    BANKED(sp_##mode, SP_##mode) BANKED(lr_##mode, LR_##mode) BANKED(spsr_##mode, SPSR_##mode)
BANKED_MODE(svc)
BANKED_MODE(abt)
BANKED_MODE(und)
BANKED_MODE(irq)
BANKED_MODE(fiq)
BANKED(r8_fiq, R8_fiq)
BANKED(r9_fiq, R9_fiq)
BANKED(r10_fiq, R10_fiq)
BANKED(r11_fiq, R11_fiq)
BANKED(r12_fiq, R12_fiq)

/* c0's */
#define identification_read(opc1, crm, opc2)                                                    \
    __extension__({                                                                             \
        uint32_t sysreg_value;                                                                  \
        __asm__ volatile("mrc p15, " #opc1 ", %0, c0, c" #crm ", " #opc2 : "=r"(sysreg_value)); \
        sysreg_value;                                                                           \
    })

#define HCR_WORD_SIZE 0
#define HCR_IDENTIFICATION 0 /* HSTR.T0 instead */

/* Exception classes (DDI 0406 "Use of the HSR") that this kernel tells apart. */
enum exception_class {
    EC_WFX = 0x01,
    EC_ACCESS = 0x03,
    EC_CP14 = 0x05,
    EC_FP = 0x07,
    EC_CP10_ID = 0x08,
    EC_SVC = 0x11,
    EC_HVC = 0x12,
    EC_SMC = 0x13,
    EC_INSTRUCTION_ABORT = 0x20,
    EC_DATA_ABORT = 0x24,
};

#define TREATED_LIKE(class) \
    ((class) == EC_CP14 ? EC_ACCESS : (class) == EC_CP10_ID ? EC_FP : (class))

/* What stops a guest's access to FP registers: HCPTR.TCP10 and TCP11. */
enum { CPTR_NATIVE = 0x3fff, CPTR_FP_OPEN = 0x33ff };

/* What native PL0 runs under, whatever a guest left behind. */
#define SCTLR_NATIVE UINT32_C(0x00c50078)  /* reset value: MMU, alignment check, caches off */
#define CPACR_NATIVE (UINT32_C(0xf) << 20) /* cp10, cp11 open: FP traps by HCPTR as EC 0x07 */
/* HSTR: TJDBX, TTEE: Jazelle and ThumbEE have registers that PL0 could talk through; T0: a guest's
 * identification registers (guest_identify). */
#define HSTR_TRAPS (BIT(17) | BIT(16) | BIT(0))
/* VTCR: RES1 31; SH0, ORGN0, IRGN0; SL0 = 1; T0SZ = 0. */
#define VTCR_VALUE \
    (BIT(31) | UINT32_C(3) << 12 | UINT32_C(1) << 10 | UINT32_C(1) << 8 | UINT32_C(1) << 6)

/* CPSR and SPSR (DDI 0406 "Program Status Registers") */
enum psr_mode {
    MODE_USR = 0x10,
    MODE_FIQ = 0x11,
    MODE_IRQ = 0x12,
    MODE_SVC = 0x13,
    MODE_ABT = 0x17,
    MODE_UND = 0x1b,
    MODE_SYS = 0x1f,
    MODE_MASK = 0x1f,
};
enum psr_bit { PSR_T = 1 << 5, PSR_F = 1 << 6, PSR_I = 1 << 7, PSR_A = 1 << 8, PSR_E = 1 << 9 };
enum { PSTATE_USER = MODE_USR, PSTATE_RESET = MODE_SVC | PSR_A | PSR_I | PSR_F };

/* What a panic shows. */
#define SYNDROME_REGISTERS(each) each(hsr) each(hdfar) each(hifar)
#define GENERAL_REGISTERS(each)                                                         \
    each(r0, 0) each(r1, 1) each(r2, 2) each(r3, 3) each(r4, 4) each(r5, 5) each(r6, 6) \
        each(r11, 11) each(r12, 12) each(lr, 13)

/* ---- barriers by purpose, TLB and cache maintenance ------------------------------------------ */

/* Table entries written before are seen by the walker after: a DSB, not a DMB (DDI 0406
 * "TLB maintenance requirements"). */
static inline void barrier_table_write(void)
{
    __asm__ volatile("dsb ishst" ::: "memory");
}

/* One STRD: single-copy atomic with LPAE (DDI 0406 "Single-copy atomicity"). __atomic_store_n would
 * be LDREXD and STREXD; the first tables are written with the MMU off, and there exclusive accesses
 * need not work ("Load-Exclusive and Store-Exclusive usage restrictions"). */
static inline void table_write(uint64_t *entry, uint64_t value)
{
    __asm__ volatile("strd %1, %H1, %0\n\tdsb ishst" : "=Q"(*entry) : "r"(value) : "memory");
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

/* One line to the point of coherency, and out of the cache: DCCIMVAC. */
static inline void cache_clean_line(uintptr_t at)
{
    __asm__ volatile("mcr p15, 0, %0, c7, c14, 1" : : "r"(at) : "memory");
}

/* One line to the point of unification: DCCMVAU. */
static inline void cache_clean_code_line(uintptr_t at)
{
    __asm__ volatile("mcr p15, 0, %0, c7, c11, 1" : : "r"(at) : "memory");
}

/* All of it, once the lines are clean: the code runs at another address, and the instruction cache
 * may alias. ICIALLUIS, BPIALLIS. */
static inline void cache_invalidate_code(void)
{
    barrier_complete();
    hyp_write(icialluis, 0);
    hyp_write(bpiallis, 0);
    barrier_complete();
}

/* The guest's stage 1 and its stage 2, as PL1 reads: ATS1CPR in Hyp mode answers in PAR's 64-bit
 * format. */
static inline void translate_as_guest(uint64_t va)
{
    __asm__ volatile("mcr p15, 0, %0, c7, c8, 0\n\tisb" : : "r"((uint32_t)va) : "memory");
}
