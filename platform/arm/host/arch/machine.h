/* SPDX-License-Identifier: BSD-2-Clause */
/* Enough of a machine for the host tests of platform/arm/common. */
#pragma once

#include "arch/guest.h"

extern unsigned test_input_bits; /* both word sizes in one test */
#define ARCH_PT_INPUT_BITS test_input_bits

struct arch_context {
    abi_word x[8];
};

struct guest_entry {
    uint64_t pc, pstate;
    uint64_t tpidrro; /* EL0_REGISTERS */
    uint64_t sctlr, cpacr, cntkctl;
    uint64_t cptr;
};

#define EL0_REGISTERS(each) each(tpidrro)
#define NATIVE_ZEROES(each) each(tpidrro)
#define EL1_REGISTERS(each) each(ttbr0) each(vbar)
struct el1_state {
    uint64_t ttbr0, vbar;
};

struct fp_state {
    char none;
};

struct arch_cpu *arch_cpu_local(void);
