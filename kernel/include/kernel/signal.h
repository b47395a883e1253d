/* SPDX-License-Identifier: BSD-2-Clause */
/* Notifications, and what signals them: timers and device interrupts. */
#pragma once

#include "kernel/sched.h"

/* ---- notifications --------------------------------------------------------------------------- */

struct notification {
    abi_word bits;
    struct thread *waiter; /* in SYS_WAIT */
    struct thread *bound;  /* whose receive and vcpu_run end by a signal */
};

void notification_signal(struct notification *notification, abi_word bits);
/* The signal that a binding in a timer or interrupt stands for; an empty one does nothing. */
void notification_signal_binding(const struct cap *binding);
/* Takes the bits. */
abi_word notification_take(struct notification *notification);

/* An unbadged capability signals bit 0. */
static inline abi_word notification_badge(const struct cap *cap)
{
    return cap->badge != 0 ? cap->badge : 1;
}

/* ---- one-shot timers ------------------------------------------------------------------------- */

struct timer {
    struct dying dying;
    struct timeline_entry entry;
    struct cap signal_binding;
};

/* ---- interrupts ------------------------------------------------------------------------------ */

/* Each signals a notification and stays masked until acknowledged. */

struct irq {
    struct dying dying;
    struct cap signal_binding;
    uint32_t is_taken; /* a capability to it exists */
};

enum { IRQ_MAX = 320 };
