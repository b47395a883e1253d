/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Call and reply_receive in the common case: at most four words,
 * the partner waits, nobody more urgent is ready, both have time. Otherwise
 * nothing has been changed and ipc.c does it all.
 *
 * This does exactly what ipc.c does in that case; the host tests run every
 * exchange through both and compare.
 */
#include "kernel/objects.h"

static inline struct cap *fast_lookup(const struct thread *thread, abi_word index,
                                      enum object_type type, unsigned rights)
{
    struct cap *cap;

    if (index >= thread->slot_count) {
        return NULL;
    }
    cap = &thread->slots[index];
    return cap->type == type && (cap->rights & rights) == rights ? cap : NULL;
}

/* info <= MESSAGE_REGISTERS: no capability, no buffer. */
static inline void copy_words(const struct thread *from, struct thread *to, abi_word info)
{
    if (info == 0) {
        return;
    }
    thread_result(to, 2, thread_arg(from, 2));
    if (info == 1) {
        return;
    }
    thread_result(to, 3, thread_arg(from, 3));
    if (info > 2) {
        thread_result(to, 4, thread_arg(from, 4));
    }
    if (info > 3) {
        thread_result(to, 5, thread_arg(from, 5));
    }
}

static inline void go_on_with(struct cpu *cpu, struct thread *thread, abi_word info)
{
    thread_result(thread, 0, STATUS_OK);
    thread_result(thread, 1, info);
    cpu->current = thread;
    cpu->arch.context = &thread->context;
    arch_space_activate(thread->space_register);
}

static inline void leave_queue_front(struct thread_queue *queue, struct thread *first)
{
    queue->first = first->next;
    if (first->next != NULL) {
        first->next->prev = NULL;
    } else {
        queue->last = NULL;
    }
}

bool fastpath_call(struct cpu *cpu, struct thread *caller)
{
    const abi_word info = thread_arg(caller, 1);
    const struct cap *cap =
        fast_lookup(caller, thread_arg(caller, 0), OBJECT_ENDPOINT, RIGHT_WRITE);
    struct thread *server;
    struct reply *reply;

    if (cap == NULL || info > MESSAGE_REGISTERS) {
        return false;
    }
    server = cap->endpoint->receivers.first;
    if (server == NULL || server->hold != 0 || !run_is_highest(cpu, server)) {
        return false;
    }
    reply = server->receive_reply;
    if (server->sched != NULL) {
        if (!sched_switch_fast(cpu, server->sched)) {
            return false;
        }
    } else {
        reply_lend(reply, caller, server);
    }
    leave_queue_front(&cap->endpoint->receivers, server);
    server->state = THREAD_READY;
    reply->caller = caller;
    caller->waits_for = reply;
    caller->state = THREAD_REPLY;
    copy_words(caller, server, info);
    thread_result(server, 6, cap->badge);
    go_on_with(cpu, server, info);
    return true;
}

/* The caller gets its time back, or the CPU goes over to its own. */
static inline bool return_time(struct cpu *cpu, struct thread *server, struct thread *caller,
                               struct reply *reply)
{
    struct sched *sched = reply->sched;

    if (sched == NULL) {
        return server->home == server->sched && caller->sched != NULL &&
               sched_switch_fast(cpu, caller->sched);
    }
    if (reply->above != NULL || sched != server->sched) {
        return false;
    }
    reply_unlink_loan(reply);
    sched->holder = caller;
    caller->sched = sched;
    server->sched = NULL;
    return true;
}

bool fastpath_reply_receive(struct cpu *cpu, struct thread *server)
{
    const abi_word info = thread_arg(server, 1);
    const struct cap *cap = fast_lookup(server, thread_arg(server, 0), OBJECT_ENDPOINT, RIGHT_READ);
    const struct cap *reply_cap =
        fast_lookup(server, thread_arg(server, 6), OBJECT_REPLY, RIGHT_WRITE);
    struct endpoint *endpoint;
    struct reply *reply;
    struct thread *caller;

    if (cap == NULL || reply_cap == NULL || info > MESSAGE_REGISTERS) {
        return false;
    }
    endpoint = cap->endpoint;
    reply = reply_cap->reply;
    caller = reply->caller;
    if (caller == NULL || reply->receiver != server || endpoint->callers.first != NULL ||
        (caller->hold | caller->is_faulting) != 0 || !run_is_highest(cpu, caller) ||
        (server->notification != NULL && server->notification->bits != 0) ||
        !return_time(cpu, server, caller, reply)) {
        return false;
    }
    reply->caller = NULL;
    caller->waits_for = NULL;
    caller->state = THREAD_READY;
    server->state = THREAD_RECEIVING;
    server->endpoint = endpoint;
    thread_queue_insert(&endpoint->receivers, server, NULL);
    copy_words(server, caller, info);
    thread_result(caller, 6, 0);
    go_on_with(cpu, caller, info);
    return true;
}

/* Nobody waits for it: only the bits change. */
bool fastpath_signal(struct thread *caller)
{
    const struct cap *cap =
        fast_lookup(caller, thread_arg(caller, 0), OBJECT_NOTIFICATION, RIGHT_WRITE);
    struct notification *notification;
    const struct thread *bound;

    if (cap == NULL) {
        return false;
    }
    notification = cap->notification;
    bound = notification->bound;
    if (notification->waiter != NULL ||
        (bound != NULL && (bound->state != THREAD_READY || bound->vcpu != NULL))) {
        return false;
    }
    notification->bits |= notification_badge(cap);
    thread_result(caller, 0, STATUS_OK);
    return true;
}

bool fastpath_vcpu_run(struct cpu *cpu, struct thread *runner)
{
    const struct cap *cap = fast_lookup(runner, thread_arg(runner, 0), OBJECT_VCPU, RIGHT_WRITE);
    struct vcpu *vcpu;

    if (cap == NULL || (runner->notification != NULL && runner->notification->bits != 0)) {
        return false;
    }
    vcpu = cap->vcpu;
    if (vcpu_run_check(vcpu) != STATUS_OK) {
        return false;
    }
    vcpu->runner = runner;
    runner->vcpu = vcpu;
    arch_vcpu_enter(&cpu->arch, &vcpu->arch);
    return true;
}
