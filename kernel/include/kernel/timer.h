/* SPDX-License-Identifier: BSD-2-Clause */
/* One-shot timers that signal a notification. */
#ifndef KERNEL_TIMER_H
#define KERNEL_TIMER_H

#include "kernel/cap.h"
#include "kernel/object.h"
#include "kernel/timeline.h"

struct timer {
    struct dying dying;
    struct timeline_entry entry;
    struct cap signal_binding;
};

void timer_fire(struct timer *timer);
void timer_destroy(const struct cap *cap);
bool timer_reap(struct dying *dying);

syscall_operation sys_timer_bind, sys_timer_set, sys_timer_cancel;

#endif
