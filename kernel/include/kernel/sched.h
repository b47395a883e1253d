/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Scheduling contexts: the right to use `budget` of CPU time every `period`
 * (deferrable server: the budget is full again at each multiple of the period).
 */
#pragma once

#include "kernel/cpu.h"
#include "kernel/object.h"
#include "kernel/timeline.h"

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

/* Gives a context to this thread, from whoever holds it. */
void sched_move(struct sched *sched, struct thread *thread);
/* A server is done: what it borrowed and cannot return by a reply goes to its owner. */
void sched_return_home(struct thread *server);
void sched_forget_thread(struct thread *thread);
void sched_configure(struct sched *sched, ticks budget, ticks period);
void sched_bind(struct sched *sched, struct thread *thread);

/* The budget is full again, if it is time. */
static inline void sched_refill(struct cpu *cpu, struct sched *sched, ticks now)
{
    if (now < sched->refill) {
        return;
    }
    if (sched == cpu->charged) {
        cpu->budget_end = sched->refill + sched->budget; /* what came before was of the old one */
    }
    sched->remaining = sched->budget;
    sched->refill =
        now - sched->refill < sched->period ? sched->refill + sched->period : now + sched->period;
}

/* What has been used up until now is taken off. */
static inline void sched_charge(struct cpu *cpu, ticks now)
{
    struct sched *sched = cpu->charged;

    if (sched != NULL) {
        sched_refill(cpu, sched, now);
        sched->remaining = now < cpu->budget_end ? cpu->budget_end - now : 0;
    }
}
/*
 * For the fast path: time goes to `sched` from now on. False, and nothing has
 * happened, when one of the two budgets needs the slow path.
 */
static inline bool sched_switch_fast(struct cpu *cpu, struct sched *sched)
{
    const ticks now = arch_timer_now();
    ticks remaining;

    if (now >= sched->refill || now >= cpu->charged->refill || now >= cpu->budget_end) {
        return false;
    }
    remaining = sched->remaining;
    if (remaining == 0) {
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
