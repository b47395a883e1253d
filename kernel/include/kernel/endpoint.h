/* SPDX-License-Identifier: BSD-2-Clause */
/* Where callers meet receivers. */
#ifndef KERNEL_ENDPOINT_H
#define KERNEL_ENDPOINT_H

#include "kernel/cap.h"
#include "kernel/cpu.h"
#include "kernel/object.h"

struct endpoint {
    struct dying dying;
    struct thread_queue callers;   /* at most one of the two queues has members */
    struct thread_queue receivers;
};

/* Takes a thread that is blocked here out of its queue. */
void endpoint_forget(struct endpoint *endpoint, struct thread *thread);
bool endpoint_reap(struct dying *dying);

#endif
