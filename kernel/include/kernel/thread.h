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
#ifndef KERNEL_THREAD_H
#define KERNEL_THREAD_H

#include "abi/message.h"
#include "arch/arch.h"
#include "kernel/cap.h"
#include "kernel/cpu.h"
#include "kernel/object.h"

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
    HOLD_NEW = 1 << 0,          /* never started */
    HOLD_SUSPENDED = 1 << 1,
    HOLD_FAULT = 1 << 2,        /* faulted, and nobody resumed it */
    HOLD_UNCONFIGURED = 1 << 3, /* no space */
};

struct thread {
    struct arch_context context; /* first: cpu->context points here */

    /* IPC's fast path */
    struct cap *slots; /* of its CNode */
    abi_word slot_count;
    uint8_t state; /* enum thread_state */
    uint8_t hold;  /* enum thread_hold */
    uint8_t priority;
    uint8_t vmid;
    phys_addr root;
    struct sched *sched;            /* it runs on this one; lent ones included */
    struct reply *receive_reply;    /* given with its last receive */
    struct reply *waits_for;        /* REPLY: its caller is us */
    struct notification *notification; /* bound */
    struct thread *next;            /* in a wait queue or a ready queue */
    struct thread *prev;

    /* IPC otherwise */
    struct message_buffer *message;
    struct endpoint *endpoint;          /* SENDING, RECEIVING: blocked here */
    struct notification *waits_on;      /* WAITING: blocked here */
    abi_word badge;                     /* SENDING: what the receiver will see */
    uint8_t may_grant;                  /* SENDING: the capability had RIGHT_GRANT */
    uint8_t is_faulting;                /* SENDING, REPLY: the message is fault_words */
    uint8_t is_queued;                  /* in a ready queue */
    uint8_t is_deleting;                /* its delete is repeated: only the reaper goes on */
    abi_word fault_words[FAULT_WORDS];

    struct sched *home;  /* the context bound to it */
    struct vcpu *vcpu;   /* it is in vcpu_run of this one */

    struct dying dying;
    struct cap cnode_binding;
    struct cap space_binding;
    struct cap message_binding;
    struct cap fault_binding;
    struct cap notification_binding;
};

_Static_assert(offsetof(struct thread, context) == 0, "a context is a thread");

static inline abi_word thread_arg(const struct thread *thread, unsigned n)
{
    return arch_context_get(&thread->context, n);
}

static inline void thread_result(struct thread *thread, unsigned n, abi_word value)
{
    arch_context_set(&thread->context, n, value);
}

/* What an operation is given: who calls, and the checked capabilities of its table row. */
enum { CALL_CAPS_MAX = 5 };

struct call {
    struct thread *caller;
    struct cap *cap[CALL_CAPS_MAX];
};

static inline abi_word call_arg(const struct call *call, unsigned n)
{
    return thread_arg(call->caller, n);
}

static inline void call_result(const struct call *call, unsigned n, abi_word value)
{
    thread_result(call->caller, n, value);
}

/* In front of `before`; NULL: at the end. */
void thread_queue_insert(struct thread_queue *queue, struct thread *thread, struct thread *before);
void thread_queue_remove(struct thread_queue *queue, struct thread *thread);

void thread_create(struct thread *thread);
void thread_destroy(const struct cap *cap);
bool thread_reap(struct dying *dying);
/* Ends whatever it is blocked on; READY afterwards. */
void thread_cancel(struct thread *thread);
/* A blocked thread's call ends with this status; it has left its queue already. */
void thread_wake(struct thread *thread, enum status status);
void thread_configure(struct thread *thread, struct cap *cnode, struct cap *space,
                      unsigned priority);
void thread_start(struct thread *thread, abi_word pc, abi_word sp, abi_word argument);
/* A binding has gone. */
void thread_binding_removed(struct cap *slot);

syscall_operation sys_thread_configure, sys_thread_start, sys_thread_suspend, sys_thread_resume,
    sys_thread_bind;

#endif
