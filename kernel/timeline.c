/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * A list, not a heap: few entries are armed at a time. Whoever holds the capability to configure
 * time (root alone) decides who may arm one, and there are TIMELINE_MAX at most. To disarm is
 * constant time.
 *
 *  T1  Deadlines are in order; among equal ones, who was armed first comes first.
 *  T2  *entry->link == entry for the entries of the list; link is NULL for all others.
 *  T3  cpu->timeline_count is the number of bound timers and configured scheduling contexts.
 */
#include "kernel/objects.h"

void timeline_cancel(struct timeline_entry *entry)
{
    if (entry->link == NULL) {
        return;
    }
    *entry->link = entry->next;
    if (entry->next != NULL) {
        entry->next->link = entry->link;
    }
    entry->link = NULL;
}

void timeline_arm(struct cpu *cpu, struct timeline_entry *entry, ticks deadline)
{
    struct timeline_entry **link = &cpu->timeline;

    timeline_cancel(entry);
    while (*link != NULL && (*link)->deadline <= deadline) {
        link = &(*link)->next;
    }
    entry->deadline = deadline;
    entry->link = link;
    entry->next = *link;
    if (entry->next != NULL) {
        entry->next->link = &entry->next;
    }
    *link = entry;
}
