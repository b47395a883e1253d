/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The modem driver's endpoint; only the dialler holds it. Requests are answered
 * at once (queued or refused), events are signalled and fetched.
 */
#pragma once

#include "number.h"

enum modem_operation {
    MODEM_DIAL = 1,  /* 1 token (never 0, each used once) 2 flags (dialler.h) 3..8 number */
    MODEM_HANG_UP,   /* 1 token or 0 = whatever call there is */
    MODEM_ANSWER,
    MODEM_TONE,      /* 1 symbol */
    MODEM_TAKE_EVENT,/* -> 1 enum modem_event 2 token 3 enum modem_cause 4..9 number */
};

enum modem_answer { MODEM_OK = 0, MODEM_INVALID, MODEM_BUSY, MODEM_NO_LINE };

enum modem_event {
    MODEM_EVENT_NONE = 0,
    MODEM_EVENT_LOST = 2, /* the line is dead or the modem was reset; any call is gone */
    MODEM_EVENT_TAKEN,    /* the modem acknowledged this dial command */
    MODEM_EVENT_ALERTING, MODEM_EVENT_ACTIVE,
    MODEM_EVENT_ENDED,    /* cause */
    MODEM_EVENT_RINGING,  /* incoming; number if the network gave one */
    MODEM_EVENT_MISMATCH, /* +CLCC shows another number than was dialled: hung up already */
};
enum modem_cause { MODEM_CAUSE_NORMAL = 0, MODEM_CAUSE_BUSY, MODEM_CAUSE_NO_ANSWER,
                   MODEM_CAUSE_ERROR, MODEM_CAUSE_TIMEOUT };
