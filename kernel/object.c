/* SPDX-License-Identifier: BSD-2-Clause */
/* Sizes, beginnings and endings of objects; the reaper. */
#include "kernel/objects.h"

enum { OBJECT_ALIGN = 64, UNTYPED_SHIFT_MIN = 12, UNTYPED_SHIFT_MAX = 30 };

struct object_kind {
    struct object_shape shape; /* of an object of one size; the parameter is 0 but for spaces */
    object_destroy *destroy;
    object_reap *reap;
    size_t dying; /* offset, if there is something to reap */
};

#define SHAPE(kind) { sizeof(struct kind), OBJECT_ALIGN }
#define REAP(kind) kind##_reap, offsetof(struct kind, dying)

static const struct object_kind kinds[OBJECT_TYPES] = {
    [OBJECT_CNODE] = { { 0 }, NULL, REAP(cnode) },
    [OBJECT_ENDPOINT] = { SHAPE(endpoint), NULL, REAP(endpoint) },
    [OBJECT_NOTIFICATION] = { SHAPE(notification), notification_destroy, NULL, 0 },
    [OBJECT_REPLY] = { SHAPE(reply), reply_destroy, NULL, 0 },
    [OBJECT_THREAD] = { SHAPE(thread), thread_destroy, REAP(thread) },
    [OBJECT_SCHED] = { SHAPE(sched), sched_destroy, REAP(sched) },
    [OBJECT_SPACE] = { { sizeof(struct space), ARCH_TABLE_BYTES }, space_destroy, NULL, 0 },
    [OBJECT_TABLE] = { { ARCH_TABLE_BYTES, ARCH_TABLE_BYTES }, NULL, NULL, 0 },
    [OBJECT_VCPU] = { SHAPE(vcpu), vcpu_destroy, REAP(vcpu) },
    [OBJECT_TIMER] = { SHAPE(timer), timer_destroy, REAP(timer) },
    [OBJECT_IRQ] = { { 0 }, irq_destroy, REAP(irq) },
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
    if (type >= OBJECT_TYPES || kinds[type].shape.bytes == 0 ||
        parameter > (type == OBJECT_SPACE ? SPACE_GUEST : 0)) {
        return false;
    }
    shape_out->bytes = round_up(kinds[type].shape.bytes);
    shape_out->align = kinds[type].shape.align;
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

void object_withdraw(struct cap *cap)
{
    if (cap->type == OBJECT_FRAME) {
        frame_withdraw(cap);
    } else if (cap->type == OBJECT_TABLE) {
        table_withdraw(cap);
    }
}

/* ---- the reaper: last in, first out, so that what a step adds is finished before ------------- */

static struct dying *reaper_first;

void object_release(struct cap *cap)
{
    const enum cap_binding binding = cap_binding(cap);
    const struct object_kind *kind = &kinds[cap_object_type(cap)];

    if (binding == BINDING_VCPU_SPACE) {
        vcpu_binding_removed(CONTAINER_OF(cap, struct vcpu, space_binding));
    } else if (binding == BINDING_VCPU_PAGE) {
        vcpu_binding_removed(CONTAINER_OF(cap, struct vcpu, page_binding));
    } else if (binding != BINDING_NONE && binding != BINDING_SIGNAL) {
        thread_binding_removed(cap);
    }
    if ((cap->flags & CAP_ORIGINAL) != 0) {
        trace_event("destroy", cap->type, cap->id);
        if (kind->destroy != NULL) {
            kind->destroy(cap);
        }
        if (kind->reap != NULL) {
            struct dying *dying = (void *)((char *)cap->object + kind->dying);

            *dying = (struct dying){ .next = reaper_first, .type = cap_object_type(cap) };
            reaper_first = dying;
        }
    }
}

bool reaper_has_work(void)
{
    return reaper_first != NULL;
}

void reaper_step(void)
{
    struct dying *object = reaper_first;

    /* Off the list first: a step may add others in front. */
    reaper_first = object->next;
    if (!kinds[object->type].reap(object)) {
        object->next = reaper_first;
        reaper_first = object;
    }
}

bool reaper_drain(void)
{
    while (reaper_first != NULL) {
        reaper_step();
        if (arch_interrupt_pending()) {
            return reaper_first == NULL;
        }
    }
    return true;
}
