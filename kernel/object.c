/* SPDX-License-Identifier: BSD-2-Clause */
/* Sizes, beginnings and endings of objects; the reaper. */
#include "kernel/object.h"

#include "abi/boot.h"
#include "kernel/objects.h"
#include "kernel/trace.h"

enum { OBJECT_ALIGN = 64, UNTYPED_SHIFT_MIN = 12, UNTYPED_SHIFT_MAX = 30 };

/* Objects of one size; the parameter is 0 but for spaces. */
static const struct object_shape fixed_shape[OBJECT_TYPES] = {
    [OBJECT_ENDPOINT] = { sizeof(struct endpoint), OBJECT_ALIGN },
    [OBJECT_NOTIFICATION] = { sizeof(struct notification), OBJECT_ALIGN },
    [OBJECT_REPLY] = { sizeof(struct reply), OBJECT_ALIGN },
    [OBJECT_THREAD] = { sizeof(struct thread), OBJECT_ALIGN },
    [OBJECT_SCHED] = { sizeof(struct sched), OBJECT_ALIGN },
    [OBJECT_SPACE] = { sizeof(struct space), ARCH_TABLE_BYTES },
    [OBJECT_TABLE] = { ARCH_TABLE_BYTES, ARCH_TABLE_BYTES },
    [OBJECT_VCPU] = { sizeof(struct vcpu), OBJECT_ALIGN },
    [OBJECT_TIMER] = { sizeof(struct timer), OBJECT_ALIGN },
};

_Static_assert(_Alignof(struct thread) <= OBJECT_ALIGN, "threads are aligned as they need");
_Static_assert(_Alignof(struct vcpu) <= OBJECT_ALIGN, "vCPUs are aligned as they need");

static bool power_shape(abi_word shift, abi_word min, abi_word max, struct object_shape *shape_out)
{
    if (shift < min || shift > max) {
        return false;
    }
    *shape_out = (struct object_shape){ 1u << shift, 1u << shift };
    return true;
}

/* Sizes are multiples of the alignment of small objects: memory is cleared in words. */
static uint32_t round_up(size_t bytes)
{
    return (uint32_t)((bytes + OBJECT_ALIGN - 1) & ~(size_t)(OBJECT_ALIGN - 1));
}

bool object_shape(abi_word type, abi_word parameter, struct object_shape *shape_out)
{
    if (type == OBJECT_UNTYPED) {
        return power_shape(parameter, UNTYPED_SHIFT_MIN, UNTYPED_SHIFT_MAX, shape_out);
    }
    if (type == OBJECT_FRAME) {
        return (parameter == CAP_PAGE_SHIFT || parameter == CAP_LARGE_SHIFT) &&
               power_shape(parameter, CAP_PAGE_SHIFT, CAP_LARGE_SHIFT, shape_out);
    }
    if (type == OBJECT_CNODE) {
        if (parameter < CNODE_BITS_MIN || parameter > CNODE_BITS_MAX) {
            return false;
        }
        shape_out->bytes = round_up(sizeof(struct cnode) + (sizeof(struct cap) << parameter));
        shape_out->align = OBJECT_ALIGN;
        return true;
    }
    if (type >= OBJECT_TYPES || fixed_shape[type].bytes == 0 ||
        parameter > (type == OBJECT_SPACE ? SPACE_GUEST : 0)) {
        return false;
    }
    *shape_out = (struct object_shape){ round_up(fixed_shape[type].bytes), fixed_shape[type].align };
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
        thread_create(cap->thread);
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

static void destroy_cnode(const struct cap *cap)
{
    reaper_add(&cap->cnode->dying, OBJECT_CNODE);
}

static void destroy_endpoint(const struct cap *cap)
{
    reaper_add(&cap->endpoint->dying, OBJECT_ENDPOINT);
}

/* Constant time: from here on the object does nothing any more. */
static void (*const destroy[OBJECT_TYPES])(const struct cap *cap) = {
    [OBJECT_CNODE] = destroy_cnode,
    [OBJECT_ENDPOINT] = destroy_endpoint,
    [OBJECT_NOTIFICATION] = notification_destroy,
    [OBJECT_REPLY] = reply_destroy,
    [OBJECT_THREAD] = thread_destroy,
    [OBJECT_SCHED] = sched_destroy,
    [OBJECT_SPACE] = space_destroy,
    [OBJECT_VCPU] = vcpu_destroy,
    [OBJECT_TIMER] = timer_destroy,
    [OBJECT_IRQ] = irq_destroy,
};

void object_release(struct cap *cap)
{
    const enum cap_binding binding = cap_binding(cap);

    if (binding == BINDING_VCPU_SPACE) {
        vcpu_binding_removed(CONTAINER_OF(cap, struct vcpu, space_binding));
    } else if (binding == BINDING_VCPU_PAGE) {
        vcpu_binding_removed(CONTAINER_OF(cap, struct vcpu, page_binding));
    } else if (binding != BINDING_NONE && binding != BINDING_SIGNAL) {
        thread_binding_removed(cap);
    }
    if ((cap->flags & CAP_ORIGINAL) != 0) {
        trace_event(TRACE_DESTROY, cap->type, cap->id);
        if (destroy[cap_object_type(cap)] != NULL) {
            destroy[cap_object_type(cap)](cap);
        }
    }
}

/* ---- the reaper: last in, first out, so that what a step adds is finished before ---------- */

static struct dying *reaper_first;

void reaper_add(struct dying *object, enum object_type type)
{
    object->type = (uint32_t)type;
    object->next = reaper_first;
    reaper_first = object;
}

bool reaper_has_work(void)
{
    return reaper_first != NULL;
}

/* One bounded step; true: the object is done. */
static bool (*const reap[OBJECT_TYPES])(struct dying *object) = {
    [OBJECT_CNODE] = cnode_reap,
    [OBJECT_ENDPOINT] = endpoint_reap,
    [OBJECT_THREAD] = thread_reap,
    [OBJECT_SCHED] = sched_reap,
    [OBJECT_VCPU] = vcpu_reap,
    [OBJECT_TIMER] = timer_reap,
    [OBJECT_IRQ] = irq_reap,
};

void reaper_step(void)
{
    struct dying *object = reaper_first;

    /* Off the list first: a step may add others in front. */
    reaper_first = object->next;
    if (!reap[object->type](object)) {
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
