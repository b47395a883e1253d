/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Capabilities that go away, the bindings and objects that end with them, and the reaper, which
 * finishes what cannot end in constant time.
 */
#include "kernel/objects.h"

struct ending {
    object_destroy *destroy;
    object_reap *reap;
    size_t dying; /* offset, if there is something to reap */
};

#define REAP(kind) kind##_reap, offsetof(struct kind, dying)

static const struct ending endings[OBJECT_TYPES] = {
    [OBJECT_CNODE] = { NULL, REAP(cnode) },
    [OBJECT_ENDPOINT] = { NULL, REAP(endpoint) },
    [OBJECT_NOTIFICATION] = { notification_destroy, NULL, 0 },
    [OBJECT_REPLY] = { reply_destroy, NULL, 0 },
    [OBJECT_THREAD] = { thread_destroy, REAP(thread) },
    [OBJECT_SCHED] = { sched_destroy, REAP(sched) },
    [OBJECT_SPACE] = { space_destroy, NULL, 0 },
    [OBJECT_VCPU] = { vcpu_destroy, REAP(vcpu) },
    [OBJECT_TIMER] = { timer_destroy, REAP(timer) },
    [OBJECT_IRQ] = { irq_destroy, REAP(irq) },
};

/* ---- the reaper: last in, first out, so that what a step adds is finished before ------------- */

static struct dying *reaper_first;

bool reaper_has_work(void)
{
    return reaper_first != NULL;
}

void reaper_step(void)
{
    struct dying *object = reaper_first;

    /* Off the list first: a step may add others in front. */
    reaper_first = object->next;
    if (!endings[object->type].reap(object)) {
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

/* ---- deletion -------------------------------------------------------------------------------- */

/* Loses its authority: mapped memory is unmapped. */
static void withdraw(struct cap *cap)
{
    if (cap->type == OBJECT_FRAME) {
        frame_withdraw(cap);
    } else if (cap->type == OBJECT_TABLE) {
        table_withdraw(cap);
    }
}

/* What a slot that leaves the tree was bound to, or the original of, ends. */
static void release(struct cap *cap)
{
    const enum cap_binding binding = cap_binding(cap);
    const struct ending *ending = &endings[cap_object_type(cap)];

    if (binding == BINDING_VCPU_SPACE) {
        vcpu_binding_removed(CONTAINER_OF(cap, struct vcpu, space_binding));
    } else if (binding == BINDING_VCPU_PAGE) {
        vcpu_binding_removed(CONTAINER_OF(cap, struct vcpu, page_binding));
    } else if (binding != BINDING_NONE && binding != BINDING_SIGNAL) {
        thread_binding_removed(cap);
    }
    if ((cap->flags & CAP_ORIGINAL) != 0) {
        trace_event("destroy", cap->type, cap->id);
        if (ending->destroy != NULL) {
            ending->destroy(cap);
        }
        if (ending->reap != NULL) {
            struct dying *dying = (void *)((char *)cap->object + ending->dying);

            *dying = (struct dying){ .next = reaper_first, .type = cap_object_type(cap) };
            reaper_first = dying;
        }
    }
}

static void remove_leaf(struct cap *slot)
{
    struct cap *before = slot->prev;

    release(slot);
    cap_remove_leaf(slot);
    if (before != NULL && before->type == OBJECT_UNTYPED && !cap_has_descendants(before)) {
        before->untyped.watermark = 0; /* the last child has gone */
        before->untyped.cleared = 0;
    }
}

void cap_delete(struct cap *slot)
{
    withdraw(slot);
    if (cap_has_descendants(slot)) {
        cap_bury(slot);
        return;
    }
    /* Tombstones that only waited for this one go with it. */
    for (;;) {
        struct cap *before = slot->prev;

        remove_leaf(slot);
        if (before == NULL || !cap_is_tombstone(before) || cap_has_descendants(before)) {
            return;
        }
        slot = before;
    }
}

/* ---- bindings -------------------------------------------------------------------------------- */

void cap_bind(struct cap *slot, struct cap *source, enum cap_binding binding)
{
    cap_unbind(slot);
    if (source != NULL) {
        cap_derive(slot, source, source->rights, source->type == OBJECT_FRAME ? 0 : source->badge);
        slot->flags = (uint8_t)(slot->flags | ((unsigned)binding << CAP_BINDING_SHIFT));
    }
}

void cap_unbind(struct cap *slot)
{
    if (!cap_is_empty(slot)) {
        cap_delete(slot);
    }
}

/* ---- the system calls ------------------------------------------------------------------------ */

enum status cap_finish_delete(struct thread *caller)
{
    caller->is_deleting = !reaper_drain();
    return caller->is_deleting ? thread_restart_call(caller) : STATUS_OK;
}

enum status sys_cap_delete(const struct call *call)
{
    cap_delete(call->cap[0]);
    return cap_finish_delete(call->caller);
}

/* A round is one deletion. A restart finishes what has ended and goes on where it was. */
enum status sys_cap_revoke(const struct call *call)
{
    struct cap *slot = call->cap[0];

    while (cap_has_descendants(slot)) {
        cap_delete(cap_some_leaf(slot));
        if (reaper_has_work() || arch_interrupt_pending()) {
            return thread_restart_call(call->caller);
        }
    }
    return STATUS_OK;
}
