/* SPDX-License-Identifier: BSD-2-Clause */
/* Where callers meet receivers. */
#ifndef KERNEL_ENDPOINT_H
#define KERNEL_ENDPOINT_H

#include "kernel/cap.h"
#include "kernel/object.h"

struct wait_queue {
    struct thread *first;
    struct thread *last;
};

struct endpoint {
    struct dying dying;
    struct wait_queue callers;   /* at most one of the two queues has members */
    struct wait_queue receivers;
};

void wait_queue_add(struct wait_queue *queue, struct thread *thread);
void wait_queue_remove(struct wait_queue *queue, struct thread *thread);

/* Takes a thread that is blocked here out of its queue. */
void endpoint_forget(struct endpoint *endpoint, struct thread *thread);
void endpoint_reap(struct endpoint *endpoint, bool *done_out);

#endif
