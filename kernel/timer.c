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

static enum status timer_lookup(const struct thread *caller, unsigned argument, unsigned rights,
                                struct timer **timer_out)
{
    struct cap *cap;
    const enum status status =
        cap_lookup(caller, thread_arg(caller, argument), OBJECT_TIMER, rights, &cap);

    if (status == STATUS_OK) {
        *timer_out = cap->timer;
    }
    return status;
}

static enum status bind_check(const struct thread *caller, struct timer **timer_out,
                              struct cap **notification_out)
{
    struct cap *control;
    enum status status = cap_lookup(caller, thread_arg(caller, 0), OBJECT_SCHED_CONTROL,
                                    RIGHT_MANAGE, &control);

    if (status == STATUS_OK) {
        status = timer_lookup(caller, 1, RIGHT_MANAGE, timer_out);
    }
    if (status == STATUS_OK) {
        status = cap_lookup(caller, thread_arg(caller, 2), OBJECT_NOTIFICATION, RIGHT_WRITE,
                            notification_out);
    }
    if (status != STATUS_OK) {
        return status;
    }
    if (!timeline_can_reserve(&cpu_this()->timeline, &(*timer_out)->entry)) {
        return STATUS_NO_MEMORY;
    }
    return (*notification_out)->depth < DERIVATION_DEPTH ? STATUS_OK : STATUS_TOO_DEEP;
}

enum status sys_timer_bind(struct thread *caller)
{
    struct timer *timer;
    struct cap *notification;
    const enum status status = bind_check(caller, &timer, &notification);

    if (status == STATUS_OK) {
        timeline_reserve(&cpu_this()->timeline, &timer->entry, TIMELINE_TIMER);
        cap_bind(&timer->signal_binding, notification, BINDING_SIGNAL);
    }
    return status;
}

enum status sys_timer_set(struct thread *caller)
{
    struct timer *timer;
    const enum status status = timer_lookup(caller, 0, RIGHT_WRITE, &timer);

    if (status != STATUS_OK) {
        return status;
    }
    if (cap_is_empty(&timer->signal_binding)) {
        return STATUS_NOT_BOUND;
    }
    timeline_arm(&cpu_this()->timeline, &timer->entry,
                 (uint32_t)thread_arg(caller, 1) | (ticks)(uint32_t)thread_arg(caller, 2) << 32);
    return STATUS_OK;
}

enum status sys_timer_cancel(struct thread *caller)
{
    struct timer *timer;
    const enum status status = timer_lookup(caller, 0, RIGHT_WRITE, &timer);

    if (status == STATUS_OK) {
        timeline_cancel(&cpu_this()->timeline, &timer->entry);
    }
    return status;
}
