/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The one call of the modem (TS 27.007 7.18 +CLCC's states).
 *
 *          dial             reached            answered
 *   IDLE ---------> DIALLING ------> ALERTING ---------> ACTIVE
 *    ^ |               |  answered (no ringing)   ^         |
 *    | | offered       +-----------|--------------+         |
 *    | +------> INCOMING ----------|--- answered -+         |
 *    +------------ closed (either side, or the network) ----+
 */
#pragma once

#include "carrier.h"

#include <stdbool.h>

enum call_state {
    CALL_IDLE = 0,
    CALL_DIALLING,
    CALL_ALERTING,
    CALL_ACTIVE,
    CALL_INCOMING,
    CALL_STATES
};
enum call_event {
    CALL_DIAL = 0,
    CALL_REACHED,
    CALL_ANSWERED,
    CALL_OFFERED,
    CALL_CLOSED,
    CALL_EVENTS
};

struct call {
    enum call_state state;
    bool is_incoming;
    uint64_t due_us; /* when the carrier does its next step; 0 = it does nothing by itself */
    const struct carrier_rule *rule;
    char number[CARRIER_NUMBER_BYTES]; /* as it was dialled, or as the network gave it */
};

/* False, and nothing changed: the event does not fit the state. */
bool call_step(struct call *call, enum call_event event);
const char *call_state_name(enum call_state state);
unsigned call_clcc_state(enum call_state state);
