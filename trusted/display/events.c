/* SPDX-License-Identifier: BSD-2-Clause */
#include "events.h"

#include <stddef.h>

void events_put(struct events *q, enum display_event kind, uint32_t value,
                const struct number *number)
{
    struct event *slot;

    if (q->count == EVENTS_MAX)
        return;
    slot = &q->queue[(q->first + q->count) % EVENTS_MAX];
    *slot = (struct event){ .kind = kind, .value = value };
    if (number != NULL)
        slot->number = *number;
    q->count++;
    q->is_signal_due = true;
}

void events_take(struct events *q, struct event *out)
{
    *out = (struct event){ .kind = EVENT_NONE };
    if (q->count == 0)
        return;
    *out = q->queue[q->first];
    q->first = (q->first + 1) % EVENTS_MAX;
    q->count--;
}
