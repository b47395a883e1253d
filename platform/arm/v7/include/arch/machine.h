/* SPDX-License-Identifier: BSD-2-Clause */
/* ARMv7-VE's share of the contract (arch/arch.h includes this file). */
#ifndef ARCH_MACHINE_H
#define ARCH_MACHINE_H

#include "arch/guest.h"

#define ARCH_PT_GEOMETRY pt_geometry_v7

/*
 * What is rarely saved comes first, then r0 to r12 and LR, which Hyp mode shares with
 * User mode: one STM saves either part.
 */
struct arch_context {
    abi_word pstate;
    abi_word sp;
    abi_word thread_pointer; /* TPIDRURW */
    abi_word x[13];
    abi_word lr;
    abi_word pc;
};

/* What returns to a guest, and what only it must not leave behind for native code. */
struct guest_entry {
    struct arch_context trapped; /* registers at its last trap; pc and pstate are what it goes on with */
    uint32_t tpidruro;
    uint32_t sctlr;
    uint32_t cpacr;
    uint32_t cntkctl;
    uint32_t cptr; /* HCPTR: whether the FP registers are this guest's */
};

struct banked_registers {
    uint32_t sp, lr, spsr;
};

/* Stays in the hardware until another vCPU runs on the CPU: native code does not see it. */
struct el1_state {
    uint64_t ttbr0, ttbr1, par;
    uint32_t ttbcr, dacr, mair0, mair1, amair0, amair1, contextidr;
    uint32_t vbar, dfsr, ifsr, adfsr, aifsr, dfar, ifar, tpidrprw, csselr;
    struct banked_registers svc, abt, und, irq, fiq;
    uint32_t fiq_r8_to_r12[5];
};

struct fp_state {
    uint64_t d[32];
    uint32_t fpexc;
    uint32_t fpscr;
};

struct arch_vcpu {
    struct vcpu_page *page;
    uint64_t space; /* VTTBR */
    struct guest_entry entry;
    struct guest_trap trap;
    struct vgic_state vgic;
    struct vtimer_state timer;
    struct el1_state el1;
    struct fp_state fp;
};

static inline void *arch_cpu_local(void)
{
    void *cpu;
    __asm__("mrc p15, 4, %0, c13, c0, 2" : "=r"(cpu)); /* HTPIDR */
    return cpu;
}

static inline abi_word arch_context_get(const struct arch_context *context, unsigned reg)
{
    return context->x[reg];
}

static inline void arch_context_set(struct arch_context *context, unsigned reg, abi_word value)
{
    context->x[reg] = value;
}

#endif
