/* SPDX-License-Identifier: BSD-2-Clause */
/* Where the processor says what trapped, under names that v7 has too. */
#ifndef FAULT_REGISTERS_H
#define FAULT_REGISTERS_H

#include <stdbool.h>

#include "barrier.h"
#include "sysreg.h"

static inline uint32_t fault_syndrome(void)
{
    return (uint32_t)read_esr_el2();
}

/* v7 has one register for data and one for instructions. */
static inline uint64_t fault_virtual_address(bool is_data)
{
    (void)is_data;
    return read_far_el2();
}

static inline uint64_t fault_guest_page(void)
{
    return read_hpfar_el2() << 8;
}

/* The guest's own stage 1 translates; bit 0 of the answer is PAR_EL1.F. */
static inline uint64_t fault_translate(uint64_t va)
{
    uint64_t saved = read_par_el1();
    uint64_t answer;
    __asm__ volatile("at s1e1r, %0" : : "r"(va));
    barrier_context();
    answer = read_par_el1();
    write_par_el1(saved);
    return answer;
}

#endif
