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
void timer_destroy(struct timer *timer);

enum status sys_timer_bind(struct thread *caller, struct cap *const *cap);
enum status sys_timer_set(struct thread *caller, struct cap *const *cap);
enum status sys_timer_cancel(struct thread *caller, struct cap *const *cap);

#endif
