/* SPDX-License-Identifier: BSD-2-Clause */
/* AArch64's share of the contract (arch/arch.h includes this file). */
#pragma once

#include "arch/guest.h"

enum { ARCH_PT_INPUT_BITS = 39 }; /* T0SZ = 25, SL0 = 1: the root has 512 entries */

/*
 * A native thread's registers. The first 33 words are laid out as struct
 * vcpu_regs, so that one trap entry serves threads and guests.
 */
struct arch_context {
    _Alignas(16) abi_word x[VCPU_GPRS];
    abi_word pc;
    abi_word pstate;
    abi_word sp;
    abi_word thread_pointer; /* TPIDR_EL0 */
};

/* What returns to a guest, and what only it must not leave behind for native code. */
struct guest_entry {
    uint64_t pc, pstate;
    uint64_t sp, tpidr, tpidrro; /* EL0_REGISTERS */
    uint64_t sctlr, cpacr, cntkctl;
    uint64_t cptr; /* CPTR_EL2: whether the FP registers are this guest's */
};

#define EL0_REGISTERS(each) each(sp) each(tpidr) each(tpidrro)
#define NATIVE_ZEROES(each) each(tpidrro) /* zero while native code runs */

/* Stays in the hardware until another vCPU runs on the CPU: native code does not see it. */
#define EL1_REGISTERS(each)                                                                        \
    each(ttbr0) each(ttbr1) each(tcr) each(mair) each(amair) each(contextidr) each(vbar) each(esr) \
        each(far) each(afsr0) each(afsr1) each(par) each(sp) each(elr) each(spsr) each(tpidr)      \
            each(csselr)
#define EL1_FIELD(name) uint64_t name;
struct el1_state {
    EL1_REGISTERS(EL1_FIELD)
};

struct fp_state {
    _Alignas(16) uint8_t v[32][16];
    uint64_t fpcr, fpsr;
};

static inline struct arch_cpu *arch_cpu_local(void)
{
    struct arch_cpu *cpu;
    __asm__("mrs %0, tpidr_el2" : "=r"(cpu));
    return cpu;
}
