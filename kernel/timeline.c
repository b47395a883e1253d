/* SPDX-License-Identifier: BSD-2-Clause */
/*
 *  T1  heap[i] is due no later than heap[2i + 1] and heap[2i + 2].
 *  T2  heap[i]->position == i + 1; an entry with position 0 is in no heap.
 *  T3  count <= reserved <= TIMELINE_CAPACITY: an armed entry is a reserved one.
 */
#include "kernel/sched.h"

static void put(struct timeline *line, uint32_t index, struct timeline_entry *entry)
{
    line->heap[index] = entry;
    entry->position = index + 1;
}

static void sift_up(struct timeline *line, uint32_t index, struct timeline_entry *entry)
{
    for (uint32_t parent; index > 0; index = parent) {
        parent = (index - 1) / 2;
        if (entry->deadline >= line->heap[parent]->deadline) {
            break;
        }
        put(line, index, line->heap[parent]);
    }
    put(line, index, entry);
}

static void sift_down(struct timeline *line, uint32_t index, struct timeline_entry *entry)
{
    for (;;) {
        uint32_t child = 2 * index + 1;

        if (child + 1 < line->count &&
            line->heap[child + 1]->deadline < line->heap[child]->deadline) {
            child++;
        }
        if (child >= line->count || entry->deadline <= line->heap[child]->deadline) {
            break;
        }
        put(line, index, line->heap[child]);
        index = child;
    }
    put(line, index, entry);
}

bool timeline_can_reserve(const struct timeline *line, const struct timeline_entry *entry)
{
    return entry->is_reserved || line->reserved < TIMELINE_CAPACITY;
}

void timeline_reserve(struct timeline *line, struct timeline_entry *entry, enum timeline_kind kind)
{
    if (!entry->is_reserved) {
        entry->is_reserved = 1;
        entry->kind = (uint16_t)kind;
        line->reserved++;
    }
}

void timeline_unreserve(struct timeline *line, struct timeline_entry *entry)
{
    timeline_cancel(line, entry);
    if (entry->is_reserved) {
        entry->is_reserved = 0;
        line->reserved--;
    }
}

void timeline_cancel(struct timeline *line, struct timeline_entry *entry)
{
    const uint32_t index = entry->position - 1;
    struct timeline_entry *last;

    if (entry->position == 0) {
        return;
    }
    entry->position = 0;
    line->count--;
    last = line->heap[line->count];
    if (last == entry) {
        return;
    }
    if (index > 0 && last->deadline < line->heap[(index - 1) / 2]->deadline) {
        sift_up(line, index, last);
    } else {
        sift_down(line, index, last);
    }
}

void timeline_arm(struct timeline *line, struct timeline_entry *entry, ticks deadline)
{
    timeline_cancel(line, entry);
    entry->deadline = deadline;
    line->count++;
    sift_up(line, line->count - 1, entry);
}
