/* SPDX-License-Identifier: BSD-2-Clause */
/* ARMv7-VE's share of the contract (arch/arch.h includes this file). */
#pragma once

#include "arch/guest.h"

enum { ARCH_PT_INPUT_BITS = 32 }; /* T0SZ = 0, SL0 = 1: the root has 4 entries */

/*
 * What is rarely saved comes first, then r0 to r12 and LR, which Hyp mode shares with
 * User mode: one STM saves either part.
 */
struct arch_context {
    abi_word pc;
    abi_word pstate;
    abi_word sp;
    abi_word thread_pointer; /* TPIDRURW */
    abi_word x[14]; /* the last is LR */
};

/* What returns to a guest, and what only it must not leave behind for native code. */
struct guest_entry {
    uint64_t pc, pstate;
    uint32_t tpidr, tpidrro; /* TPIDRURW, TPIDRURO: EL0_REGISTERS */
    uint32_t sctlr, cpacr, cntkctl;
    uint32_t cptr;        /* HCPTR: whether the FP registers are this guest's */
    uint32_t trapped[14]; /* r0 to r12 and LR as the trap found them */
};
#define EL0_REGISTERS(each) each(tpidr) each(tpidrro)

/* Stays in the hardware until another vCPU runs on the CPU: native code does not see it. TTBCR is
 * first: it says how much of the others there is. */
#define EL1_REGISTERS(each)                                                                    \
    each(ttbcr, uint32_t) each(ttbr0, uint64_t) each(ttbr1, uint64_t) each(par, uint64_t)      \
    each(dacr, uint32_t) each(mair0, uint32_t) each(mair1, uint32_t) each(amair0, uint32_t)    \
    each(amair1, uint32_t) each(contextidr, uint32_t) each(vbar, uint32_t)                     \
    each(dfsr, uint32_t) each(ifsr, uint32_t) each(adfsr, uint32_t) each(aifsr, uint32_t)      \
    each(dfar, uint32_t) each(ifar, uint32_t) each(tpidrprw, uint32_t) each(csselr, uint32_t)  \
    each(sp_svc, uint32_t) each(lr_svc, uint32_t) each(spsr_svc, uint32_t)                     \
    each(sp_abt, uint32_t) each(lr_abt, uint32_t) each(spsr_abt, uint32_t)                     \
    each(sp_und, uint32_t) each(lr_und, uint32_t) each(spsr_und, uint32_t)                     \
    each(sp_irq, uint32_t) each(lr_irq, uint32_t) each(spsr_irq, uint32_t)                     \
    each(r8_fiq, uint32_t) each(r9_fiq, uint32_t) each(r10_fiq, uint32_t)                      \
    each(r11_fiq, uint32_t) each(r12_fiq, uint32_t)                                            \
    each(sp_fiq, uint32_t) each(lr_fiq, uint32_t) each(spsr_fiq, uint32_t)
#define EL1_FIELD(name, type) type name;
struct el1_state {
    EL1_REGISTERS(EL1_FIELD)
};

struct fp_state {
    uint64_t d[32];
    uint32_t fpexc, fpscr;
};

static inline void *arch_cpu_local(void)
{
    void *cpu;
    __asm__("mrc p15, 4, %0, c13, c0, 2" : "=r"(cpu)); /* HTPIDR */
    return cpu;
}
