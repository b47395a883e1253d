/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Scheduling contexts: the right to use `budget` of CPU time every `period`
 * (deferrable server: the budget is full again at each multiple of the period).
 */
#pragma once

#include "kernel/kernel.h"
#include "kernel/object.h"

/* ---- the timeline: whom the one-shot timer is for, the next first ---------------------------- */

struct timeline_entry {
    ticks deadline;
    struct timeline_entry *next, **link;
    bool is_timer; /* of a timer; otherwise of a scheduling context */
};

/* How many timers are bound and scheduling contexts configured at most: arming looks at each. */
enum { TIMELINE_MAX = 128 };

void timeline_arm(struct cpu *cpu, struct timeline_entry *entry, ticks deadline);
void timeline_cancel(struct timeline_entry *entry);

/* ---- scheduling contexts --------------------------------------------------------------------- */

struct sched {
    ticks remaining;
    ticks refill;          /* when the budget will be full again */
    struct thread *holder; /* runs on it now */
    struct reply *lends;   /* the last loan, NULL = it is at home or nowhere */
    ticks budget, period;
    struct thread *owner; /* bound to it */
    /* Armed while its holder waits for the refill or, in GUEST_IDLE, for the guest's timer. */
    struct timeline_entry entry;
    struct dying dying;
};

enum { SCHED_BUDGET_MIN_US = 20, SCHED_PERIOD_MAX_US = 10000000 };

/* Puts a thread that has become able to run where it will be found. */
void sched_ready(struct thread *thread);
/* Takes it off the ready queue, if it is there. */
void sched_unready(struct thread *thread);
/* Chooses who goes on; the end of every kernel entry but the fast paths. */
void sched_run_next(struct cpu *cpu);
/* Gives a context to this thread, from whoever holds it. */
void sched_move(struct sched *sched, struct thread *thread);
/* A server is done: what it borrowed and cannot return by a reply goes to its owner. */
void sched_return_home(struct thread *server);
void sched_forget_thread(struct thread *thread);
void sched_configure(struct sched *sched, ticks budget, ticks period);
void sched_bind(struct sched *sched, struct thread *thread);

/*
 * For the fast path: time goes to `sched` from now on. False, and nothing has
 * happened, when one of the two budgets needs the slow path.
 */
static inline bool sched_switch_fast(struct cpu *cpu, struct sched *sched)
{
    const ticks now = arch_timer_now();
    const ticks remaining = sched->remaining;

    if (now >= cpu->budget_end || now >= cpu->charged->refill || remaining == 0 ||
        now >= sched->refill) {
        return false;
    }
    cpu->charged->remaining = cpu->budget_end - now;
    cpu->charged = sched;
    cpu->budget_end = now + remaining;
    if (cpu->budget_end < cpu->programmed) {
        cpu->programmed = cpu->budget_end;
        arch_timer_program(cpu->budget_end);
    }
    return true;
}
