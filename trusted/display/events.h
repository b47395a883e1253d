/* SPDX-License-Identifier: BSD-2-Clause */
/* What the user did, until the dialler fetches it. A full queue drops the newest: a user who has
 * sixteen unfetched presses looks at a dead dialler. */
#ifndef DISPLAY_EVENTS_H
#define DISPLAY_EVENTS_H

#include <stdbool.h>

#include "display.h"

enum { EVENTS_MAX = 16 };

struct event {
    enum display_event kind;
    uint32_t value;
    struct number number;
};

struct events {
    uint32_t first, count;
    struct event queue[EVENTS_MAX];
    bool is_signal_due; /* main.c signals the dialler and clears it */
};

void events_put(struct events *q, enum display_event kind, uint32_t value,
                const struct number *number);
/* The oldest; EVENT_NONE when there is none. */
void events_take(struct events *q, struct event *out);

#endif
