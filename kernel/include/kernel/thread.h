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
#include "kernel/kernel.h"
#include "kernel/object.h"
#include "kernel/syscall.h"

/* ---- threads --------------------------------------------------------------------------------- */

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

/* Nobody in the ready queues comes before this thread. */
static inline bool sched_is_highest(const struct cpu *cpu, const struct thread *thread)
{
    return (cpu->ready & thread->outranking) == 0;
}

/* In front of `before`; NULL: at the end. */
void thread_queue_insert(struct thread_queue *queue, struct thread *thread, struct thread *before);
void thread_queue_remove(struct thread_queue *queue, struct thread *thread);

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

/* ---- endpoints: where callers meet receivers ------------------------------------------------- */

struct endpoint {
    struct dying dying;
    struct thread_queue callers, receivers; /* at most one of the two has members */
};

/* Takes a thread that is blocked here out of its queue. */
void endpoint_forget(struct endpoint *endpoint, struct thread *thread);

/* ---- reply objects --------------------------------------------------------------------------- */

/*
 * A reply object stands for one caller who waits for its answer. It is also the
 * link of the chain in which a scheduling context is lent from caller to server.
 */

struct reply {
    struct thread *caller;   /* who waits; caller->waits_for == this */
    struct thread *receiver; /* who last received with this; receiver->receive_reply == this */
    struct sched *sched;     /* what the caller lent, NULL = nothing */
    struct reply *above;     /* the next loan of the same context, NULL = this is the last */
    struct reply *below;
};

/* Makes `reply` the one that `receiver` receives with. */
void reply_attach(struct reply *reply, struct thread *receiver);
/* The server, who has no time of its own, runs on its caller's; neither is in a ready queue. */
void reply_lend(struct reply *reply, struct thread *caller, struct thread *server);
/* The caller waits no longer; a loan on top of its chain goes back to it. Its state is READY. */
void reply_return(struct reply *reply);
/* The caller goes away: the server keeps the loan until it is done. */
void reply_forget(struct reply *reply);
/* The loan that this reply stands for is none any more. */
void reply_unlink_loan(struct reply *reply);

/* ---- messages -------------------------------------------------------------------------------- */

/* The thread's message goes to who receives, or it queues. Its state is no longer READY. */
void ipc_send(struct thread *caller, struct endpoint *endpoint, abi_word badge);
/* A receiving thread gets its bound notification's bits instead of a message. */
void ipc_receive_signal(struct thread *receiver, abi_word bits);

/* True: done, the next context is chosen. False: nothing has happened. */
bool fastpath_call(struct cpu *cpu, struct thread *caller);
bool fastpath_reply_receive(struct cpu *cpu, struct thread *server);
bool fastpath_signal(struct thread *caller);
bool fastpath_vcpu_run(struct cpu *cpu, struct thread *runner);
