/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Try an instruction at PL1 and survive it: for its length the vectors are our own, which
 * step over the instruction and keep the fault status. Linux keeps its vectors at the high
 * address (SCTLR.V); VBAR counts only while that bit is clear.
 */
#pragma once

#include <linux/types.h>
#include <asm/barrier.h>

struct probe_guard {
    u32 cpsr;
    u32 sctlr;
    u32 vbar;
};

enum { PROBE_HIGH_VECTORS = 1 << 13 };

extern char probe_vectors[];

static inline struct probe_guard probe_begin(void)
{
    struct probe_guard guard;

    asm volatile(
        "mrs %0, cpsr\n\tcpsid aif\n\tmrc p15, 0, %1, c1, c0, 0\n\tmrc p15, 0, %2, c12, c0, 0"
        : "=&r"(guard.cpsr), "=&r"(guard.sctlr), "=&r"(guard.vbar)
        :
        : "memory");
    asm volatile("mcr p15, 0, %0, c12, c0, 0\n\tmcr p15, 0, %1, c1, c0, 0\n\tisb"
                 :
                 : "r"(probe_vectors), "r"(guard.sctlr & ~(u32)PROBE_HIGH_VECTORS)
                 : "memory");
    return guard;
}

static inline void probe_end(struct probe_guard guard)
{
    asm volatile(
        "dsb\n\tmcr p15, 0, %0, c1, c0, 0\n\tmcr p15, 0, %1, c12, c0, 0\n\tisb\n\tmsr cpsr_c, %2"
        :
        : "r"(guard.sctlr), "r"(guard.vbar), "r"(guard.cpsr)
        : "memory");
}

/* What came of it: 0 = it was carried out; else DFSR or IFSR with bit 31, or 1 = undefined. */
#define PROBE(syndrome, instruction, outputs, inputs...)                           \
    asm volatile(".arch_extension virt\n\t.arch_extension sec\n\t"                 \
                 "mov r12, #0\n\t" instruction "\n\tdsb\n\tisb\n\tmov %[fsr], r12" \
                 : [fsr] "=&r"(syndrome), outputs                                  \
                 : inputs                                                          \
                 : "r12", "memory", "cc")

u32 probe_read(const volatile void *address, u32 *value_out);
u32 probe_write(volatile void *address, u32 value);
/* Loads of which the syndrome does not say where to: LDRD, LDM, post-index (ARM DDI 0406, B3.13.6
 * "ISV"). */
enum { PROBE_ODD_LOADS = 3 };
u32 probe_odd_load(unsigned int which, const volatile void *address);
u32 probe_hvc(unsigned long registers[8]);
u32 probe_smc(unsigned long registers[8]);
