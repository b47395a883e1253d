/* SPDX-License-Identifier: BSD-2-Clause */
/* Memory as components see it: a frame capability is mapped in one place at most. */
#pragma once

#include "arch/arch.h"
#include "kernel/cap.h"

struct space;

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
