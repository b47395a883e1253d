/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The architecture's share of what is kept of a CPU: the beginning of the kernel's struct cpu, to
 * which TPIDR_EL2 (ARMv7: HTPIDR) points. The CPU's one stack ends right below, so that a trap
 * finds both at once. Assembler reads this by offsets that are generated from it.
 */
#pragma once

struct arch_context;
struct arch_vcpu;

struct arch_cpu {
    /* The kernel's: what to go on with; NULL: nothing can run, wait for an interrupt. */
    struct arch_context *context;
    /* platform/'s: */
    const void *expected; /* == resident, or no context: then the next return takes the slow way */
    struct arch_context *resident; /* whose rarely saved registers are in the hardware */
    struct arch_vcpu *guest;       /* the next return enters this guest; NULL: native code */
    struct arch_vcpu *loaded;      /* whose el1_state and vgic_state are in the hardware */
    struct arch_vcpu *fp_owner;    /* whose FP registers are */
};

enum { ARCH_GUARD_BYTES = 4096, ARCH_STACK_BYTES = 12288, ARCH_STACK_ALIGN = 16 };
