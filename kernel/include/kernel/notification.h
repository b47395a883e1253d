/* SPDX-License-Identifier: BSD-2-Clause */
/* A word of bits that is set by signals and cleared by who waits for it. */
#ifndef KERNEL_NOTIFICATION_H
#define KERNEL_NOTIFICATION_H

#include "abi/types.h"
#include "kernel/cap.h"

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
void notification_destroy(const struct cap *cap);

/* An unbadged capability signals bit 0. */
static inline abi_word notification_badge(const struct cap *cap)
{
    return cap->badge != 0 ? cap->badge : 1;
}

syscall_operation sys_signal, sys_wait, sys_poll;

#endif
