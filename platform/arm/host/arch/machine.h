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
    uint64_t cptr;
};

struct el1_state {
    char none;
};

struct fp_state {
    char none;
};

void *arch_cpu_local(void);
