/* SPDX-License-Identifier: BSD-2-Clause */
/*
 *  R1  reply->caller == t  <=>  t->waits_for == reply, and t is in THREAD_REPLY.
 *  R2  reply->receiver == t  <=>  t->receive_reply == reply.
 *  R3  The loans of one scheduling context are a list from sched->lends (the last loan)
 *      down along `below`; whoever has a loan out has no context meanwhile.
 *  R4  What dies is lent to nobody: a context without a budget (that is, a dying one) has no
 *      holder.
 */
#include "kernel/objects.h"

void reply_attach(struct reply *reply, struct thread *receiver)
{
    if (reply->receiver != NULL) {
        reply->receiver->receive_reply = NULL;
    }
    if (receiver->receive_reply != NULL) {
        receiver->receive_reply->receiver = NULL;
    }
    reply->receiver = receiver;
    receiver->receive_reply = reply;
}

void reply_lend(struct reply *reply, struct thread *caller, struct thread *server)
{
    struct sched *sched = caller->sched;

    reply->sched = sched;
    reply->above = NULL;
    reply->below = sched->lends;
    if (reply->below != NULL) {
        reply->below->above = reply;
    }
    sched->lends = reply;
    sched->holder = server;
    server->sched = sched;
    caller->sched = NULL;
}

void reply_unlink_loan(struct reply *reply)
{
    if (reply->above != NULL) {
        reply->above->below = reply->below;
    } else {
        reply->sched->lends = reply->below;
    }
    if (reply->below != NULL) {
        reply->below->above = reply->above;
    }
    reply->sched = NULL;
    reply->above = NULL;
    reply->below = NULL;
}

void reply_forget(struct reply *reply)
{
    if (reply->sched != NULL) {
        reply_unlink_loan(reply);
    }
    reply->caller->waits_for = NULL;
    reply->caller = NULL;
}

/*
 * A loan that has been lent on (`above`) stays where it is: its owner gets it
 * back when the servers further up are done.
 */
void reply_return(struct reply *reply)
{
    struct thread *caller = reply->caller;
    struct sched *lent = reply->above == NULL ? reply->sched : NULL;

    reply_forget(reply);
    if (lent != NULL && lent->budget != 0) {
        sched_move(lent, caller);
    }
    caller->state = THREAD_READY;
}

void reply_destroy(const struct cap *cap)
{
    struct reply *reply = cap->reply;
    struct thread *caller = reply->caller;
    struct thread *receiver = reply->receiver;

    if (caller != NULL) {
        reply_return(reply);
        thread_wake(caller, STATUS_REVOKED);
    }
    if (receiver != NULL) {
        receiver->receive_reply = NULL;
        if (receiver->state == THREAD_RECEIVING) {
            thread_cancel(receiver);
            thread_wake(receiver, STATUS_REVOKED);
        }
    }
}
