/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * What the carrier does with a called number: a table, searched from the top.
 * A rule's number is matched after "+49" and "0049" became "0"; one that ends in
 * '*' matches all numbers that begin so.
 */
#pragma once

#include <stdint.h>

enum { CARRIER_NUMBER_BYTES = 44, CARRIER_RULES_MAX = 64 };

enum carrier_behaviour {
    CARRIER_ANSWER = 0,  /* after answer_ms; hangs up after hang_up_ms, if that is not 0 */
    CARRIER_BUSY,
    CARRIER_NO_ANSWER,   /* gives up after answer_ms */
    CARRIER_UNREACHABLE, /* NO CARRIER at once */
    CARRIER_CALL_BACK,   /* as ANSWER; answer_ms after the call's end it calls us */
    CARRIER_SUBSTITUTE,  /* as ANSWER, but +CLCC tells `other`: SIM call control, or fraud */
    CARRIER_REJECT,      /* the modem answers the dial command with an error */
    CARRIER_SILENT,      /* the modem never answers the dial command */
    CARRIER_DIE,         /* the modem resets in the middle of the call, after hang_up_ms */
    CARRIER_BEHAVIOURS
};

struct carrier_rule {
    char number[CARRIER_NUMBER_BYTES];
    enum carrier_behaviour behaviour;
    uint32_t alert_ms;   /* from the dial command to ringing at the far end */
    uint32_t answer_ms;  /* from there to the answer */
    uint32_t hang_up_ms; /* from there to the far end's hang-up, 0 = never */
    char other[CARRIER_NUMBER_BYTES];
};

struct carrier {
    unsigned count;
    struct carrier_rule rules[CARRIER_RULES_MAX];
};

extern const struct carrier carrier_default;

/* Never NULL: the last resort answers. */
const struct carrier_rule *carrier_find(const struct carrier *carrier, const char *number);
