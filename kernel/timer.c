/* SPDX-License-Identifier: BSD-2-Clause */
/* One-shot timers: each signals a notification at a given time. */
#include "kernel/objects.h"

void timer_destroy(const struct cap *cap)
{
    timeline_cancel(&cap->timer->entry);
    cpu_this()->timeline_count -= cap->timer->entry.is_timer;
}

bool timer_reap(struct dying *dying)
{
    cap_unbind(&CONTAINER_OF(dying, struct timer, dying)->signal_binding);
    return true;
}

enum status sys_timer_bind(const struct call *call)
{
    struct timer *timer = call->cap[1]->timer;

    if (!timer->entry.is_timer) {
        if (cpu_this()->timeline_count >= TIMELINE_MAX) {
            return STATUS_NO_MEMORY;
        }
        cpu_this()->timeline_count++;
        timer->entry.is_timer = true;
    }
    cap_bind(&timer->signal_binding, call->cap[2], BINDING_SIGNAL);
    return STATUS_OK;
}

enum status sys_timer_set(const struct call *call)
{
    struct timer *timer = call->cap[0]->timer;

    if (cap_is_empty(&timer->signal_binding)) {
        return STATUS_NOT_BOUND;
    }
    timeline_arm(cpu_this(), &timer->entry,
                 (uint32_t)call_arg(call, 1) | (ticks)(uint32_t)call_arg(call, 2) << 32);
    return STATUS_OK;
}

enum status sys_timer_cancel(const struct call *call)
{
    timeline_cancel(&call->cap[0]->timer->entry);
    return STATUS_OK;
}
