/* SPDX-License-Identifier: BSD-2-Clause */
/* Endpoints: where callers meet receivers. */
#pragma once

#include "kernel/object.h"
#include "kernel/thread_queue.h"

struct endpoint {
    struct dying dying;
    struct thread_queue callers, receivers; /* at most one of the two has members */
};

/* Takes a thread that is blocked here out of its queue. */
void endpoint_forget(struct endpoint *endpoint, struct thread *thread);
