/* SPDX-License-Identifier: BSD-2-Clause */
/* Notifications: words of bits that are signalled without waiting and waited for by one thread. */
#include "kernel/objects.h"

abi_word notification_take(struct notification *notification)
{
    const abi_word bits = notification->bits;

    notification->bits = 0;
    return bits;
}

void notification_signal(struct notification *notification, abi_word bits)
{
    struct thread *bound = notification->bound;
    struct thread *waiter = notification->waiter;

    notification->bits |= bits;
    if (waiter != NULL) {
        notification->waiter = NULL;
        waiter->waits_on = NULL;
        thread_result(waiter, 1, notification_take(notification));
        thread_wake(waiter, STATUS_OK);
    } else if (bound == NULL) {
        return;
    } else if (bound->state == THREAD_RECEIVING && bound->sched != NULL) {
        thread_cancel(bound);
        ipc_receive_signal(bound, notification_take(notification));
        run_ready(bound);
    } else if (bound->vcpu != NULL) {
        vcpu_finish(bound, STATUS_OK, VCPU_EXIT_NOTIFIED, notification_take(notification));
    }
}

void notification_signal_binding(const struct cap *binding)
{
    if (!cap_is_empty(binding)) {
        notification_signal(binding->notification, notification_badge(binding));
    }
}

/* Who is bound has lost its binding already: that capability was a descendant. */
void notification_destroy(const struct cap *cap)
{
    struct thread *waiter = cap->notification->waiter;

    if (waiter != NULL) {
        thread_cancel(waiter);
        thread_wake(waiter, STATUS_REVOKED);
    }
}

enum status sys_signal(const struct call *call)
{
    notification_signal(call->cap[0]->notification, notification_badge(call->cap[0]));
    return STATUS_OK;
}

enum status sys_poll(const struct call *call)
{
    if (call->cap[0]->notification->bits == 0) {
        return STATUS_WOULD_BLOCK;
    }
    call_result(call, 1, notification_take(call->cap[0]->notification));
    return STATUS_OK;
}

enum status sys_wait(const struct call *call)
{
    struct notification *notification = call->cap[0]->notification;

    if (notification->bits != 0) {
        return sys_poll(call);
    }
    if (notification->waiter != NULL) {
        return STATUS_BUSY;
    }
    notification->waiter = call->caller;
    call->caller->waits_on = notification;
    call->caller->state = THREAD_WAITING;
    sched_return_home(call->caller);
    return STATUS_LATER;
}
