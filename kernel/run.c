/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Who runs next: the most urgent thread that is able to and has time left.
 *
 *  S1  A thread is in a ready queue, or is cpu->next  <=>  is_queued; then it is READY, not held,
 * and has a scheduling context. The current thread is neither. S2  Bit p of cpu->ready is set  <=>
 * queue[p] is not empty. S5  cpu->next, if there is one, comes before the current thread and all
 * that are queued: it has become ready in this kernel entry, at whose end run_next() hands the CPU
 * over to it.
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

/* Nobody at its priority or above is queued, and the current thread is less urgent. */
static bool comes_first(const struct cpu *cpu, const struct thread *thread)
{
    return cpu->ready >> thread->priority == 0 && cpu->current != NULL &&
           cpu->current->priority < thread->priority;
}

static void put(struct cpu *cpu, struct thread *thread)
{
    if (cpu->next != NULL) { /* the first of two: both queue, in this order */
        enqueue(cpu, cpu->next, NULL);
        cpu->next = NULL;
        enqueue(cpu, thread, NULL);
    } else if (comes_first(cpu, thread)) {
        cpu->next = thread;
        thread->is_queued = 1;
    } else {
        enqueue(cpu, thread, NULL);
    }
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
    put(cpu, thread);
}

void run_unready(struct thread *thread)
{
    struct cpu *cpu = cpu_this();

    if (thread == cpu->next) {
        cpu->next = NULL;
        thread->is_queued = 0;
    } else if (thread->is_queued) {
        dequeue(cpu, thread);
    }
}

/* ---- who goes on ----------------------------------------------------------------------------- */

/* Out of its queue; NULL: there is none. */
static inline struct thread *take_first(struct cpu *cpu)
{
    struct thread *thread = cpu->next;

    if (thread != NULL) {
        cpu->next = NULL;
        thread->is_queued = 0;
    } else if (cpu->ready != 0) {
        thread = cpu->queue[PRIORITIES - 1 - (unsigned)__builtin_clzll(cpu->ready)].first;
        dequeue(cpu, thread);
    }
    return thread;
}

static struct thread *pick(struct cpu *cpu, ticks now)
{
    for (;;) {
        struct thread *thread = take_first(cpu);

        if (thread == NULL) {
            if (!reaper_has_work() || arch_interrupt_pending()) {
                return NULL;
            }
            reaper_step();
            continue;
        }
        sched_refill(cpu, thread->sched, now);
        if (thread->sched->remaining != 0) {
            return thread;
        }
        timeline_arm(cpu, &thread->sched->entry, thread->sched->refill);
    }
}

static void enter_space(struct cpu *cpu, uint64_t space_register)
{
    if (cpu->arch.guest != NULL) {
        arch_vcpu_leave(&cpu->arch, space_register);
    } else {
        arch_space_activate(space_register);
    }
}

static void dispatch(struct cpu *cpu, struct thread *thread, ticks now)
{
    cpu->current = thread;
    if (thread == NULL) {
        cpu->arch.context = NULL;
        cpu->charged = NULL;
        enter_space(cpu, arch_space_none());
        return;
    }
    cpu->arch.context = &thread->context;
    cpu->charged = thread->sched;
    cpu->budget_end = now + thread->sched->remaining;
    enter_space(cpu, thread->space_register);
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

    if (cpu->next != NULL || thread == NULL || !is_able(thread) || thread->sched != cpu->charged ||
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
