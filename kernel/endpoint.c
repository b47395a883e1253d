/* SPDX-License-Identifier: BSD-2-Clause */
/* First come, first served; every operation is constant time. */
#include "kernel/endpoint.h"

#include "kernel/thread.h"

void wait_queue_add(struct wait_queue *queue, struct thread *thread)
{
    thread->next = NULL;
    thread->prev = queue->last;
    if (queue->last != NULL) {
        queue->last->next = thread;
    } else {
        queue->first = thread;
    }
    queue->last = thread;
}

void wait_queue_remove(struct wait_queue *queue, struct thread *thread)
{
    if (thread->prev != NULL) {
        thread->prev->next = thread->next;
    } else {
        queue->first = thread->next;
    }
    if (thread->next != NULL) {
        thread->next->prev = thread->prev;
    } else {
        queue->last = thread->prev;
    }
}

void endpoint_forget(struct endpoint *endpoint, struct thread *thread)
{
    wait_queue_remove(thread->state == THREAD_SENDING ? &endpoint->callers : &endpoint->receivers,
                      thread);
    thread->endpoint = NULL;
}

/* One waiter less. */
void endpoint_reap(struct endpoint *endpoint, bool *done_out)
{
    struct thread *thread =
        endpoint->callers.first != NULL ? endpoint->callers.first : endpoint->receivers.first;

    *done_out = thread == NULL;
    if (thread != NULL) {
        endpoint_forget(endpoint, thread);
        thread_wake(thread, STATUS_REVOKED);
    }
}
