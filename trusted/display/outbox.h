/* SPDX-License-Identifier: BSD-2-Clause */
/* What the user did, until main.c carries it to the dialler. */
#pragma once

#include "display.h"

enum { EVENTS_MAX = 16 };

struct event {
    enum display_event kind;
    uint32_t value;
    struct number number;
};

struct outbox {
    struct event events[EVENTS_MAX]; /* oldest first */
    uint32_t count;
    bool is_signal_due;     /* signal the dialler; main.c clears it, and the next one */
    bool is_decision_due;   /* answer the waiting prompt call ... */
    enum decision decision; /* ... with this */
};

/* When the queue is full the new event is dropped: sixteen unfetched events mean a dead dialler. */
void outbox_tell(struct outbox *o, struct event event);
/* EVENT_NONE: there is none. */
struct event_notice outbox_take(struct outbox *o);
void outbox_decide(struct outbox *o, enum decision decision);
