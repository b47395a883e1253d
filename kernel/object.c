/* SPDX-License-Identifier: BSD-2-Clause */
/* Sizes and beginnings of objects. */
#include "kernel/objects.h"

enum { OBJECT_ALIGN = 64, UNTYPED_SHIFT_MIN = 12, UNTYPED_SHIFT_MAX = 30 };

#define SHAPE(kind) { sizeof(struct kind), OBJECT_ALIGN }

/* Of objects of one size; the parameter is 0 but for spaces. */
static const struct object_shape shapes[OBJECT_TYPES] = {
    [OBJECT_ENDPOINT] = SHAPE(endpoint),
    [OBJECT_NOTIFICATION] = SHAPE(notification),
    [OBJECT_REPLY] = SHAPE(reply),
    [OBJECT_THREAD] = SHAPE(thread),
    [OBJECT_SCHED] = SHAPE(sched),
    [OBJECT_SPACE] = { sizeof(struct space), ARCH_TABLE_BYTES },
    [OBJECT_TABLE] = { ARCH_TABLE_BYTES, ARCH_TABLE_BYTES },
    [OBJECT_VCPU] = SHAPE(vcpu),
    [OBJECT_TIMER] = SHAPE(timer),
};

_Static_assert(_Alignof(struct thread) <= OBJECT_ALIGN, "threads are aligned as they need");
_Static_assert(_Alignof(struct vcpu) <= OBJECT_ALIGN, "vCPUs are aligned as they need");

/* Sizes are multiples of the alignment of small objects: memory is cleared in words. */
static uint32_t round_up(size_t bytes)
{
    return (uint32_t)((bytes + OBJECT_ALIGN - 1) & ~(size_t)(OBJECT_ALIGN - 1));
}

bool object_shape(abi_word type, abi_word parameter, struct object_shape *shape_out)
{
    const uint32_t power = parameter <= UNTYPED_SHIFT_MAX ? 1u << parameter : 0;

    if (type == OBJECT_UNTYPED || type == OBJECT_FRAME) {
        *shape_out = (struct object_shape){ power, power };
        return type == OBJECT_FRAME ? parameter == CAP_PAGE_SHIFT || parameter == CAP_LARGE_SHIFT
                                    : power != 0 && parameter >= UNTYPED_SHIFT_MIN;
    }
    if (type == OBJECT_CNODE) {
        shape_out->bytes = round_up(sizeof(struct cnode) + sizeof(struct cap) * power);
        shape_out->align = OBJECT_ALIGN;
        return parameter >= CNODE_BITS_MIN && parameter <= CNODE_BITS_MAX;
    }
    if (type >= OBJECT_TYPES || shapes[type].bytes == 0 ||
        parameter > (type == OBJECT_SPACE ? SPACE_GUEST : 0)) {
        return false;
    }
    shape_out->bytes = round_up(shapes[type].bytes);
    shape_out->align = shapes[type].align;
    return true;
}

void object_create(struct cap *cap, void *memory, abi_word parameter)
{
    cap->object = memory;
    if (cap->type == OBJECT_CNODE) {
        cap->cnode->count = 1u << parameter;
    } else if (cap->type == OBJECT_SPACE) {
        space_create(cap->space, (enum space_kind)parameter);
    } else if (cap->type == OBJECT_THREAD) {
        cap->thread->hold = HOLD_NEW | HOLD_UNCONFIGURED;
    }
}
