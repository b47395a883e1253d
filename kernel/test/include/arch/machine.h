/* SPDX-License-Identifier: BSD-2-Clause */
/* The fake machine of the host tests; its page tables are the real ones. */
#pragma once

#include "arch/guest.h"

enum { ARCH_PT_INPUT_BITS = 39 };

struct arch_context {
    abi_word x[8];
    abi_word pc;
    abi_word sp;
};

struct guest_entry {
    bool is_loaded;
};

struct el1_state {
    char none;
};

struct fp_state {
    char none;
};

struct arch_cpu *arch_cpu_local(void);
