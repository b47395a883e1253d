/* SPDX-License-Identifier: BSD-2-Clause */
/* The call that is up, and a second one that rings beside it. */
#pragma once

#include "layout.h"
#include "subject.h"

struct call {
    struct subject about;
    uint32_t state;         /* enum dial_state; never PROMPT */
    uint32_t flags, tries;  /* enum call_flag; as in struct call_view */
    bool is_wanted;         /* its page is what the user comes back to */
    bool has_tones;         /* its page shows the keys */
    bool is_second_ringing; /* beside the call that is up */
    struct subject second;
    uint64_t started_us, left_us; /* left: when its page closed by itself */
};

/* of the call that is over, or was not made */
struct result {
    struct subject about;
    enum word word;
    uint32_t seconds, reason; /* enum dial_reason */
    bool has_offer;           /* it comes with "Block Linux" */
};

void call_take(struct call *c, const struct call_view *v, const struct subject *about);
/* Another call than before has a page of its own. */
bool call_is_another(const struct call *c, const struct call *before);

bool call_is_up(const struct call *c);
bool call_is_emergency(const struct call *c); /* ours, and up */
bool call_is_ringing(const struct call *c);   /* the first one or a second one */
uint32_t call_seconds(const struct call *c, uint64_t now_us);
