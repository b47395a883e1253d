/* SPDX-License-Identifier: BSD-2-Clause */
/*
 *  S1  A thread is in a ready queue  <=>  is_queued; then it is READY, not held, and has a
 *      scheduling context. The current thread is in no queue.
 *  S2  Bit p of cpu->ready is set  <=>  queue[p] is not empty.
 *  S3  sched->holder == t  <=>  t->sched == sched; sched->owner == t  <=>  t->home == sched.
 *  S4  At cpu->budget_end, cpu->charged will have used up what remained of its budget; until it is
 *      charged anew its `remaining` is too high.
 */
#include "kernel/objects.h"

#define NO_DEADLINE (~(ticks)0)
enum { US_PER_SECOND = 1000000 };

struct cpu cpu_table[CPU_MAX];

/* ---- ready queues ---------------------------------------------------------------------------- */

static bool is_able(const struct thread *thread)
{
    return thread->state == THREAD_READY && thread->hold == 0 && thread->sched != NULL;
}

/* In front of `before`; NULL: at the end. */
static void enqueue(struct cpu *cpu, struct thread *thread, struct thread *before)
{
    thread_queue_insert(&cpu->queue[thread->priority], thread, before);
    cpu->ready |= (uint64_t)1 << thread->priority;
    thread->is_queued = 1;
}

static void dequeue(struct cpu *cpu, struct thread *thread)
{
    struct thread_queue *queue = &cpu->queue[thread->priority];

    thread_queue_remove(queue, thread);
    if (queue->first == NULL) {
        cpu->ready &= ~((uint64_t)1 << thread->priority);
    }
    thread->is_queued = 0;
}

/* ---- budgets --------------------------------------------------------------------------------- */

static inline void refill(struct cpu *cpu, struct sched *sched, ticks now)
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

static inline void charge(struct cpu *cpu, ticks now)
{
    struct sched *sched = cpu->charged;

    if (sched != NULL) {
        refill(cpu, sched, now);
        sched->remaining = now < cpu->budget_end ? cpu->budget_end - now : 0;
    }
}

void sched_ready(struct thread *thread)
{
    struct cpu *cpu = cpu_this();

    if (!is_able(thread) || thread->is_queued || thread == cpu->current) {
        return;
    }
    if (thread->sched->remaining == 0) { /* otherwise pick() refills it */
        refill(cpu, thread->sched, arch_timer_now());
        if (thread->sched->remaining == 0) {
            timeline_arm(cpu, &thread->sched->entry, thread->sched->refill);
            return;
        }
    }
    timeline_cancel(&thread->sched->entry);
    enqueue(cpu, thread, NULL);
}

void sched_unready(struct thread *thread)
{
    if (thread->is_queued) {
        dequeue(cpu_this(), thread);
    }
}

/* ---- who goes on ----------------------------------------------------------------------------- */

static struct thread *pick(struct cpu *cpu, ticks now)
{
    while (cpu->ready == 0 && reaper_has_work() && !arch_interrupt_pending()) {
        reaper_step();
    }
    while (cpu->ready != 0) {
        const unsigned priority = PRIORITIES - 1 - (unsigned)__builtin_clzll(cpu->ready);
        struct thread *thread = cpu->queue[priority].first;

        dequeue(cpu, thread);
        refill(cpu, thread->sched, now);
        if (thread->sched->remaining != 0) {
            return thread;
        }
        timeline_arm(cpu, &thread->sched->entry, thread->sched->refill);
    }
    return NULL;
}

static void dispatch(struct cpu *cpu, struct thread *thread, ticks now)
{
    vcpu_unload(cpu);
    cpu->current = thread;
    if (thread == NULL) {
        cpu->context = NULL;
        cpu->charged = NULL;
        arch_space_activate(arch_space_none());
        return;
    }
    cpu->context = &thread->context;
    cpu->charged = thread->sched;
    cpu->budget_end = now + thread->sched->remaining;
    if (thread->vcpu == NULL || !vcpu_resume(cpu, thread)) {
        arch_space_activate(thread->space_register);
    }
}

static void switch_thread(struct cpu *cpu)
{
    struct thread *old = cpu->current;
    const ticks now = arch_timer_now();

    charge(cpu, now);
    cpu->current = NULL;
    if (old != NULL && is_able(old)) {
        if (old->sched->remaining != 0) {
            enqueue(cpu, old, cpu->queue[old->priority].first); /* preempted: keeps its place */
        } else {
            sched_ready(old);
        }
    }
    dispatch(cpu, pick(cpu, now), now);
}

static void program_timer(struct cpu *cpu)
{
    ticks deadline = cpu->timeline != NULL ? cpu->timeline->deadline : NO_DEADLINE;

    if (cpu->charged != NULL && cpu->budget_end < deadline) {
        deadline = cpu->budget_end;
    }
    if (deadline != cpu->programmed) {
        cpu->programmed = deadline;
        arch_timer_program(deadline);
    }
}

void sched_run_next(struct cpu *cpu)
{
    const struct thread *thread = cpu->current;

    if (thread == NULL || !is_able(thread) || thread->sched != cpu->charged ||
        thread->sched->remaining == 0 || !sched_is_highest(cpu, thread)) {
        switch_thread(cpu);
    }
    program_timer(cpu);
}

/* ---- the timer ------------------------------------------------------------------------------- */

static void release(struct sched *sched)
{
    struct thread *holder = sched->holder;

    if (holder == NULL) {
        return;
    }
    if (holder->state == THREAD_GUEST_IDLE) {
        holder->state = THREAD_READY;
    }
    sched_ready(holder);
}

/* Whoever is left when another interrupt waits is due at once: the timer fires again. */
static void fire_due(struct cpu *cpu, ticks now)
{
    struct timeline_entry *entry;

    while ((entry = cpu->timeline) != NULL && entry->deadline <= now) {
        timeline_cancel(entry);
        if (entry->is_timer) {
            notification_signal_binding(&CONTAINER_OF(entry, struct timer, entry)->signal_binding);
        } else {
            release(CONTAINER_OF(entry, struct sched, entry));
        }
        if (arch_interrupt_pending()) {
            return;
        }
    }
}

/* Its budget is used up. If it was refilled at once, the next of its priority has its turn. */
static void end_of_slice(struct cpu *cpu, ticks now)
{
    struct thread *thread = cpu->current;

    if (thread == NULL || cpu->charged == NULL || now < cpu->budget_end) {
        return;
    }
    charge(cpu, now);
    if (cpu->queue[thread->priority].first != NULL) {
        cpu->current = NULL;
        sched_ready(thread);
    }
}

void kernel_timer(void)
{
    struct cpu *cpu = cpu_this();
    const ticks now = arch_timer_now();

    cpu->programmed = 0; /* it has fired: whatever comes next, "none" included, is programmed */
    end_of_slice(cpu, now);
    fire_due(cpu, now);
    if (reaper_has_work()) {
        reaper_step(); /* left over when its caller went away */
    }
    sched_run_next(cpu);
}

/* ---- lending --------------------------------------------------------------------------------- */

void sched_move(struct sched *sched, struct thread *thread)
{
    if (sched->holder != NULL) {
        sched->holder->sched = NULL;
        sched_unready(sched->holder);
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
        sched_ready(sched->owner);
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

    charge(cpu, arch_timer_now());
    call->caller->sched->remaining = 0;
    cpu->budget_end = 0;
    return STATUS_OK;
}

void sched_configure(struct sched *sched, ticks budget, ticks period)
{
    struct cpu *cpu = cpu_this();
    const ticks now = arch_timer_now();

    charge(cpu, now);
    cpu->timeline_count += sched->budget == 0;
    sched->budget = budget;
    sched->period = period;
    sched->remaining = budget;
    sched->refill = now + period;
    if (sched == cpu->charged) {
        cpu->budget_end = now + budget;
    }
    if (sched->holder != NULL) {
        sched_ready(sched->holder); /* it may have waited for the old refill */
    }
}

void sched_bind(struct sched *sched, struct thread *thread)
{
    sched->owner = thread;
    thread->home = sched;
    sched_move(sched, thread);
    sched_ready(thread);
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
