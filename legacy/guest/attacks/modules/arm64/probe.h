/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Try an instruction at EL1 and survive it: for its length VBAR_EL1 points at vectors
 * of our own that step over the instruction and keep the syndrome. Thousands of
 * forbidden accesses cost no kernel oops each.
 */
#pragma once

#include <linux/types.h>
#include <asm/barrier.h>
#include <asm/sysreg.h>

struct probe_guard {
    unsigned long daif;
    unsigned long vbar;
};

extern char probe_vectors[];

static inline struct probe_guard probe_begin(void)
{
    struct probe_guard guard;

    asm volatile("mrs %0, daif\n\tmsr daifset, #0xf\n\tmrs %1, vbar_el1\n\tmsr vbar_el1, %2\n\tisb"
                 : "=&r"(guard.daif), "=&r"(guard.vbar)
                 : "r"(probe_vectors)
                 : "memory");
    return guard;
}

static inline void probe_end(struct probe_guard guard)
{
    asm volatile("dsb sy\n\tmsr vbar_el1, %1\n\tisb\n\tmsr daif, %0"
                 :
                 : "r"(guard.daif), "r"(guard.vbar)
                 : "memory");
}

/* The syndrome (ESR_EL1) of the exception that `instruction` took, 0 = it was carried out. */
#define PROBE(syndrome, instruction, outputs, inputs...)                              \
    asm volatile("mov x17, #0\n\t" instruction "\n\tdsb sy\n\tisb\n\tmov %[esr], x17" \
                 : [esr] "=&r"(syndrome), outputs                                     \
                 : inputs                                                             \
                 : "x16", "x17", "memory", "cc")

u32 probe_read(const volatile void *address, u32 *value_out);
u32 probe_write(volatile void *address, u32 value);
/* Loads of which the syndrome does not say where to: LDP, post-index (ARM DDI 0487, D17 "ISV"). */
enum { PROBE_ODD_LOADS = 2 };
u32 probe_odd_load(unsigned int which, const volatile void *address);
u32 probe_hvc(unsigned long registers[8]);
u32 probe_smc(unsigned long registers[8]);
