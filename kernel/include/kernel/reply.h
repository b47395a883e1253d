/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * A reply object stands for one caller who waits for its answer. It is also the
 * link of the chain in which a scheduling context is lent from caller to server.
 */
#pragma once

#include "kernel/object.h"

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
