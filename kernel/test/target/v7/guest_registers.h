/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * What PL1 may write without a trap in Robin's guests (DDI 0406 "Full list of VMSA CP15 registers,
 * by coprocessor register number", "CP14"), and why it does not govern native PL0 or another guest.
 * What PL0 may write is a part of it. Everything else traps to Hyp mode or is UNDEFINED: debug, PMU
 * HDCR.TDA TDRA TDOSA TPM TPMCR ThumbEE, Jazelle                    HSTR.TTEE TJDBX FP and SIMD
 * HCPTR.TCP10 TCP11; the registers are given to one guest at a time ACTLR, implementation defined
 * HCR.TAC, TIDCP physical timer                      CNTHCTL.PL1PCEN = 0 CPSR is the guest's own:
 * an exception return sets all of it. Banked registers and SPSRs have no meaning in User mode and
 * are switched between guests (vtest_guest.S looks at them). A core that has more shows here as an
 * encoding that nobody has listed.
 */
#pragma once

#include "guest_register.h"

/* MCR p15, opc1, R0, CRn, CRm, opc2 and MCRR p15, opc1, R0, R1, CRm */
#define MCR(opc1, crn, crm, opc2)                                                           \
    (0xee000f10u | (uint32_t)(opc1) << 21 | (uint32_t)(crn) << 16 | (uint32_t)(opc2) << 5 | \
     (uint32_t)(crm))
#define MCRR(opc1, crm) (0xec410f00u | (uint32_t)(opc1) << 4 | (uint32_t)(crm))
#define READS (1u << 20) /* MRC, MRRC */

#define REGISTER(opc1, crn, crm, opc2, kind) { ~0u, MCR(opc1, crn, crm, opc2), kind }
#define REGISTER_64(opc1, crm, kind) { ~0u, MCRR(opc1, crm), kind }
#define WHOLE_CRN 0xffff0f10u /* of opc1 = 0 */
#define ANY_OF_CRN 0xff1f0f10u

static const struct guest_register guest_registers[] = {
    /* The first one that fits is meant. */
    REGISTER(0, 7, 4, 0, REGISTER_KEPT),       /* PAR */
    { WHOLE_CRN, MCR(0, 7, 0, 0), OPERATION }, /* caches, barriers, ATS1C* */
    { WHOLE_CRN, MCR(0, 8, 0, 0), OPERATION }, /* TLBs: the current VMID's (HCR.FB) */
    /* Fixed while native code runs (arch_vcpu_leave): */
    REGISTER(0, 1, 0, 0, REGISTER_KEPT),  /* SCTLR */
    REGISTER(0, 1, 0, 2, REGISTER_KEPT),  /* CPACR */
    REGISTER(0, 13, 0, 0, REGISTER_KEPT), /* FCSEIDR */
    REGISTER(0, 14, 1, 0, REGISTER_KEPT), /* CNTKCTL */
    /* Native threads have values of their own: */
    REGISTER(0, 13, 0, 2, REGISTER_KEPT), /* TPIDRURW */
    REGISTER(0, 13, 0, 3, REGISTER_KEPT), /* TPIDRURO: 0 */
    /* Without meaning while HCR.TGE is set (stage 1 is off, exceptions go to Hyp mode); switched
       between guests: */
    REGISTER(0, 2, 0, 0, REGISTER_KEPT), /* TTBR0 */
    REGISTER(0, 2, 0, 1, REGISTER_KEPT), /* TTBR1 */
    REGISTER(0, 2, 0, 2, REGISTER_KEPT), /* TTBCR */
    { ANY_OF_CRN, MCR(0, 3, 0, 0),
      REGISTER_KEPT }, /* DACR; the others are UNPREDICTABLE, in QEMU 7.2 it as well */
    REGISTER(0, 5, 0, 0, REGISTER_KEPT),  /* DFSR */
    REGISTER(0, 5, 0, 1, REGISTER_KEPT),  /* IFSR */
    REGISTER(0, 5, 1, 0, REGISTER_KEPT),  /* ADFSR */
    REGISTER(0, 5, 1, 1, REGISTER_KEPT),  /* AIFSR */
    REGISTER(0, 6, 0, 0, REGISTER_KEPT),  /* DFAR */
    REGISTER(0, 6, 0, 2, REGISTER_KEPT),  /* IFAR */
    REGISTER(0, 10, 2, 0, REGISTER_KEPT), /* PRRR, MAIR0 */
    REGISTER(0, 10, 2, 1, REGISTER_KEPT), /* NMRR, MAIR1 */
    REGISTER(0, 10, 3, 0, REGISTER_KEPT), /* AMAIR0 */
    REGISTER(0, 10, 3, 1, REGISTER_KEPT), /* AMAIR1 */
    REGISTER(0, 12, 0, 0, REGISTER_KEPT), /* VBAR */
    REGISTER(0, 13, 0, 1, REGISTER_KEPT), /* CONTEXTIDR */
    REGISTER(0, 13, 0, 4, REGISTER_KEPT), /* TPIDRPRW */
    REGISTER(2, 0, 0, 0, REGISTER_KEPT),  /* CSSELR */
    REGISTER_64(0, 2, REGISTER_KEPT),     /* TTBR0 */
    REGISTER_64(1, 2, REGISTER_KEPT),     /* TTBR1 */
    REGISTER_64(0, 7, REGISTER_KEPT),     /* PAR */
    /* Nothing is behind them: */
    REGISTER(0, 6, 0, 1, REGISTER_KEPT), /* WFAR, before ARMv7 */
    /* Implementation defined (lockdown, DMA, L2 cache): trapped by HCR.TIDCP. QEMU 7.2 does not
     * trap them, and has constants there: */
    { ANY_OF_CRN, MCR(0, 9, 0, 0), REGISTER_KEPT },
    { ANY_OF_CRN, MCR(0, 10, 0, 0), REGISTER_KEPT },
    { ANY_OF_CRN, MCR(0, 11, 0, 0), REGISTER_KEPT },
    { ANY_OF_CRN, MCR(0, 15, 0, 0), REGISTER_KEPT },
    /* Off and masked natively, switched between guests: */
    REGISTER(0, 14, 3, 0, REGISTER_MOVES), /* CNTV_TVAL */
    REGISTER(0, 14, 3, 1, REGISTER_KEPT),  /* CNTV_CTL */
    REGISTER_64(3, 14, REGISTER_KEPT),     /* CNTV_CVAL */
};

/* What a guest must read as zero. */
static const struct {
    uint32_t insn;
    uint64_t mask;
} hidden[] = {
    { MCR(0, 13, 0, 0), ~UINT64_C(0) }, /* FCSEIDR: there is none */
    { MCR(0, 0, 1, 0), 0xff00 },        /* ID_PFR0: ThumbEE, Jazelle */
    { MCR(0, 0, 1, 1), 0xf000 },        /* ID_PFR1: Virtualization Extensions */
    { MCR(0, 0, 1, 2), ~UINT64_C(0) },  /* ID_DFR0: debug, PMU */
    { MCR(0, 0, 2, 1), 0xf0000000 },    /* ID_ISAR1: BXJ */
    { MCR(0, 0, 2, 3), 0xf0000000 },    /* ID_ISAR3: ThumbEE */
    { MCR(0, 0, 7, 7), ~UINT64_C(0) },  /* one without a name */
};

/* What is something on every core. */
static const uint32_t told[] = {
    MCR(0, 0, 0, 0), /* MIDR */
    MCR(0, 0, 0, 1), /* CTR */
    MCR(0, 0, 0, 5), /* MPIDR */
    MCR(0, 0, 1, 0), /* ID_PFR0 */
    MCR(0, 0, 1, 1), /* ID_PFR1 */
    MCR(0, 0, 1, 4), /* ID_MMFR0 */
    MCR(1, 0, 0, 1), /* CLIDR */
};

/* ThumbEE's and Hyp mode's registers, and an identification register that is written. */
static const uint32_t absent[] = {
    MCR(6, 0, 0, 0) - 0x100, /* TEECR */
    MCR(6, 1, 0, 0) - 0x100, /* TEEHBR */
    MCR(4, 0, 0, 0),         /* VPIDR */
    MCR(0, 0, 1, 0),         /* ID_PFR0 */
};

/* SVC and User mode, all interrupts masked. */
static const uint64_t guest_modes[] = { 0x1d3, 0x1d0 };

/* VBAR, SPSR and PC from the registers named. */
enum {
    VECTORS_REGISTER = 4,
    START_REGISTER,
    MODE_REGISTER,
    REFUSED_REGISTER,
    TABLES_REGISTER,
    SIZE_REGISTER,
    PREAMBLE_WORD = 64,
    NO_TABLES = 0,
    TABLE_SIZE = 0, /* as after reset: at 0 there is nothing */
};
static const uint32_t preamble[] = {
    0xee0c4f10, /* mcr p15, 0, r4, c12, c0, 0 */
    0xe16ff006, /* msr spsr_cxsf, r6 */
    0xe1b0f005, /* movs pc, r5 */
};
/* The vector for undefined instructions: counts in R7, steps over. */
static const unsigned undefined_words[] = { 1 };
static const uint32_t undefined[] = {
    0xe2877001, /* add r7, r7, #1 */
    0xe1b0f00e, /* movs pc, lr */
};

/* p15's, p14's, then both's 64-bit ones. */
enum {
    CP14 = 1 << 14,
    FIRST_64 = 1 << 15,
    CP14_64 = FIRST_64 + (1 << 8),
    FIRST_ENCODING = 0,
    ENCODINGS = FIRST_64 + (1 << 9)
};

static inline uint32_t encoding(unsigned i)
{
    const uint32_t coprocessor = i < FIRST_64 ? i & CP14 : i & (CP14_64 - FIRST_64);
    const uint32_t insn = i < FIRST_64 ? MCR(i >> 11 & 7, i >> 7 & 15, i >> 3 & 15, i & 7)
                                       : MCRR(i >> 4 & 15, i & 15);
    return coprocessor != 0 ? insn - 0x100 : insn;
}

/* What native code sees of the registers that are fixed for it; the same at all times. */
static inline uint64_t native_state(void)
{
    uint32_t cpsr, tpidruro;
    __asm__ volatile("mrs %0, cpsr\n\tmrc p15, 0, %1, c13, c0, 3" : "=r"(cpsr), "=r"(tpidruro));
    return (uint64_t)tpidruro << 32 | (cpsr & 0x010003ffu); /* J, E, A, I, F, T, M */
}

static inline abi_word thread_register(void)
{
    abi_word value;
    __asm__ volatile("mrc p15, 0, %0, c13, c0, 2" : "=r"(value));
    return value;
}

static inline void thread_register_set(abi_word value)
{
    __asm__ volatile("mcr p15, 0, %0, c13, c0, 2" : : "r"(value));
}

static inline uint32_t counter_hz(void)
{
    uint32_t hz;
    __asm__ volatile("mrc p15, 0, %0, c14, c0, 0" : "=r"(hz));
    return hz;
}

static inline uint32_t load_unaligned(const void *at)
{
    uint32_t value;
    __asm__ volatile("ldr %0, [%1]" : "=r"(value) : "r"(at) : "memory");
    return value;
}
