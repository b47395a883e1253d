/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Who runs next: the most urgent thread that is able to and has time left.
 *
 *  S1  A thread is in a ready queue  <=>  is_queued; then it is READY, not held, and has a
 *      scheduling context. The current thread is in no queue.
 *  S2  Bit p of cpu->ready is set  <=>  queue[p] is not empty.
 */
#include "kernel/objects.h"

#define NO_DEADLINE (~(ticks)0)

struct cpu_area cpu_areas[CPUS];

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

void run_ready(struct thread *thread)
{
    struct cpu *cpu = cpu_this();

    if (!is_able(thread) || thread->is_queued || thread == cpu->current) {
        return;
    }
    if (thread->sched->remaining == 0) { /* otherwise pick() refills it */
        sched_refill(cpu, thread->sched, arch_timer_now());
        if (thread->sched->remaining == 0) {
            timeline_arm(cpu, &thread->sched->entry, thread->sched->refill);
            return;
        }
    }
    timeline_cancel(&thread->sched->entry);
    enqueue(cpu, thread, NULL);
}

void run_unready(struct thread *thread)
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
        sched_refill(cpu, thread->sched, now);
        if (thread->sched->remaining != 0) {
            return thread;
        }
        timeline_arm(cpu, &thread->sched->entry, thread->sched->refill);
    }
    return NULL;
}

static void dispatch(struct cpu *cpu, struct thread *thread, ticks now)
{
    const uint64_t space = thread != NULL ? thread->space_register : arch_space_none();

    cpu->current = thread;
    cpu->charged = NULL;
    cpu->arch.context = NULL;
    if (cpu->arch.guest != NULL) {
        arch_vcpu_leave(&cpu->arch, space);
    } else {
        arch_space_activate(space);
    }
    if (thread == NULL) {
        return;
    }
    cpu->arch.context = &thread->context;
    cpu->charged = thread->sched;
    cpu->budget_end = now + thread->sched->remaining;
    if (thread->vcpu != NULL) {
        arch_vcpu_enter(&cpu->arch, &thread->vcpu->arch);
    }
}

static void switch_thread(struct cpu *cpu)
{
    struct thread *old = cpu->current;
    const ticks now = arch_timer_now();

    sched_charge(cpu, now);
    cpu->current = NULL;
    if (old != NULL && is_able(old)) {
        if (old->sched->remaining != 0) {
            enqueue(cpu, old, cpu->queue[old->priority].first); /* preempted: keeps its place */
        } else {
            run_ready(old);
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

void run_next(struct cpu *cpu)
{
    const struct thread *thread = cpu->current;

    if (thread == NULL || !is_able(thread) || thread->sched != cpu->charged ||
        thread->sched->remaining == 0 || !run_is_highest(cpu, thread)) {
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
    run_ready(holder);
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
    sched_charge(cpu, now);
    if (cpu->queue[thread->priority].first != NULL) {
        cpu->current = NULL;
        run_ready(thread);
    }
}

void kernel_timer(struct arch_cpu *arch)
{
    struct cpu *cpu = cpu_of(arch);
    const ticks now = arch_timer_now();

    cpu->programmed = 0; /* it has fired: whatever comes next, "none" included, is programmed */
    end_of_slice(cpu, now);
    fire_due(cpu, now);
    if (reaper_has_work()) {
        reaper_step(); /* left over when its caller went away */
    }
    run_next(cpu);
}
