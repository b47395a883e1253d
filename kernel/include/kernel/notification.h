/* SPDX-License-Identifier: BSD-2-Clause */
/* Notifications are words of bits that threads wait for. */
#pragma once

#include "kernel/object.h"

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
