/* SPDX-License-Identifier: BSD-2-Clause */
/* The fake machine of the host tests; its page tables are the real ones. */
#pragma once

#include "abi/types.h"
#include "abi/vcpu.h"

enum { ARCH_PT_INPUT_BITS = 39 };

struct arch_context {
    abi_word x[8];
    abi_word pc;
    abi_word sp;
};

struct arch_vcpu {
    struct vcpu_page *page;
    bool is_loaded;
};

static inline abi_word arch_context_get(const struct arch_context *context, unsigned reg)
{
    return context->x[reg];
}

static inline void arch_context_set(struct arch_context *context, unsigned reg, abi_word value)
{
    context->x[reg] = value;
}

void *arch_cpu_local(void);
