/* SPDX-License-Identifier: BSD-2-Clause */
/* First come, first served; every operation is constant time. */
#include "kernel/endpoint.h"

#include "kernel/thread.h"

void endpoint_forget(struct endpoint *endpoint, struct thread *thread)
{
    thread_queue_remove(
        thread->state == THREAD_SENDING ? &endpoint->callers : &endpoint->receivers, thread);
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
