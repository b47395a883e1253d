/* SPDX-License-Identifier: BSD-2-Clause */
/* Cache maintenance by address (DDI 0487 "Cache maintenance instructions"). */
#include "arch/arch.h"
#include "barrier.h"
#include "sysreg.h"

/* CTR_EL0.DminLine [19:16]: log2 of the smallest line in words. */
static uintptr_t data_line_bytes(void)
{
    return (uintptr_t)4 << (read_ctr_el0() >> 16 & 0xf);
}

void arch_cache_clean(const void *start, size_t bytes)
{
    uintptr_t line = data_line_bytes();
    uintptr_t end = (uintptr_t)start + bytes;
    for (uintptr_t at = (uintptr_t)start & ~(line - 1); at < end; at += line) {
        __asm__ volatile("dc civac, %0" : : "r"(at) : "memory");
    }
    barrier_complete();
}

void arch_cache_sync_code(const void *start, size_t bytes)
{
    uintptr_t line = data_line_bytes();
    uintptr_t end = (uintptr_t)start + bytes;
    for (uintptr_t at = (uintptr_t)start & ~(line - 1); at < end; at += line) {
        __asm__ volatile("dc cvau, %0" : : "r"(at) : "memory");
    }
    /* All of it: the code runs at another address, and the instruction cache may alias (DDI 0487
     * "Instruction caches": VIPT). */
    __asm__ volatile("dsb ish\n\tic ialluis\n\tdsb ish\n\tisb" : : : "memory");
}
