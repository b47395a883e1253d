/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Scheduling contexts: budgets, whom they are lent to, and the objects.
 *
 *  S3  sched->holder == t  <=>  t->sched == sched; sched->owner == t  <=>  t->home == sched.
 *  S4  At cpu->budget_end, cpu->charged will have used up what remained of its budget; its
 *      `remaining` is stale (too high) until the next sched_charge().
 */
#include "kernel/objects.h"

enum { US_PER_SECOND = 1000000 };

/* ---- lending --------------------------------------------------------------------------------- */

void sched_move(struct sched *sched, struct thread *thread)
{
    if (sched->holder != NULL) {
        sched->holder->sched = NULL;
        run_unready(sched->holder);
    }
    sched->holder = thread;
    if (thread != NULL) {
        thread->sched = sched;
    }
}

void sched_return_home(struct thread *server)
{
    struct sched *sched = server->sched;

    if (sched == NULL || sched->owner == server || sched->lends != NULL) {
        return;
    }
    sched_move(sched, sched->owner);
    if (sched->owner != NULL) {
        run_ready(sched->owner);
    }
}

void sched_forget_thread(struct thread *thread)
{
    struct sched *sched = thread->sched;

    if (thread->home != NULL) {
        thread->home->owner = NULL;
        thread->home = NULL;
    }
    if (sched != NULL) {
        sched_return_home(thread);
        if (sched->holder == thread) {
            sched_move(sched, NULL); /* an answer will return it, if it is lent */
        }
    }
}

/* ---- the object ------------------------------------------------------------------------------ */

static void unbind(struct sched *sched)
{
    if (sched->owner != NULL) {
        sched->owner->home = NULL;
        sched->owner = NULL;
    }
    sched_move(sched, NULL);
    timeline_cancel(&sched->entry);
}

void sched_destroy(const struct cap *cap)
{
    struct sched *sched = cap->sched;
    struct cpu *cpu = cpu_this();

    unbind(sched);
    cpu->timeline_count -= sched->budget != 0;
    sched->budget = 0; /* R4: an answer does not give it back */
    if (cpu->charged == sched) {
        cpu->charged = NULL;
    }
}

bool sched_reap(struct dying *dying)
{
    const struct sched *sched = CONTAINER_OF(dying, struct sched, dying);

    if (sched->lends == NULL) {
        return true;
    }
    reply_unlink_loan(sched->lends);
    return false;
}

enum status sys_yield(const struct call *call)
{
    struct cpu *cpu = cpu_this();

    sched_charge(cpu, arch_timer_now());
    call->caller->sched->remaining = 0;
    cpu->budget_end = 0;
    return STATUS_OK;
}

void sched_configure(struct sched *sched, ticks budget, ticks period)
{
    struct cpu *cpu = cpu_this();
    const ticks now = arch_timer_now();

    sched_charge(cpu, now);
    cpu->timeline_count += sched->budget == 0;
    sched->budget = budget;
    sched->period = period;
    sched->remaining = budget;
    sched->refill = now + period;
    if (sched == cpu->charged) {
        cpu->budget_end = now + budget;
    }
    if (sched->holder != NULL) {
        run_ready(sched->holder); /* it may have waited for the old refill */
    }
}

void sched_bind(struct sched *sched, struct thread *thread)
{
    sched->owner = thread;
    thread->home = sched;
    sched_move(sched, thread);
    run_ready(thread);
}

static ticks us_to_ticks(abi_word us)
{
    return (ticks)us * arch_timer_hz() / US_PER_SECOND;
}

enum status sys_sched_configure(const struct call *call)
{
    const abi_word budget_us = call_arg(call, 2);
    const abi_word period_us = call_arg(call, 3);
    struct sched *sched = call->cap[1]->sched;

    if (budget_us < SCHED_BUDGET_MIN_US || budget_us > period_us ||
        period_us > SCHED_PERIOD_MAX_US) {
        return STATUS_BAD_ARGUMENT;
    }
    if (sched->budget == 0 && cpu_this()->timeline_count >= TIMELINE_MAX) {
        return STATUS_NO_MEMORY;
    }
    sched_configure(sched, us_to_ticks(budget_us), us_to_ticks(period_us));
    return STATUS_OK;
}

enum status sys_sched_bind(const struct call *call)
{
    const struct sched *sched = call->cap[0]->sched;
    const struct thread *thread = call->cap[1]->thread;

    if (sched->budget == 0) {
        return STATUS_NOT_BOUND;
    }
    if (sched->owner != NULL || sched->holder != NULL || thread->home != NULL ||
        thread->sched != NULL || (thread->waits_for != NULL && thread->waits_for->sched != NULL)) {
        return STATUS_BUSY;
    }
    sched_bind(call->cap[0]->sched, call->cap[1]->thread);
    return STATUS_OK;
}

enum status sys_sched_unbind(const struct call *call)
{
    struct sched *sched = call->cap[0]->sched;

    if (sched->owner == NULL) {
        return STATUS_NOT_BOUND;
    }
    if (sched->lends != NULL || sched->owner->notification != NULL) {
        return STATUS_BUSY;
    }
    unbind(sched);
    return STATUS_OK;
}
