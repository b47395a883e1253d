/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Call, receive, reply: the complete versions. fastpath.c does the common case.
 *
 *    caller                      server
 *    call ---- deliver() ------> receive      caller: REPLY, remembered in the reply object
 *      ^                            |         (a caller without receiver queues: SENDING)
 *      +------ answer() ------- reply         caller: READY
 *
 * A message is checked when it is sent; what it needs of the other side is
 * checked again when it is delivered, since either may have changed by then.
 */
#include "kernel/objects.h"

enum {
    INFO_BITS = MESSAGE_INFO_LENGTH_MASK | MESSAGE_INFO_CAP,
    REG_INFO = 1,
    REG_WORDS = 2,
    REG_BADGE = 6,
};

/* ---- checks ---------------------------------------------------------------------------------- */

static const struct cap *fault_handler(const struct thread *thread)
{
    return &thread->binding[BINDING_THREAD_FAULT - BINDING_THREAD_CNODE];
}

static unsigned message_length(const struct thread *sender)
{
    return sender->is_faulting
               ? FAULT_WORDS
               : (unsigned)(thread_arg(sender, REG_INFO) & MESSAGE_INFO_LENGTH_MASK);
}

/* The capability to hand over. The buffer belongs to the sender too: its fields are read once. */
static struct cap *send_cap(const struct thread *sender)
{
    return cap_find(sender->slots, sender->slot_count,
                    __atomic_load_n(&sender->message->send_cap, __ATOMIC_RELAXED));
}

static enum status message_check(const struct thread *sender, const struct cap *through)
{
    static const struct cap empty;
    const abi_word info = thread_arg(sender, REG_INFO);
    const struct cap *cap;

    if ((info & ~(abi_word)INFO_BITS) != 0 || (info & MESSAGE_INFO_LENGTH_MASK) > MESSAGE_WORDS) {
        return STATUS_BAD_ARGUMENT;
    }
    if (info <= MESSAGE_REGISTERS) {
        return STATUS_OK;
    }
    if (sender->message == NULL) {
        return STATUS_NOT_BOUND;
    }
    if ((info & MESSAGE_INFO_CAP) == 0) {
        return STATUS_OK;
    }
    if ((through->rights & RIGHT_GRANT) == 0) {
        return STATUS_BAD_RIGHTS;
    }
    cap = send_cap(sender);
    return cap != NULL ? cap_derive_check(cap, &empty) : STATUS_BAD_CAP;
}

static enum status fit_check(const struct thread *from, const struct thread *to)
{
    if (from->is_faulting || message_length(from) <= MESSAGE_REGISTERS) {
        return STATUS_OK;
    }
    if (from->message == NULL) {
        return STATUS_NOT_BOUND; /* its buffer was revoked while it waited */
    }
    return to->message != NULL || to->is_faulting ? STATUS_OK : STATUS_TOO_LONG;
}

/* `to` may be NULL: nobody receives yet. */
static enum status send_check(const struct thread *sender, const struct cap *through,
                              const struct thread *to)
{
    const enum status status = message_check(sender, through);

    return status == STATUS_OK && to != NULL ? fit_check(sender, to) : status;
}

/* ---- transfer -------------------------------------------------------------------------------- */

/* Whether a capability has been handed over; if it cannot be now, it is not. */
static bool transfer_cap(struct thread *from, struct thread *to)
{
    struct cap *source;
    cap_index index;

    if ((thread_arg(from, REG_INFO) & MESSAGE_INFO_CAP) == 0 || from->message == NULL ||
        to->message == NULL) {
        return false;
    }
    source = send_cap(from);
    index = __atomic_load_n(&to->message->receive_slot, __ATOMIC_RELAXED);
    if (source == NULL || index == 0 || index >= to->slot_count ||
        cap_derive_check(source, &to->slots[index]) != STATUS_OK) {
        return false;
    }
    cap_derive(&to->slots[index], source, RIGHTS_ALL, source->badge);
    return true;
}

static void transfer_words(const struct thread *from, struct thread *to, unsigned length)
{
    const unsigned in_registers = length < MESSAGE_REGISTERS ? length : MESSAGE_REGISTERS;

    for (unsigned i = 0; i < in_registers; i++) {
        thread_result(to, REG_WORDS + i, thread_arg(from, REG_WORDS + i));
    }
    for (unsigned i = MESSAGE_REGISTERS; i < length; i++) {
        to->message->words[i] = from->message->words[i];
    }
}

static void transfer(struct thread *from, struct thread *to, abi_word badge)
{
    const unsigned length = message_length(from);
    abi_word info = length;

    if (from->is_faulting) {
        for (unsigned i = 0; i < FAULT_WORDS; i++) {
            thread_result(to, REG_WORDS + i, from->fault_words[i]);
        }
    } else {
        transfer_words(from, to, length);
        info |= transfer_cap(from, to) ? MESSAGE_INFO_CAP : 0;
    }
    thread_result(to, 0, STATUS_OK);
    thread_result(to, REG_INFO, info);
    thread_result(to, REG_BADGE, badge);
}

/* ---- call ------------------------------------------------------------------------------------ */

/* Both are out of all queues. The server has received with an idle reply object. */
static void deliver(struct thread *caller, struct thread *server)
{
    struct reply *reply = server->receive_reply;

    reply->caller = caller;
    caller->waits_for = reply;
    caller->state = THREAD_REPLY;
    if (server->sched == NULL && caller->sched != NULL) {
        reply_lend(reply, caller, server);
    }
    transfer(caller, server, caller->badge);
    server->state = THREAD_READY;
    run_ready(server);
}

void ipc_send(struct thread *caller, struct endpoint *endpoint, abi_word badge)
{
    struct thread *server = endpoint->receivers.first;

    caller->badge = badge;
    if (server != NULL) {
        endpoint_forget(endpoint, server);
        deliver(caller, server);
        return;
    }
    caller->state = THREAD_SENDING;
    caller->endpoint = endpoint;
    thread_queue_insert(&endpoint->callers, caller, NULL);
    sched_return_home(caller);
}

enum status sys_call(const struct call *call)
{
    struct endpoint *endpoint = call->cap[0]->endpoint;
    const enum status status = send_check(call->caller, call->cap[0], endpoint->receivers.first);

    if (status != STATUS_OK) {
        return status;
    }
    ipc_send(call->caller, endpoint, call->cap[0]->badge);
    return STATUS_LATER;
}

/* ---- receive --------------------------------------------------------------------------------- */

void ipc_receive_signal(struct thread *receiver, abi_word bits)
{
    thread_result(receiver, 0, STATUS_OK);
    thread_result(receiver, REG_INFO, MESSAGE_INFO_SIGNAL);
    thread_result(receiver, REG_WORDS, bits);
    thread_result(receiver, REG_BADGE, 0);
}

static bool is_receiving_with(const struct reply *reply)
{
    return reply->receiver != NULL && reply->receiver->state == THREAD_RECEIVING;
}

/* What a queued call came through is looked up anew: whoever has lost it calls no more. */
static enum status queued_check(const struct thread *caller, const struct thread *receiver)
{
    const struct cap *through =
        caller->is_faulting ? fault_handler(caller)
                            : cap_find(caller->slots, caller->slot_count, thread_arg(caller, 0));
    const bool has_cap =
        !caller->is_faulting && (thread_arg(caller, REG_INFO) & MESSAGE_INFO_CAP) != 0;
    const unsigned rights = RIGHT_WRITE | (has_cap ? RIGHT_GRANT : 0);

    if (through == NULL || through->type != OBJECT_ENDPOINT || through->badge != caller->badge ||
        through->endpoint != caller->endpoint || (through->rights & rights) != rights) {
        return STATUS_REVOKED;
    }
    return fit_check(caller, receiver);
}

/*
 * The first callers, as long as they cannot be served, leave with a status. False: an interrupt
 * waits. This comes before the answer: afterwards a passive server has no time to come back with.
 */
static bool refuse_callers(const struct thread *receiver, struct endpoint *endpoint)
{
    struct thread *caller;
    enum status fits;

    while ((caller = endpoint->callers.first) != NULL &&
           (fits = queued_check(caller, receiver)) != STATUS_OK) {
        endpoint_forget(endpoint, caller);
        thread_wake(caller, fits);
        if (arch_interrupt_pending()) {
            return false;
        }
    }
    return true;
}

/* The reply object is idle, and the first caller can be served. A signal that comes to a server
 * without time of its own waits: it would end a wait that nobody else could end. */
static enum status receive(struct thread *receiver, struct endpoint *endpoint, struct reply *reply)
{
    struct thread *caller = endpoint->callers.first;

    reply_attach(reply, receiver);
    if (receiver->notification != NULL && receiver->notification->bits != 0 &&
        receiver->sched != NULL) {
        ipc_receive_signal(receiver, notification_take(receiver->notification));
        return STATUS_LATER;
    }
    if (caller != NULL) {
        endpoint_forget(endpoint, caller);
        deliver(caller, receiver);
        return STATUS_LATER;
    }
    receiver->state = THREAD_RECEIVING;
    receiver->endpoint = endpoint;
    thread_queue_insert(&endpoint->receivers, receiver, NULL);
    sched_return_home(receiver);
    return STATUS_LATER;
}

/* ---- reply ----------------------------------------------------------------------------------- */

static void resume_faulted(struct thread *thread, const struct thread *handler)
{
    const abi_word verdict =
        message_length(handler) != 0 ? thread_arg(handler, REG_WORDS) : FAULT_REPLY_RESUME;

    thread->is_faulting = 0;
    if (verdict == FAULT_REPLY_SKIP) {
        arch_context_step(&thread->context, 1);
    } else if (verdict != FAULT_REPLY_RESUME) {
        thread->hold |= HOLD_FAULT;
    }
}

static enum status answer(struct thread *server, const struct cap *cap)
{
    struct thread *caller = cap->reply->caller;
    const enum status status = send_check(server, cap, caller);

    if (status != STATUS_OK) {
        return status;
    }
    reply_return(cap->reply);
    if (caller->is_faulting) {
        resume_faulted(caller, server);
    } else {
        transfer(server, caller, 0);
    }
    run_ready(caller);
    return STATUS_OK;
}

enum status sys_reply(const struct call *call)
{
    return call->cap[0]->reply->caller != NULL ? answer(call->caller, call->cap[0])
                                               : STATUS_NOT_BOUND;
}

enum status sys_reply_receive(const struct call *call)
{
    struct reply *reply = call->cap[1]->reply;
    enum status status = STATUS_OK;

    if (is_receiving_with(reply)) {
        return STATUS_BUSY;
    }
    if (!refuse_callers(call->caller, call->cap[0]->endpoint)) {
        return thread_restart_call(call->caller);
    }
    if (reply->caller != NULL) {
        status = answer(call->caller, call->cap[1]);
    }
    return status == STATUS_OK ? receive(call->caller, call->cap[0]->endpoint, reply) : status;
}

enum status sys_receive(const struct call *call)
{
    return call->cap[1]->reply->caller != NULL ? STATUS_BUSY : sys_reply_receive(call);
}

/* ---- a native thread's fault: a call that the kernel makes in its name ----------------------- */

void kernel_fault(struct arch_cpu *arch, const struct arch_fault *fault)
{
    struct cpu *cpu = cpu_of(arch);
    struct thread *thread = cpu->current;
    const struct cap *handler = fault_handler(thread);
    const abi_word pc = arch_context_pc(&thread->context);

    trace_event("fault", pc, fault->address);
    if (cap_is_empty(handler)) {
        thread->hold |= HOLD_FAULT;
    } else {
        thread->fault_words[FAULT_WORD_KIND] = fault->kind;
        thread->fault_words[FAULT_WORD_ADDRESS] = (abi_word)fault->address;
        thread->fault_words[FAULT_WORD_PC] = pc;
        thread->fault_words[FAULT_WORD_SYNDROME] = fault->syndrome;
        thread->is_faulting = 1;
        ipc_send(thread, handler->endpoint, handler->badge);
    }
    run_next(cpu);
}
