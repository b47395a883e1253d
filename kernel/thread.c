/* SPDX-License-Identifier: BSD-2-Clause */
/* Threads: registers, states and bindings. Who runs is decided elsewhere. */
#include "kernel/objects.h"

enum { MESSAGE_ALIGN = 16 };

void thread_wake(struct thread *thread, enum status status)
{
    thread->state = THREAD_READY;
    if (thread->is_faulting) {
        thread->is_faulting = 0; /* nobody will answer its fault */
        thread->hold |= HOLD_FAULT;
        return;
    }
    thread_result(thread, 0, (abi_word)status);
    run_ready(thread);
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

void thread_destroy(const struct cap *cap)
{
    struct thread *thread = cap->thread;

    thread_cancel(thread);
    run_unready(thread);
    sched_forget_thread(thread);
    if (thread->receive_reply != NULL) {
        thread->receive_reply->receiver = NULL;
        thread->receive_reply = NULL;
    }
    thread->state = THREAD_DEAD;
    arch_context_forget(&thread->context);
}

bool thread_reap(struct dying *dying)
{
    struct thread *thread = CONTAINER_OF(dying, struct thread, dying);

    for (unsigned i = 0; i < THREAD_BINDINGS; i++) {
        cap_unbind(&thread->binding[i]);
    }
    return true;
}

static void bind(struct thread *thread, struct cap *source, enum cap_binding binding)
{
    cap_bind(&thread->binding[binding - BINDING_THREAD_CNODE], source, binding);
}

void thread_binding_removed(struct cap *slot)
{
    const enum cap_binding binding = cap_binding(slot);
    struct cap *first = slot - (binding - BINDING_THREAD_CNODE);
    struct thread *thread = CONTAINER_OF(first, struct thread, binding);

    if (binding == BINDING_THREAD_CNODE) {
        thread->slot_count = 0;
    } else if (binding == BINDING_THREAD_SPACE) {
        thread->hold |= HOLD_UNCONFIGURED | HOLD_NEW; /* with another space it starts anew */
        thread->space_register = arch_space_none();
        run_unready(thread);
    } else if (binding == BINDING_THREAD_MESSAGE) {
        thread->message = NULL;
    } else if (binding == BINDING_THREAD_NOTIFICATION) {
        thread->notification->bound = NULL;
        thread->notification = NULL;
    }
}

/* ---- configure ------------------------------------------------------------------------------- */

/* In the order of syscall_table[]: who, then what is bound; message and fault may be NULL. */
enum { THREAD, ITS_CNODE, ITS_SPACE, ITS_MESSAGE, ITS_FAULT };

static enum status message_check(const struct cap *frame, abi_word offset)
{
    if (frame == NULL) {
        return STATUS_OK;
    }
    if (offset % MESSAGE_ALIGN != 0 ||
        offset > (1u << frame_shift(frame)) - sizeof(struct message_buffer)) {
        return STATUS_BAD_ARGUMENT;
    }
    return frame_share_check(frame);
}

static enum status configure_check(const struct call *call)
{
    struct cap *const *cap = call->cap;
    const struct thread *thread = cap[THREAD]->thread;

    if (call_arg(call, 6) >= PRIORITIES || cap[ITS_SPACE]->space->kind != SPACE_NATIVE) {
        return STATUS_BAD_ARGUMENT;
    }
    if (call_arg(call, 6) > cap[THREAD]->badge) {
        return STATUS_BAD_RIGHTS;
    }
    if (thread->hold == 0 || thread->state != THREAD_READY) {
        return STATUS_BUSY;
    }
    return message_check(cap[ITS_MESSAGE], call_arg(call, 4));
}

void thread_configure(const struct cap *manager, struct cap *cnode, struct cap *space,
                      unsigned priority)
{
    struct thread *thread = manager->thread;
    const unsigned hold = thread->hold; /* taking the old space away adds to it */

    thread->priority = (uint8_t)priority;
    thread->ceiling = (uint8_t)manager->badge;
    thread->outranking = ~(uint64_t)1 << priority;
    bind(thread, cnode, BINDING_THREAD_CNODE);
    thread->slots = cnode->cnode->slots;
    thread->slot_count = cnode->cnode->count;
    bind(thread, space, BINDING_THREAD_SPACE);
    thread->space_register = space_register(space->space);
    thread->hold = (uint8_t)(hold & ~(unsigned)HOLD_UNCONFIGURED);
}

enum status sys_thread_configure(const struct call *call)
{
    struct cap *const *cap = call->cap;
    struct thread *thread = cap[THREAD]->thread;
    const enum status status = configure_check(call);

    if (status == STATUS_OK) {
        thread_configure(cap[THREAD], cap[ITS_CNODE], cap[ITS_SPACE], (unsigned)call_arg(call, 6));
        bind(thread, cap[ITS_MESSAGE], BINDING_THREAD_MESSAGE);
        if (cap[ITS_MESSAGE] != NULL) {
            const phys_addr frame = frame_physical(cap[ITS_MESSAGE]);

            thread->message = arch_memory((phys_addr){ frame.value + call_arg(call, 4) });
        }
        bind(thread, cap[ITS_FAULT], BINDING_THREAD_FAULT);
    }
    return status;
}

/* ---- start, suspend, resume, bind ------------------------------------------------------------ */

void thread_start(struct thread *thread, abi_word pc, abi_word sp, abi_word argument)
{
    thread_cancel(thread);
    thread->is_faulting = 0;
    thread->is_deleting = 0;
    thread->next_page = 0;
    thread->hold = 0;
    arch_context_start(&thread->context, pc, sp, argument);
    trace_event("start", thread->priority, pc);
    run_ready(thread);
}

enum status sys_thread_start(const struct call *call)
{
    struct thread *thread = call->cap[THREAD]->thread;

    if (thread->hold == 0 || (thread->hold & HOLD_UNCONFIGURED) != 0) {
        return thread->hold == 0 ? STATUS_BUSY : STATUS_NOT_BOUND;
    }
    thread_start(thread, call_arg(call, 1), call_arg(call, 2), call_arg(call, 3));
    return STATUS_OK;
}

enum status sys_thread_suspend(const struct call *call)
{
    call->cap[THREAD]->thread->hold |= HOLD_SUSPENDED;
    run_unready(call->cap[THREAD]->thread);
    return STATUS_OK;
}

enum status sys_thread_resume(const struct call *call)
{
    call->cap[THREAD]->thread->hold &= (uint8_t)~HOLD_SUSPENDED;
    run_ready(call->cap[THREAD]->thread);
    return STATUS_OK;
}

enum status sys_thread_bind(const struct call *call)
{
    struct thread *thread = call->cap[THREAD]->thread;
    struct notification *notification = call->cap[1]->notification;

    if (notification->bound != NULL) {
        return STATUS_BUSY;
    }
    if (thread->home == NULL) {
        return STATUS_NOT_BOUND; /* after a signal a passive server would have no time to go on with
                                  */
    }
    bind(thread, call->cap[1], BINDING_THREAD_NOTIFICATION);
    thread->notification = notification;
    notification->bound = thread;
    return STATUS_OK;
}
