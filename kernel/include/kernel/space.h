/* SPDX-License-Identifier: BSD-2-Clause */
/* Memory as components see it. */
#pragma once

#include "arch/arch.h"
#include "kernel/cap.h"

/* ---- address spaces -------------------------------------------------------------------------- */

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

/* ---- frames ---------------------------------------------------------------------------------- */

/* A frame capability is mapped in one place at most. */
static inline unsigned frame_shift(const struct cap *frame)
{
    return (frame->flags & CAP_LARGE) != 0 ? CAP_LARGE_SHIFT : CAP_PAGE_SHIFT;
}

static inline phys_addr frame_physical(const struct cap *frame)
{
    return (phys_addr){ (uint64_t)frame->frame.page << CAP_PAGE_SHIFT };
}

static inline ipa_addr frame_ipa(const struct cap *frame)
{
    return (ipa_addr){ (uint64_t)frame->frame.ipa_page << CAP_PAGE_SHIFT };
}

/* RAM that the kernel may share with a component: read, write, no registers. */
enum status frame_share_check(const struct cap *frame);
enum status frame_map(struct cap *frame, struct space *space, ipa_addr ipa, unsigned attributes);
void frame_withdraw(struct cap *frame);
