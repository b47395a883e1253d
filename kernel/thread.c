/* SPDX-License-Identifier: BSD-2-Clause */
#include "kernel/thread.h"

#include "kernel/cnode.h"
#include "kernel/endpoint.h"
#include "kernel/frame.h"
#include "kernel/notification.h"
#include "kernel/reply.h"
#include "kernel/sched.h"
#include "kernel/space.h"
#include "kernel/trace.h"
#include "kernel/vcpu.h"

enum { MESSAGE_ALIGN = 16 };

void thread_create(struct thread *thread)
{
    thread->hold = HOLD_NEW | HOLD_UNCONFIGURED;
}

void thread_wake(struct thread *thread, enum status status)
{
    thread->state = THREAD_READY;
    if (thread->is_faulting) {
        thread->is_faulting = 0; /* nobody will answer its fault */
        thread->hold |= HOLD_FAULT;
        return;
    }
    thread_result(thread, 0, (abi_word)status);
    sched_ready(thread);
}

void thread_cancel(struct thread *thread)
{
    if (thread->state == THREAD_SENDING || thread->state == THREAD_RECEIVING) {
        endpoint_forget(thread->endpoint, thread);
    } else if (thread->state == THREAD_REPLY) {
        reply_forget(thread->waits_for);
    } else if (thread->state == THREAD_WAITING) {
        thread->waits_on->waiter = NULL;
        thread->waits_on = NULL;
    }
    if (thread->vcpu != NULL) {
        vcpu_finish(thread, STATUS_REVOKED, VCPU_EXIT_INVALID, 0);
    }
    thread->state = THREAD_READY;
}

void thread_destroy(struct thread *thread)
{
    thread_cancel(thread);
    sched_unready(thread);
    sched_forget_thread(thread);
    if (thread->receive_reply != NULL) {
        thread->receive_reply->receiver = NULL;
        thread->receive_reply = NULL;
    }
    thread->state = THREAD_DEAD;
    arch_context_forget(&thread->context);
    reaper_add(&thread->dying, OBJECT_THREAD);
}

void thread_reap(struct thread *thread)
{
    cap_unbind(&thread->cnode_binding);
    cap_unbind(&thread->space_binding);
    cap_unbind(&thread->message_binding);
    cap_unbind(&thread->fault_binding);
    cap_unbind(&thread->notification_binding);
}

static void space_removed(struct thread *thread)
{
    thread->hold |= HOLD_UNCONFIGURED | HOLD_NEW; /* with another space it starts anew */
    thread->vmid = 0;
    sched_unready(thread);
}

void thread_binding_removed(struct cap *slot)
{
    const enum cap_binding binding = cap_binding(slot);

    if (binding == BINDING_THREAD_CNODE) {
        CONTAINER_OF(slot, struct thread, cnode_binding)->slot_count = 0;
    } else if (binding == BINDING_THREAD_SPACE) {
        space_removed(CONTAINER_OF(slot, struct thread, space_binding));
    } else if (binding == BINDING_THREAD_MESSAGE) {
        CONTAINER_OF(slot, struct thread, message_binding)->message = NULL;
    } else if (binding == BINDING_THREAD_NOTIFICATION) {
        struct thread *thread = CONTAINER_OF(slot, struct thread, notification_binding);

        thread->notification->bound = NULL;
        thread->notification = NULL;
    }
}

/* ---- configure -------------------------------------------------------------------------------- */

struct thread_setup {
    struct thread *thread;
    struct cap *cnode;
    struct cap *space;
    struct cap *message; /* NULL: none */
    struct cap *fault;   /* NULL: none */
    uint32_t message_offset;
    uint8_t priority;
};

static enum status message_check(const struct thread *caller, struct thread_setup *setup)
{
    const abi_word index = thread_arg(caller, 3);
    const abi_word offset = thread_arg(caller, 4);
    enum status status;

    setup->message = NULL;
    if (index == 0) {
        return STATUS_OK;
    }
    status = cap_lookup(caller, index, OBJECT_FRAME, RIGHT_READ | RIGHT_WRITE, &setup->message);
    if (status != STATUS_OK) {
        return status;
    }
    setup->message_offset = (uint32_t)offset;
    if (offset % MESSAGE_ALIGN != 0 ||
        offset > (1u << frame_shift(setup->message)) - sizeof(struct message_buffer)) {
        return STATUS_BAD_ARGUMENT;
    }
    return frame_share_check(setup->message);
}

static enum status fault_check(const struct thread *caller, struct thread_setup *setup)
{
    setup->fault = NULL;
    if (thread_arg(caller, 5) == 0) {
        return STATUS_OK;
    }
    return cap_lookup(caller, thread_arg(caller, 5), OBJECT_ENDPOINT, RIGHT_WRITE, &setup->fault);
}

static bool can_bind(const struct cap *cap)
{
    return cap == NULL || cap->depth < DERIVATION_DEPTH;
}

static enum status manage_lookup(const struct thread *caller, struct thread **thread_out)
{
    struct cap *cap;
    const enum status status =
        cap_lookup(caller, thread_arg(caller, 0), OBJECT_THREAD, RIGHT_MANAGE, &cap);

    if (status == STATUS_OK) {
        *thread_out = cap->thread;
    }
    return status;
}

static enum status configure_check(const struct thread *caller, struct thread_setup *setup)
{
    enum status status = manage_lookup(caller, &setup->thread);

    if (status == STATUS_OK) {
        status = cap_lookup(caller, thread_arg(caller, 1), OBJECT_CNODE, 0, &setup->cnode);
    }
    if (status == STATUS_OK) {
        status =
            cap_lookup(caller, thread_arg(caller, 2), OBJECT_SPACE, RIGHT_MANAGE, &setup->space);
    }
    if (status == STATUS_OK) {
        status = message_check(caller, setup);
    }
    if (status == STATUS_OK) {
        status = fault_check(caller, setup);
    }
    if (status != STATUS_OK) {
        return status;
    }
    if (thread_arg(caller, 6) >= PRIORITIES || setup->space->space->kind != SPACE_NATIVE) {
        return STATUS_BAD_ARGUMENT;
    }
    if (setup->thread->hold == 0 || setup->thread->state != THREAD_READY) {
        return STATUS_BUSY;
    }
    setup->priority = (uint8_t)thread_arg(caller, 6);
    return can_bind(setup->cnode) && can_bind(setup->space) && can_bind(setup->message) &&
                   can_bind(setup->fault)
               ? STATUS_OK
               : STATUS_TOO_DEEP;
}

static void configure_commit(const struct thread_setup *setup)
{
    struct thread *thread = setup->thread;
    const unsigned hold = thread->hold; /* taking the old space away adds to it */

    thread->priority = setup->priority;
    cap_bind(&thread->cnode_binding, setup->cnode, BINDING_THREAD_CNODE);
    thread->slots = setup->cnode->cnode->slots;
    thread->slot_count = setup->cnode->cnode->count;
    cap_bind(&thread->space_binding, setup->space, BINDING_THREAD_SPACE);
    thread->root = arch_physical(setup->space->space->root_table);
    thread->vmid = setup->space->space->vmid;
    thread->hold = (uint8_t)(hold & ~(unsigned)HOLD_UNCONFIGURED);
    cap_unbind(&thread->message_binding);
    if (setup->message != NULL) {
        phys_addr buffer = frame_physical(setup->message);

        buffer.value += setup->message_offset;
        cap_bind(&thread->message_binding, setup->message, BINDING_THREAD_MESSAGE);
        thread->message = arch_memory(buffer);
    }
    cap_unbind(&thread->fault_binding);
    if (setup->fault != NULL) {
        cap_bind(&thread->fault_binding, setup->fault, BINDING_THREAD_FAULT);
    }
}

enum status sys_thread_configure(struct thread *caller)
{
    struct thread_setup setup;
    const enum status status = configure_check(caller, &setup);

    if (status == STATUS_OK) {
        configure_commit(&setup);
    }
    return status;
}

/* ---- start, suspend, resume, bind --------------------------------------------------------------- */

enum status sys_thread_start(struct thread *caller)
{
    struct thread *thread;
    const enum status status = manage_lookup(caller, &thread);

    if (status != STATUS_OK) {
        return status;
    }
    if ((thread->hold & HOLD_UNCONFIGURED) != 0) {
        return STATUS_NOT_BOUND;
    }
    if (thread->hold == 0) {
        return STATUS_BUSY;
    }
    thread_cancel(thread);
    thread->is_faulting = 0;
    thread->is_restarted = 0;
    thread->hold = 0;
    arch_context_start(&thread->context, thread_arg(caller, 1), thread_arg(caller, 2),
                       thread_arg(caller, 3));
    trace_event(TRACE_START, thread->priority, thread_arg(caller, 1));
    sched_ready(thread);
    return STATUS_OK;
}

enum status sys_thread_suspend(struct thread *caller)
{
    struct thread *thread;
    const enum status status = manage_lookup(caller, &thread);

    if (status == STATUS_OK) {
        thread->hold |= HOLD_SUSPENDED;
        sched_unready(thread);
    }
    return status;
}

enum status sys_thread_resume(struct thread *caller)
{
    struct thread *thread;
    const enum status status = manage_lookup(caller, &thread);

    if (status == STATUS_OK) {
        thread->hold &= (uint8_t)~HOLD_SUSPENDED;
        sched_ready(thread);
    }
    return status;
}

static enum status bind_check(const struct thread *caller, struct thread **thread_out,
                              struct cap **notification_out)
{
    enum status status = manage_lookup(caller, thread_out);

    if (status == STATUS_OK) {
        status = cap_lookup(caller, thread_arg(caller, 1), OBJECT_NOTIFICATION, RIGHT_READ,
                            notification_out);
    }
    if (status != STATUS_OK) {
        return status;
    }
    if ((*notification_out)->notification->bound != NULL) {
        return STATUS_BUSY;
    }
    return can_bind(*notification_out) ? STATUS_OK : STATUS_TOO_DEEP;
}

enum status sys_thread_bind(struct thread *caller)
{
    struct thread *thread;
    struct cap *notification;
    const enum status status = bind_check(caller, &thread, &notification);

    if (status == STATUS_OK) {
        cap_bind(&thread->notification_binding, notification, BINDING_THREAD_NOTIFICATION);
        thread->notification = notification->notification;
        thread->notification->bound = thread;
    }
    return status;
}
