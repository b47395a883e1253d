/* SPDX-License-Identifier: BSD-2-Clause */
/* The timeline: whom the one-shot timer is for, the next first. */
#pragma once

#include "arch/arch.h"

struct cpu;

struct timeline_entry {
    ticks deadline;
    struct timeline_entry *next, **link;
    bool is_timer; /* of a timer; otherwise of a scheduling context */
};

/* How many timers are bound and scheduling contexts configured at most: arming looks at each. */
enum { TIMELINE_MAX = 128 };

void timeline_arm(struct cpu *cpu, struct timeline_entry *entry, ticks deadline);
void timeline_cancel(struct timeline_entry *entry);
