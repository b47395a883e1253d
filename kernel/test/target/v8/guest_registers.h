/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * What EL1 may write without a trap in Robin's guests (DDI 0487 "AArch64 System Registers", each
 * register's "Accessibility"; "A64 System instructions"), and why it does not govern native EL0 or
 * another guest. What EL0 may write is a part of it. Everything else traps to EL2 or is UNDEFINED
 * at EL1: debug, trace, PMU, statistical profiling   MDCR_EL2.TDA TDRA TDOSA TPM TPMCR,
 * CPTR_EL2.TTA; E2PB, E2TB = 0 FP, SVE, SME                               CPTR_EL2.TFP TZ TSM; FP
 * registers are given to one guest at a time ACTLR_EL1, implementation defined HCR_EL2.TACR, TIDCP
 *   physical timer                             CNTHCTL_EL2.EL1PCEN = 0
 *   pointer authentication, tags, SCXTNUM      HCR_EL2.APK ATA EnSCXT = 0
 * PSTATE (DAIF, NZCV, SPSel, PAN, UAO, DIT, SSBS, TCO) is the guest's own: an exception return sets
 * all of it. A core that has more shows here as an encoding that nobody has listed.
 */
#pragma once

#include "guest_register.h"

/* MSR S<op0>_<op1>_C<crn>_C<crm>_<op2>, X0; op0 = 1: SYS */
#define ENCODING(op0, op1, crn, crm, op2)                                                  \
    (0xd5000000u | (uint32_t)(op0) << 19 | (uint32_t)(op1) << 16 | (uint32_t)(crn) << 12 | \
     (uint32_t)(crm) << 8 | (uint32_t)(op2) << 5)
#define READS (1u << 21) /* MRS */
/* op0 = 0 is PSTATE, hints and barriers. */
enum { FIRST_ENCODING = 1 << 14, ENCODINGS = 1 << 16, ENCODING_SHIFT = 5 };

#define REGISTER(op1, crn, crm, op2, kind) { ~0u, ENCODING(3, op1, crn, crm, op2), kind }
#define ANY_OP1_OF_CRN 0xfff8f000u

static const struct guest_register guest_registers[] = {
    { 0xfff80000u, ENCODING(1, 0, 0, 0, 0),
      OPERATION }, /* SYS: IC, DC, AT, TLBI: the current VMID's (HCR_EL2.FB) */
    /* Fixed while native code runs (arch_vcpu_leave): */
    REGISTER(0, 1, 0, 0, REGISTER_KEPT),  /* SCTLR_EL1 */
    REGISTER(0, 1, 0, 2, REGISTER_KEPT),  /* CPACR_EL1 */
    REGISTER(0, 14, 1, 0, REGISTER_KEPT), /* CNTKCTL_EL1 */
    /* Native threads have values of their own: */
    REGISTER(0, 4, 1, 0, REGISTER_KEPT),  /* SP_EL0 */
    REGISTER(3, 13, 0, 2, REGISTER_KEPT), /* TPIDR_EL0 */
    REGISTER(3, 13, 0, 3, REGISTER_KEPT), /* TPIDRRO_EL0: 0 */
    /* Without meaning while HCR_EL2.TGE is set (stage 1 is off, exceptions go to EL2); switched
       between guests: */
    REGISTER(0, 2, 0, 0, REGISTER_KEPT),  /* TTBR0_EL1 */
    REGISTER(0, 2, 0, 1, REGISTER_KEPT),  /* TTBR1_EL1 */
    REGISTER(0, 2, 0, 2, REGISTER_KEPT),  /* TCR_EL1 */
    REGISTER(0, 4, 0, 0, REGISTER_KEPT),  /* SPSR_EL1 */
    REGISTER(0, 4, 0, 1, REGISTER_KEPT),  /* ELR_EL1 */
    REGISTER(0, 5, 1, 0, REGISTER_KEPT),  /* AFSR0_EL1 */
    REGISTER(0, 5, 1, 1, REGISTER_KEPT),  /* AFSR1_EL1 */
    REGISTER(0, 5, 2, 0, REGISTER_KEPT),  /* ESR_EL1 */
    REGISTER(0, 6, 0, 0, REGISTER_KEPT),  /* FAR_EL1 */
    REGISTER(0, 7, 4, 0, REGISTER_KEPT),  /* PAR_EL1 */
    REGISTER(0, 10, 2, 0, REGISTER_KEPT), /* MAIR_EL1 */
    REGISTER(0, 10, 3, 0, REGISTER_KEPT), /* AMAIR_EL1 */
    REGISTER(0, 12, 0, 0, REGISTER_KEPT), /* VBAR_EL1 */
    REGISTER(0, 13, 0, 1, REGISTER_KEPT), /* CONTEXTIDR_EL1 */
    REGISTER(0, 13, 0, 4, REGISTER_KEPT), /* TPIDR_EL1 */
    REGISTER(2, 0, 0, 0, REGISTER_KEPT),  /* CSSELR_EL1 */
    /* Off and masked natively, switched between guests: */
    REGISTER(3, 14, 3, 0, REGISTER_MOVES), /* CNTV_TVAL_EL0 */
    REGISTER(3, 14, 3, 1, REGISTER_KEPT),  /* CNTV_CTL_EL0 */
    REGISTER(3, 14, 3, 2, REGISTER_KEPT),  /* CNTV_CVAL_EL0 */
    /* Implementation defined: trapped by HCR_EL2.TIDCP. QEMU 7.2 does not trap them, and has
       constants there: */
    { ANY_OP1_OF_CRN, ENCODING(3, 0, 11, 0, 0), REGISTER_KEPT },
    { ANY_OP1_OF_CRN, ENCODING(3, 0, 15, 0, 0), REGISTER_KEPT },
    /* The guest's PSTATE: */
    REGISTER(0, 4, 2, 0, REGISTER_KEPT), /* SPSel */
    REGISTER(3, 4, 2, 0, REGISTER_KEPT), /* NZCV */
    REGISTER(3, 4, 2, 1, REGISTER_KEPT), /* DAIF */
    REGISTER(0, 4, 2, 3, REGISTER_KEPT), /* PAN */
    REGISTER(0, 4, 2, 4, REGISTER_KEPT), /* UAO */
    REGISTER(3, 4, 2, 5, REGISTER_KEPT), /* DIT */
    REGISTER(3, 4, 2, 6, REGISTER_KEPT), /* SSBS */
    /* Without meaning for native code, which has no LDLAR, no SME, and no error to defer; of
     * ARMv8.1 and later, which no board has: to be switched there before two guests run that must
     * not talk to each other. */
    { 0xffffff80u, ENCODING(3, 0, 10, 4, 0),
      REGISTER_SHARED },                    /* LORSA_EL1, LOREA_EL1, LORN_EL1, LORC_EL1 */
    REGISTER(0, 12, 1, 1, REGISTER_SHARED), /* DISR_EL1: VDISR_EL2, as HCR_EL2.AMO is set */
    REGISTER(0, 1, 2, 4, REGISTER_SHARED),  /* SMPRI_EL1 */
    REGISTER(3, 13, 0, 5, REGISTER_SHARED), /* TPIDR2_EL0: natively SCTLR_EL1.EnTP2 = 0 */
};

/* Fields of identification registers that a guest must read as zero: what they announce traps, or
 * is not there. */
static const struct {
    uint32_t insn;
    uint64_t mask;
} hidden[] = {
    { ENCODING(3, 0, 0, 4, 0),
      UINT64_C(0x00ffffffff00ff00) }, /* ID_AA64PFR0_EL1: EL2, EL3, GIC, RAS, SVE, AMU ... */
    { ENCODING(3, 0, 0, 4, 1), ~UINT64_C(0) },   /* ID_AA64PFR1_EL1: BT, SSBS, MTE, SME ... */
    { ENCODING(3, 0, 0, 4, 4), ~UINT64_C(0) },   /* ID_AA64ZFR0_EL1 */
    { ENCODING(3, 0, 0, 5, 0), ~UINT64_C(0xf) }, /* ID_AA64DFR0_EL1: breakpoints, PMU, trace */
    { ENCODING(3, 0, 0, 6, 1), UINT64_C(0xff000f00ff000ff0) }, /* ID_AA64ISAR1_EL1: PAC, SPECRES */
    { ENCODING(3, 0, 0, 7, 1),
      UINT64_C(0x00000000fff00ff0) }, /* ID_AA64MMFR1_EL1: VMID, VH, LO, PAN ... */
    { ENCODING(3, 0, 0, 1, 1),
      UINT64_C(0xfff0fff0) },                  /* ID_PFR1_EL1: Security, Virtualization, GIC */
    { ENCODING(3, 0, 0, 7, 7), ~UINT64_C(0) }, /* one without a name */
};

/* What is something on every core. */
static const uint32_t told[] = {
    ENCODING(3, 0, 0, 0, 0), /* MIDR_EL1 */
    ENCODING(3, 0, 0, 4, 0), /* ID_AA64PFR0_EL1 */
    ENCODING(3, 0, 0, 5, 0), /* ID_AA64DFR0_EL1 */
    ENCODING(3, 0, 0, 7, 0), /* ID_AA64MMFR0_EL1 */
};

/* EL2's registers, and an identification register that is written. */
static const uint32_t absent[] = {
    ENCODING(3, 4, 1, 1, 0), /* HCR_EL2 */
    ENCODING(3, 0, 0, 4, 0), /* ID_AA64PFR0_EL1 */
};

/* EL1h and EL0t, all interrupts masked. */
static const uint64_t guest_modes[] = { 0x3c5, 0x3c0 };

/* From the registers named; then there. Once its stage 1 is on, the guest is stopped by stage 2, at
 * its own tables: a fault of stage 1 would be one of the vector's, too, for ever and without an
 * instruction, so that the emulator's clock, which counts those, would stand still. */
enum {
    VECTORS_REGISTER = 20,
    START_REGISTER,
    MODE_REGISTER,
    REFUSED_REGISTER,
    TABLES_REGISTER,
    SIZE_REGISTER,
    PREAMBLE_WORD = 0,
    NO_TABLES = 0x50000000,
    TABLE_SIZE = 25 | 1 << 23, /* TCR_EL1: T0SZ, EPD1 */
};
static const uint32_t preamble[] = {
    0xd518c014, /* msr vbar_el1, x20 */
    0xd5184035, /* msr elr_el1, x21 */
    0xd5184016, /* msr spsr_el1, x22 */
    0xd5182018, /* msr ttbr0_el1, x24 */
    0xd5182059, /* msr tcr_el1, x25 */
    0xd69f03e0, /* eret */
};
/* The vectors for what EL1 and EL0 did: counts in X23, steps over. */
static const unsigned undefined_words[] = { 0x200 / 4, 0x400 / 4 };
static const uint32_t undefined[] = {
    0x910006f7, /* add x23, x23, #1 */
    0xd538403a, /* mrs x26, elr_el1 */
    0x9100135a, /* add x26, x26, #4 */
    0xd518403a, /* msr elr_el1, x26 */
    0xd69f03e0, /* eret */
};

static inline uint32_t encoding(unsigned i)
{
    return 0xd5000000u | i << ENCODING_SHIFT;
}

/* What native code sees of the registers that are fixed for it; the same at all times. */
static inline uint64_t native_state(void)
{
    uint64_t tpidrro;
    __asm__ volatile("mrs %0, tpidrro_el0" : "=r"(tpidrro));
    return tpidrro;
}

static inline abi_word thread_register(void)
{
    abi_word value;
    __asm__ volatile("mrs %0, tpidr_el0" : "=r"(value));
    return value;
}

static inline void thread_register_set(abi_word value)
{
    __asm__ volatile("msr tpidr_el0, %0" : : "r"(value));
}

static inline uint32_t counter_hz(void)
{
    uint64_t hz;
    __asm__ volatile("mrs %0, cntfrq_el0" : "=r"(hz));
    return (uint32_t)hz;
}

static inline uint32_t load_unaligned(const void *at)
{
    uint32_t value;
    __asm__ volatile("ldr %w0, [%1]" : "=r"(value) : "r"(at) : "memory");
    return value;
}
