/* SPDX-License-Identifier: BSD-2-Clause */
/* Endpoints: first come, first served; every operation is constant time. */
#include "kernel/objects.h"

void endpoint_forget(struct endpoint *endpoint, struct thread *thread)
{
    thread_queue_remove(thread->state == THREAD_SENDING ? &endpoint->callers : &endpoint->receivers,
                        thread);
    thread->endpoint = NULL;
}

/* One waiter less. */
bool endpoint_reap(struct dying *dying)
{
    struct endpoint *endpoint = CONTAINER_OF(dying, struct endpoint, dying);
    struct thread *thread =
        endpoint->callers.first != NULL ? endpoint->callers.first : endpoint->receivers.first;

    if (thread == NULL) {
        return true;
    }
    endpoint_forget(endpoint, thread);
    thread_wake(thread, STATUS_REVOKED);
    return false;
}
