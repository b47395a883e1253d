/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * What all objects have in common: how big they are, how they begin and end.
 *
 * An object ends in two steps. object_destroy() is constant time: nobody can
 * use the object any more. What may take longer (waiters to wake, slots to
 * empty, bindings to cut) is left to the reaper, one bounded step at a time.
 * The memory cannot be reused before that: retype lets the reaper finish first.
 */
#ifndef KERNEL_OBJECT_H
#define KERNEL_OBJECT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "kernel/cap.h"

/* First member of every object that the reaper may have to finish. */
struct dying {
    struct dying *next;
    uint32_t type; /* enum object_type */
};

struct object_shape {
    uint32_t bytes;
    uint32_t align;
};

#define CONTAINER_OF(pointer, type, member) ((type *)(void *)((char *)(pointer) - offsetof(type, member)))

/* How big an object is; false: this type cannot be made like this. */
bool object_shape(abi_word type, abi_word parameter, struct object_shape *shape_out);
/* `cap` is filled in but for the object; `memory` is zero (NULL for frames and untyped). */
void object_create(struct cap *cap, void *memory, abi_word parameter);

/* Called by cap.c as capabilities go away: */
void object_withdraw(struct cap *cap); /* loses its authority: mapped memory is unmapped */
void object_release(struct cap *cap);  /* is taken out of the tree: bindings, the object itself */

void reaper_add(struct dying *object, enum object_type type);
bool reaper_has_work(void);
void reaper_step(void);
/* Finishes what is dying. False: an interrupt waits, come back. */
bool reaper_drain(void);

#endif
