/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * System registers: hyp_read(hcr) reads HCR_EL2, el1_read(sctlr) SCTLR_EL1, el0_write(cntv_ctl,
 * value) writes CNTV_CTL_EL0; and their fields. They stay in order among each other; where memory
 * accesses must stay in order with them, there is a barrier. v7/sysreg.h has the same names for
 * what common/ uses: most registers differ in the suffix only.
 */
#pragma once

#include "control.h"

#define SYSREG_READ(name)                                       \
    __extension__({                                             \
        uint64_t sysreg_value;                                  \
        __asm__ volatile("mrs %0, " name : "=r"(sysreg_value)); \
        sysreg_value;                                           \
    })
#define SYSREG_WRITE(name, value) __asm__ volatile("msr " name ", %0" : : "r"((uint64_t)(value)))
#define hyp_read(name) SYSREG_READ(#name "_el2")
#define hyp_write(name, value) SYSREG_WRITE(#name "_el2", value)
#define el1_read(name) SYSREG_READ(#name "_el1")
#define el1_write(name, value) SYSREG_WRITE(#name "_el1", value)
#define el0_read(name) SYSREG_READ(#name "_el0")
#define el0_write(name, value) SYSREG_WRITE(#name "_el0", value)

/* S3_<op1>_C0_C<crm>_<op2> */
#define identification_read(op1, crm, op2) SYSREG_READ("s3_" #op1 "_c0_c" #crm "_" #op2)

#define HCR_WORD_SIZE BIT(HCR_RW)
#define HCR_IDENTIFICATION BIT(HCR_TID3)

/* Exception classes (DDI 0487 "ESR_EL2", EC) that this kernel tells apart. */
enum exception_class {
    EC_UNKNOWN = 0x00,
    EC_WFX = 0x01,
    EC_FP = 0x07,
    EC_SVC = 0x15,
    EC_HVC = 0x16,
    EC_SMC = 0x17,
    EC_ACCESS = 0x18,
    EC_INSTRUCTION_ABORT = 0x20,
    EC_DATA_ABORT = 0x24,
};

#define TREATED_LIKE(class) (class)

/* What stops a guest's access to FP registers: CPTR_EL2.TFP, bit 10. */
enum { CPTR_NATIVE = 0x37ff, CPTR_FP_OPEN = 0x33ff };

/* What native EL0 runs under, whatever a guest left behind. */
#define SCTLR_NATIVE UINT64_C(0x30d00800) /* RES1 bits; M, A, E0E, UCI, UCT, DZE, UMA = 0 */
#define CPACR_NATIVE (UINT64_C(3) << 20)  /* FPEN open: FP traps by CPTR_EL2 as EC 0x07 */
#define HSTR_TRAPS 0
/* VTCR_EL2: RES1 31; PS 40 bits; SH0, ORGN0, IRGN0; SL0 = 1; T0SZ = 25. */
#define VTCR_VALUE                                                                            \
    (BIT(31) | UINT64_C(2) << 16 | UINT64_C(3) << 12 | UINT64_C(1) << 10 | UINT64_C(1) << 8 | \
     UINT64_C(1) << 6 | UINT64_C(25))

/* PSTATE (DDI 0487 "SPSR_EL2"): EL0t, a native thread's start; EL1h with DAIF, a guest's. */
enum { PSTATE_USER = 0, PSTATE_RESET = 0x3c5 };

/* What a panic shows. */
#define SYNDROME_REGISTERS(each) each(esr) each(far) each(hpfar)
#define GENERAL_REGISTERS(each)                                                           \
    each(x0, 0) each(x1, 1) each(x2, 2) each(x3, 3) each(x4, 4) each(x5, 5) each(x19, 19) \
        each(x20, 20) each(x29, 29) each(x30, 30)

/* ---- barriers by purpose, TLB and cache maintenance ------------------------------------------ */

/* Table entries written before are seen by the walker after: a DSB, not a DMB (DDI 0487
 * "TLB maintenance requirements"). */
static inline void barrier_table_write(void)
{
    __asm__ volatile("dsb ishst" ::: "memory");
}

/* One store of 64 bits: single-copy atomic (DDI 0487 "Single-copy atomicity"). */
static inline void table_write(uint64_t *entry, uint64_t value)
{
    __asm__ volatile("str %1, %0\n\tdsb ishst" : "=Q"(*entry) : "r"(value) : "memory");
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

/* One line to the point of coherency, and out of the cache. */
static inline void cache_clean_line(uintptr_t at)
{
    __asm__ volatile("dc civac, %0" : : "r"(at) : "memory");
}

/* One line to the point of unification. */
static inline void cache_clean_code_line(uintptr_t at)
{
    __asm__ volatile("dc cvau, %0" : : "r"(at) : "memory");
}

/* All of it, once the lines are clean: the code runs at another address, and the instruction cache
 * may alias (DDI 0487 "Instruction caches": VIPT). */
static inline void cache_invalidate_code(void)
{
    __asm__ volatile("dsb ish\n\tic ialluis\n\tdsb ish\n\tisb" : : : "memory");
}

/* The guest's stage 1 and its stage 2, as EL1 reads: the answer is in PAR_EL1. */
static inline void translate_as_guest(uint64_t va)
{
    __asm__ volatile("at s1e1r, %0\n\tisb" : : "r"(va) : "memory");
}
