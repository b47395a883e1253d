/* SPDX-License-Identifier: BSD-2-Clause */
/* What the person did, until the dialler fetches it. */
#include "outbox.h"

void outbox_tell(struct outbox *o, struct event event)
{
    if (o->count < EVENTS_MAX) {
        o->events[o->count++] = event;
        o->is_signal_due = true;
    }
}

struct event_notice outbox_take(struct outbox *o)
{
    const struct event oldest = o->count != 0 ? o->events[0] : (struct event){ EVENT_NONE };

    o->count -= o->count != 0;
    for (uint32_t i = 0; i < o->count; i++) {
        o->events[i] = o->events[i + 1];
    }
    return (struct event_notice){ DISPLAY_OK, oldest.kind, oldest.value, oldest.number };
}

void outbox_decide(struct outbox *o, enum decision decision)
{
    o->is_decision_due = true;
    o->decision = decision;
}
