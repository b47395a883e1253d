/* SPDX-License-Identifier: BSD-2-Clause */
/* Address spaces, and the tables in them. */
#pragma once

#include "arch/arch.h"
#include "kernel/cap.h"

struct space {
    unsigned char root_table[ARCH_TABLE_BYTES]; /* the object is aligned to it */
    uint64_t epoch; /* never used again, so that a capability can tell a dead space's mapping */
    uint8_t vmid;
    uint8_t kind; /* enum space_kind */
};

enum { VMID_FIRST = 1, VMID_LAST = 255 };

unsigned space_free_vmid(void); /* 0: there is none */
void space_create(struct space *space, enum space_kind kind);

static inline uint64_t space_register(const struct space *space)
{
    return arch_space_register(arch_physical(space->root_table), space->vmid);
}

/* What a frame or table remembers of the space it is mapped in. */
uint64_t space_mapping(const struct space *space);
/* The space of such a mapping, or NULL when it is gone. */
struct space *space_of_mapping(uint64_t mapping);

void table_withdraw(struct cap *table);
