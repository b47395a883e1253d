/* SPDX-License-Identifier: BSD-2-Clause */
/* Address spaces, of components and of guests, and what is mapped in them. */
#ifndef KERNEL_SPACE_H
#define KERNEL_SPACE_H

#include "arch/arch.h"
#include "kernel/cap.h"

struct space {
    unsigned char root_table[ARCH_TABLE_BYTES]; /* the object is aligned to it */
    uint64_t epoch; /* never used again, so that a capability can tell a dead space's mapping */
    uint8_t vmid;
    uint8_t kind; /* enum space_kind */
};

enum { VMID_FIRST = 1, VMID_LAST = 255 };

bool space_vmid_available(void);
void space_create(struct space *space, enum space_kind kind);
void space_destroy(const struct cap *cap);
/* What native code runs in when there is nothing to run. */
void space_activate_none(void);
/* What a frame or table remembers of the space it is mapped in. */
uint64_t space_mapping(const struct space *space);
/* The space of such a mapping, or NULL when it is gone. */
struct space *space_of_mapping(uint64_t mapping);

enum status space_status(enum arch_pt_result result);

syscall_operation sys_space_map_table;
void table_withdraw(struct cap *table);

#endif
