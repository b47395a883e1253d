/* SPDX-License-Identifier: BSD-2-Clause */
#include "kernel/timer.h"

#include "kernel/cnode.h"
#include "kernel/cpu.h"
#include "kernel/notification.h"
#include "kernel/thread.h"

void timer_fire(struct timer *timer)
{
    notification_signal_binding(&timer->signal_binding);
}

void timer_destroy(struct timer *timer)
{
    timeline_unreserve(&cpu_this()->timeline, &timer->entry);
    reaper_add(&timer->dying, OBJECT_TIMER);
}

enum status sys_timer_bind(struct thread *caller, struct cap *const *cap)
{
    struct timeline *line = &cpu_this()->timeline;
    struct timer *timer = cap[1]->timer;

    (void)caller;
    if (!timeline_can_reserve(line, &timer->entry)) {
        return STATUS_NO_MEMORY;
    }
    if (!cap_can_bind(cap[2])) {
        return STATUS_TOO_DEEP;
    }
    timeline_reserve(line, &timer->entry, TIMELINE_TIMER);
    cap_bind(&timer->signal_binding, cap[2], BINDING_SIGNAL);
    return STATUS_OK;
}

enum status sys_timer_set(struct thread *caller, struct cap *const *cap)
{
    struct timer *timer = cap[0]->timer;

    if (cap_is_empty(&timer->signal_binding)) {
        return STATUS_NOT_BOUND;
    }
    timeline_arm(&cpu_this()->timeline, &timer->entry,
                 (uint32_t)thread_arg(caller, 1) | (ticks)(uint32_t)thread_arg(caller, 2) << 32);
    return STATUS_OK;
}

enum status sys_timer_cancel(struct thread *caller, struct cap *const *cap)
{
    (void)caller;
    timeline_cancel(&cpu_this()->timeline, &cap[0]->timer->entry);
    return STATUS_OK;
}
