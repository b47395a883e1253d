/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * What the trap path keeps per CPU. TPIDR_EL2 (v7: HTPIDR) points at struct cpu, whose
 * field `local` points here, and the CPU's one kernel stack ends right below.
 */
#pragma once

#include "kernel/cpu.h"

struct arch_cpu {
    struct cpu *cpu;
    const void *expected; /* == resident, or no context: then the next return takes the slow way */
    struct arch_context *resident; /* whose rarely saved registers are in the hardware */
    struct arch_vcpu *guest;       /* the next return enters this guest; NULL = native */
    struct arch_vcpu *loaded;      /* whose el1_state and vgic_state are in the hardware */
    struct arch_vcpu *fp_owner;    /* whose FP registers are */
    uint64_t native_space;         /* VTTBR_EL2 of native code */
};

enum { CPU_STACK_BYTES = 12288, PANIC_STACK_BYTES = 4096, CPU_AREAS = 1 };

struct cpu_area {
    _Alignas(4096) uint8_t guard[4096]; /* never mapped */
    uint8_t stack[CPU_STACK_BYTES];
    _Alignas(16) struct arch_cpu local;
};

extern struct cpu_area cpu_areas[CPU_AREAS];

static inline struct arch_cpu *arch_cpu_this(void)
{
    return cpu_this()->local;
}

/* Have the next return look at everything anew. Not NULL, which is the context of an idle CPU. */
static inline void arch_cpu_expect_change(struct arch_cpu *local)
{
    local->expected = local;
}
