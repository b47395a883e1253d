/* SPDX-License-Identifier: BSD-2-Clause */
/* One call in the simulated network: dialled, alerting, active, over. */
#include "call.h"

#define STAY CALL_STATES

static const enum call_state call_next[CALL_STATES][CALL_EVENTS] = {
    /*                  DIAL           REACHED        ANSWERED     OFFERED        CLOSED    */
    [CALL_IDLE] = { CALL_DIALLING, STAY, STAY, CALL_INCOMING, STAY },
    [CALL_DIALLING] = { STAY, CALL_ALERTING, CALL_ACTIVE, STAY, CALL_IDLE },
    [CALL_ALERTING] = { STAY, STAY, CALL_ACTIVE, STAY, CALL_IDLE },
    [CALL_ACTIVE] = { STAY, STAY, STAY, STAY, CALL_IDLE },
    [CALL_INCOMING] = { STAY, STAY, CALL_ACTIVE, STAY, CALL_IDLE },
};

static const struct {
    const char *name;
    unsigned clcc;
} call_states[CALL_STATES] = {
    [CALL_IDLE] = { "idle", 0 },         [CALL_DIALLING] = { "dialling", 2 },
    [CALL_ALERTING] = { "alerting", 3 }, [CALL_ACTIVE] = { "active", 0 },
    [CALL_INCOMING] = { "incoming", 4 },
};

bool call_step(struct call *call, enum call_event event)
{
    enum call_state next = call_next[call->state][event];

    if (next == STAY) {
        return false;
    }
    call->state = next;
    return true;
}

const char *call_state_name(enum call_state state)
{
    return call_states[state].name;
}

unsigned call_clcc_state(enum call_state state)
{
    return call_states[state].clcc;
}
