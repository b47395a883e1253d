/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The modem driver's endpoint; only the dialler holds it. Requests are answered
 * at once (queued or refused), events are signalled and fetched.
 *
 * Every call has a token: the dialler's for a call that it dials, the driver's
 * for one that comes in. Requests and events name the call that they are about.
 */
#pragma once

#include "message.h"
#include "number.h"

enum modem_badge { MODEM_BADGE_DIALLER = 1 }; /* nobody else is served */

enum modem_operation {
    MODEM_DIAL = 1,   /* a new token; flags, number */
    MODEM_HANG_UP,    /* the call of this token; MODEM_ANY_CALL: all there are */
    MODEM_ANSWER,     /* the incoming call of this token; a call that is up ends first */
    MODEM_TONE,       /* token of an active call; value = symbol; queued */
    MODEM_TAKE_EVENT, /* -> struct modem_notice; event = NONE: there is none */
    MODEM_DECLINE,    /* the incoming call of this token; a call that is up stays */
};

/* Tokens of the dialler's own are 1 … MODEM_TOKEN_OWN_MAX, each used once; bit 31 marks an incoming
 * call's. */
enum { MODEM_ANY_CALL = 0, MODEM_TOKEN_OWN_MAX = 0x7fffffff };
#define MODEM_TOKEN_INCOMING 0x80000000u

/* Beside enum dial_flags. An emergency call is never refused for want of room or of a modem: what
 * is in its way is ended, and it is dialled again at each chance until the modem has taken it or it
 * is hung up. */
enum modem_flags { MODEM_FLAG_EMERGENCY = 1 << 2 };

enum modem_answer { MODEM_OK = 0, MODEM_INVALID, MODEM_BUSY, MODEM_NO_LINE };

enum modem_event {
    MODEM_EVENT_NONE = 0,
    /* The line is dead, the modem was reset or events were dropped: the calls up to token `taken`
     * are gone, and all that came in, but for those in `kept`. */
    MODEM_EVENT_LOST = 2,
    MODEM_EVENT_TAKEN, /* the modem acknowledged this dial command */
    MODEM_EVENT_ALERTING,
    MODEM_EVENT_ACTIVE,
    MODEM_EVENT_ENDED,    /* cause */
    MODEM_EVENT_RINGING,  /* incoming, beside another call or not; number if the network gave a
                             usable one */
    MODEM_EVENT_MISMATCH, /* +CLCC shows another number than was dialled: hung up already */
    MODEM_EVENT_SENT,     /* the dial command is on the line; cause = how often by now, from 1 */
    MODEM_EVENT_READY,    /* the modem has been set up; cause = 1 where it has a SIM, else 0 */
    MODEM_EVENT_DIFFERS,  /* as MISMATCH, of an emergency call: nothing was hung up */
};
enum { MODEM_EVENT_KINDS = MODEM_EVENT_DIFFERS + 1 };
enum modem_cause {
    MODEM_CAUSE_NORMAL = 0,
    MODEM_CAUSE_BUSY,
    MODEM_CAUSE_NO_ANSWER,
    MODEM_CAUSE_ERROR,
    MODEM_CAUSE_TIMEOUT,
    MODEM_CAUSE_NO_DIALTONE
};

struct modem_request {
    uint32_t operation; /* enum modem_operation */
    uint32_t token;
    uint32_t value; /* flags with MODEM_DIAL, symbol with MODEM_TONE */
    struct number number;
};

/* the answer to MODEM_TAKE_EVENT */
struct modem_notice {
    uint32_t answer; /* enum modem_answer */
    uint32_t event;  /* enum modem_event */
    uint32_t token;  /* of the call it is about */
    uint32_t taken; /* of the last dial request that the driver had accepted when this happened; 0 =
                       none */
    uint32_t kept[2];     /* tokens of the calls that the driver had after this; 0 = none */
    uint32_t cause;       /* enum modem_cause, or what the event says */
    struct number number; /* valid, or all zero: none */
};

/* False: not a request. */
bool modem_request_take(struct modem_request *out, const abi_word *words, uint32_t sent);
bool modem_notice_take(struct modem_notice *out, const abi_word *words, uint32_t sent);
