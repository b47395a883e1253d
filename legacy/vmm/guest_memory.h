/* SPDX-License-Identifier: BSD-2-Clause */
/* The guest's RAM, as the VMM reaches it. Every address out of the guest passes here. */
#pragma once

#include <stddef.h>
#include <stdint.h>

struct guest_memory {
    uint64_t base; /* guest-physical */
    uint64_t bytes;
    uint8_t *start; /* where the VMM has it mapped */
};

/* NULL when one byte of it is outside; `bytes` 0 is outside too. Cannot wrap. */
static inline void *guest_memory_at(const struct guest_memory *memory, uint64_t address,
                                    uint64_t bytes)
{
    const uint64_t offset = address - memory->base;
    if (bytes == 0 || offset >= memory->bytes || bytes > memory->bytes - offset) {
        return NULL;
    }
    return memory->start + offset;
}
