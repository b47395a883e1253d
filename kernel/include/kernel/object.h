/* SPDX-License-Identifier: BSD-2-Clause */
/* What all objects have in common: how big they are, how they begin and end. */
#pragma once

#include "kernel/cap.h"

/* First member of every object that the reaper may have to finish. */
struct dying {
    struct dying *next;
    uint32_t type; /* enum object_type */
};

struct object_shape {
    uint32_t bytes, align;
};

#define CONTAINER_OF(pointer, type, member) \
    ((type *)(void *)((char *)(pointer) - offsetof(type, member)))

/* How big an object is; false: this type cannot be made like this. */
bool object_shape(abi_word type, abi_word parameter, struct object_shape *shape_out);
/* `cap` is filled in but for the object; `memory` is zero (NULL for frames and untyped). */
void object_create(struct cap *cap, void *memory, abi_word parameter);

typedef void object_destroy(const struct cap *cap); /* constant time: then it does nothing more */
typedef bool object_reap(struct dying *dying);      /* one bounded step; true: nothing is left */
object_destroy notification_destroy, reply_destroy, thread_destroy, sched_destroy, space_destroy,
    vcpu_destroy, timer_destroy, irq_destroy;
object_reap cnode_reap, endpoint_reap, thread_reap, sched_reap, vcpu_reap, timer_reap, irq_reap;
