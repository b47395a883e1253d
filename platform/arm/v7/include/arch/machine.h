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
    abi_word x[14];          /* the last is LR */
};

/* What returns to a guest, and what only it must not leave behind for native code. */
struct guest_entry {
    uint32_t pc, pstate;
    uint32_t tpidr, tpidrro; /* TPIDRURW, TPIDRURO: EL0_REGISTERS */
    uint32_t sctlr, cpacr, cntkctl;
    uint32_t cptr;        /* HCPTR: whether the FP registers are this guest's */
    uint32_t trapped[14]; /* r0 to r12 and LR as the trap found them */
};
#define EL0_REGISTERS(each) each(tpidr) each(tpidrro)
/* Zero while native code runs. FCSEIDR, which would move native addresses below 32 MiB, is zero for
 * good where the Multiprocessing Extensions are (DDI 0406 "FCSEIDR"), and is said to be so to
 * guests; QEMU 7.2 lets them write it. */
#define NATIVE_ZEROES(each) each(tpidrro) each(fcseidr)

/* Stays in the hardware until another vCPU runs on the CPU: native code does not see it. TTBCR is
 * first: it says how much of the others there is. */
#define MODE_REGISTERS(each, mode) each(sp_##mode) each(lr_##mode) each(spsr_##mode)
#define EL1_REGISTERS(each)                                                                       \
    each(ttbcr) each(ttbr0) each(ttbr1) each(par) each(dacr) each(mair0) each(mair1) each(amair0) \
        each(amair1) each(contextidr) each(vbar) each(dfsr) each(ifsr) each(adfsr) each(aifsr)    \
            each(dfar) each(ifar) each(tpidrprw) each(csselr) MODE_REGISTERS(each, svc)           \
                MODE_REGISTERS(each, abt) MODE_REGISTERS(each, und) MODE_REGISTERS(each, irq)     \
                    MODE_REGISTERS(each, fiq) each(r8_fiq) each(r9_fiq) each(r10_fiq)             \
                        each(r11_fiq) each(r12_fiq)
#define EL1_FIELD(name) uint64_t name;
struct el1_state {
    EL1_REGISTERS(EL1_FIELD)
};

struct fp_state {
    uint64_t d[32];
    uint32_t fpexc, fpscr;
};

static inline struct arch_cpu *arch_cpu_local(void)
{
    struct arch_cpu *cpu;
    __asm__("mrc p15, 4, %0, c13, c0, 2" : "=r"(cpu)); /* HTPIDR */
    return cpu;
}
