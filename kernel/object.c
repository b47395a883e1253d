/* SPDX-License-Identifier: BSD-2-Clause */
/* Sizes, beginnings and endings of objects; the reaper. */
#include "kernel/object.h"

#include "abi/boot.h"
#include "arch/arch.h"
#include "kernel/cnode.h"
#include "kernel/endpoint.h"
#include "kernel/frame.h"
#include "kernel/irq.h"
#include "kernel/notification.h"
#include "kernel/reply.h"
#include "kernel/sched.h"
#include "kernel/space.h"
#include "kernel/thread.h"
#include "kernel/timer.h"
#include "kernel/trace.h"
#include "kernel/vcpu.h"

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

/* Constant time: from here on the object does nothing any more. */
static void object_destroy(enum object_type type, const struct cap *cap)
{
    switch (type) {
    case OBJECT_CNODE:
        reaper_add(&cap->cnode->dying, type);
        break;
    case OBJECT_ENDPOINT:
        reaper_add(&cap->endpoint->dying, type);
        break;
    case OBJECT_NOTIFICATION:
        notification_destroy(cap->notification);
        break;
    case OBJECT_REPLY:
        reply_destroy(cap->reply);
        break;
    case OBJECT_THREAD:
        thread_destroy(cap->thread);
        break;
    case OBJECT_SCHED:
        sched_destroy(cap->sched);
        break;
    case OBJECT_SPACE:
        space_destroy(cap->space);
        break;
    case OBJECT_VCPU:
        vcpu_destroy(cap->vcpu);
        break;
    case OBJECT_TIMER:
        timer_destroy(cap->timer);
        break;
    case OBJECT_IRQ:
        irq_destroy(cap->irq);
        break;
    case OBJECT_NONE:
    case OBJECT_UNTYPED:
    case OBJECT_TABLE:
    case OBJECT_FRAME:
    case OBJECT_IRQ_CONTROL:
    case OBJECT_SCHED_CONTROL:
    case OBJECT_CONSOLE:
    case OBJECT_TYPES:
        break;
    }
}

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
        object_destroy(cap_object_type(cap), cap);
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

static bool reap(struct dying *object)
{
    bool done = true;

    if (object->type == OBJECT_CNODE) {
        cnode_reap(CONTAINER_OF(object, struct cnode, dying), &done);
    } else if (object->type == OBJECT_ENDPOINT) {
        endpoint_reap(CONTAINER_OF(object, struct endpoint, dying), &done);
    } else if (object->type == OBJECT_SCHED) {
        sched_reap(CONTAINER_OF(object, struct sched, dying), &done);
    } else if (object->type == OBJECT_THREAD) {
        thread_reap(CONTAINER_OF(object, struct thread, dying));
    } else if (object->type == OBJECT_VCPU) {
        vcpu_reap(CONTAINER_OF(object, struct vcpu, dying));
    } else if (object->type == OBJECT_TIMER) {
        cap_unbind(&CONTAINER_OF(object, struct timer, dying)->signal_binding);
    } else {
        irq_reap(CONTAINER_OF(object, struct irq, dying));
    }
    return done;
}

void reaper_step(void)
{
    struct dying *object = reaper_first;

    /* Off the list first: a step may add others in front. */
    reaper_first = object->next;
    if (!reap(object)) {
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
