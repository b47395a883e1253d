/* SPDX-License-Identifier: BSD-2-Clause */
/*
 *                 call             taken by receive
 *   READY ---------------> SENDING ----------------> REPLY --- reply ---> READY
 *     |  receive                                                           ^
 *     +------------------> RECEIVING ------ message or signal ------------+
 *     |  wait                                                              |
 *     +------------------> WAITING ------------- signal ------------------+
 *     |  WFI of its guest                                                  |
 *     +------------------> GUEST_IDLE ----- interrupt, signal ------------+
 * Every blocked state also ends in READY with STATUS_REVOKED when the object
 * goes away, and in DEAD. A READY thread runs when nothing holds it back and it
 * has a scheduling context with budget left.
 */
#pragma once

#include "abi/message.h"
#include "arch/arch.h"
#include "kernel/object.h"
#include "kernel/syscall.h"

enum thread_state {
    THREAD_READY = 0,
    THREAD_SENDING,
    THREAD_REPLY,
    THREAD_RECEIVING,
    THREAD_WAITING,
    THREAD_GUEST_IDLE,
    THREAD_DEAD,
};

enum thread_hold {
    HOLD_NEW = 1 << 0, /* never started */
    HOLD_SUSPENDED = 1 << 1,
    HOLD_FAULT = 1 << 2,        /* faulted, and nobody resumed it */
    HOLD_UNCONFIGURED = 1 << 3, /* no space */
};

enum { THREAD_BINDINGS = BINDING_THREAD_NOTIFICATION - BINDING_THREAD_CNODE + 1 };

struct thread {
    struct arch_context context; /* first: cpu->context points here */

    /* IPC's fast path */
    struct cap *slots; /* of its CNode */
    abi_word slot_count;
    uint8_t state; /* enum thread_state */
    uint8_t hold;  /* enum thread_hold */
    uint8_t priority;
    uint64_t outranking; /* cpu->ready's bits of more urgent threads */
    uint64_t space_register;
    struct sched *sched;               /* it runs on this one; lent ones included */
    struct reply *receive_reply;       /* given with its last receive */
    struct reply *waits_for;           /* REPLY: its caller is us */
    struct notification *notification; /* bound */
    struct thread *next, *prev;        /* in a wait queue or a ready queue */

    /* IPC otherwise */
    struct message_buffer *message;
    struct endpoint *endpoint;     /* SENDING, RECEIVING: blocked here */
    struct notification *waits_on; /* WAITING: blocked here */
    abi_word badge;                /* SENDING: what the receiver will see */
    uint8_t is_faulting;           /* SENDING, REPLY: the message is fault_words */
    uint8_t is_queued;             /* in a ready queue */
    uint8_t is_deleting;           /* its delete is repeated: only the reaper goes on */
    uint8_t ceiling;               /* the highest priority of the threads that it makes */
    uint32_t next_page;            /* its call is repeated: it goes on with this one; or 0 */
    abi_word fault_words[FAULT_WORDS];

    struct sched *home; /* the context bound to it */
    struct vcpu *vcpu;  /* it is in vcpu_run of this one */

    struct dying dying;
    struct cap binding[THREAD_BINDINGS]; /* [0] is BINDING_THREAD_CNODE */
};

_Static_assert(offsetof(struct thread, context) == 0, "a context is a thread");

static inline abi_word thread_arg(const struct thread *thread, unsigned n)
{
    return thread->context.x[n];
}

static inline void thread_result(struct thread *thread, unsigned n, abi_word value)
{
    thread->context.x[n] = value;
}

static inline abi_word call_arg(const struct call *call, unsigned n)
{
    return thread_arg(call->caller, n);
}

static inline void call_result(const struct call *call, unsigned n, abi_word value)
{
    thread_result(call->caller, n, value);
}

/* It does its call again once the interrupt that waits has been taken. */
static inline enum status thread_restart_call(struct thread *caller)
{
    arch_context_step(&caller->context, -1);
    return STATUS_LATER;
}

/* Ends whatever it is blocked on; READY afterwards. */
void thread_cancel(struct thread *thread);
/* A blocked thread's call ends with this status; it has left its queue already. */
void thread_wake(struct thread *thread, enum status status);
/* `manager` is the thread's capability: its badge is the highest priority that it may be given. */
void thread_configure(const struct cap *manager, struct cap *cnode, struct cap *space,
                      unsigned priority);
void thread_start(struct thread *thread, abi_word pc, abi_word sp, abi_word argument);
/* A binding has gone. */
void thread_binding_removed(struct cap *slot);
