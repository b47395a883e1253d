/* SPDX-License-Identifier: BSD-2-Clause */
/* Cache maintenance by address (DDI 0406 "Cache and branch predictor maintenance operations"). */
#include "arch/arch.h"
#include "barrier.h"
#include "sysreg.h"

/* CTR.DminLine [19:16]: log2 of the smallest line in words. */
static uintptr_t data_line_bytes(void)
{
    return (uintptr_t)4 << (read_ctr() >> 16 & 0xf);
}

void arch_cache_clean(const void *start, size_t bytes)
{
    uintptr_t line = data_line_bytes();
    uintptr_t end = (uintptr_t)start + bytes;
    for (uintptr_t at = (uintptr_t)start & ~(line - 1); at < end; at += line) {
        __asm__ volatile("mcr p15, 0, %0, c7, c14, 1" : : "r"(at) : "memory"); /* DCCIMVAC */
    }
    barrier_complete();
}

void arch_cache_sync_code(const void *start, size_t bytes)
{
    uintptr_t line = data_line_bytes();
    uintptr_t end = (uintptr_t)start + bytes;
    for (uintptr_t at = (uintptr_t)start & ~(line - 1); at < end; at += line) {
        __asm__ volatile("mcr p15, 0, %0, c7, c11, 1" : : "r"(at) : "memory"); /* DCCMVAU */
    }
    /* All of it: the code runs at another address, and the instruction cache may alias.
     * ICIALLUIS, BPIALLIS. */
    __asm__ volatile("dsb ish\n\t"
                     "mcr p15, 0, %0, c7, c1, 0\n\t"
                     "mcr p15, 0, %0, c7, c1, 6\n\t"
                     "dsb ish\n\t"
                     "isb"
                     :
                     : "r"(0)
                     : "memory");
}
