/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * What will happen when: one binary heap per CPU, of fixed capacity. A place in
 * it is reserved when an object is configured (which takes sched control), so
 * that arming never fails.
 */
#ifndef KERNEL_TIMELINE_H
#define KERNEL_TIMELINE_H

#include "arch/arch.h"
#include "kernel/cpu.h"

enum timeline_kind { TIMELINE_SCHED, TIMELINE_TIMER };

struct timeline_entry {
    ticks deadline;
    uint32_t position; /* in the heap, from 1; 0 = not armed */
    uint16_t kind;     /* enum timeline_kind */
    uint16_t is_reserved;
};

bool timeline_can_reserve(const struct timeline *line, const struct timeline_entry *entry);
void timeline_reserve(struct timeline *line, struct timeline_entry *entry, enum timeline_kind kind);
void timeline_unreserve(struct timeline *line, struct timeline_entry *entry);
void timeline_arm(struct timeline *line, struct timeline_entry *entry, ticks deadline);
void timeline_cancel(struct timeline *line, struct timeline_entry *entry);

static inline struct timeline_entry *timeline_first(const struct timeline *line)
{
    return line->count != 0 ? line->heap[0] : NULL;
}

#endif
