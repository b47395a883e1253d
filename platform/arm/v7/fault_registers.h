/* SPDX-License-Identifier: BSD-2-Clause */
/* Where the processor says what trapped, under names that v8 has too. */
#ifndef FAULT_REGISTERS_H
#define FAULT_REGISTERS_H

#include <stdbool.h>

#include "barrier.h"
#include "sysreg.h"

static inline uint32_t fault_syndrome(void)
{
    return read_hsr();
}

static inline uint64_t fault_virtual_address(bool is_data)
{
    return is_data ? read_hdfar() : read_hifar();
}

/* 40 bits of address in a register of 32. */
static inline uint64_t fault_guest_page(void)
{
    return (uint64_t)(read_hpfar() & ~UINT32_C(0xf)) << 8;
}

/* The guest's own stage 1 translates (ATS1CPR, from Hyp mode in the 64-bit format); bit 0 of the
 * answer is PAR.F. */
static inline uint64_t fault_translate(uint64_t va)
{
    uint64_t saved = read_par();
    uint64_t answer;
    __asm__ volatile("mcr p15, 0, %0, c7, c8, 0" : : "r"((uint32_t)va));
    barrier_context();
    answer = read_par();
    write_par(saved);
    return answer;
}

#endif
