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
    CARRIER_ANSWER = 0, /* after answer_ms; hangs up after hang_up_ms, if that is not 0 */
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

/* Ways of the modem's own: from this call on, until another number is dialled; an emergency call
 * keeps them. */
enum carrier_quirk {
    QUIRK_BLANKS = 1 << 0,        /* +CLCC: 1, 0, 2, 0, 0, "030", 129 */
    QUIRK_UNQUOTED = 1 << 1,      /* a number without quotes */
    QUIRK_MODE_9 = 1 << 2,        /* the mode is "unknown" */
    QUIRK_INTERNATIONAL = 1 << 3, /* 030 is listed as +4930 */
    QUIRK_TYPE = 1 << 4,          /* likewise, as 4930 of type 145 */
    QUIRK_SOS = 1 << 5,           /* an emergency call is listed by that name */
    QUIRK_OTHER = 1 << 6,         /* an emergency call is listed as the rule's other number */
    QUIRK_NO_NUMBER = 1 << 7,     /* lists no numbers */
    QUIRK_UNREADABLE = 1 << 8,    /* lists what nobody can read */
    QUIRK_UNLISTED = 1 << 9,      /* lists nothing */
    QUIRK_FIRST = 1 << 10,        /* a waiting call is listed before the one that is up */
    QUIRK_WAITING = 1 << 11,      /* the other number calls 1 s after the answer */
    QUIRK_FLOOD = 1 << 12,        /* lists a waiting call eighty times */
    QUIRK_DATA = 1 << 13,   /* a data call of the modem's own is there, too, until it is hung up */
    QUIRK_KEPT = 1 << 14,   /* says OK to the first two hang-ups, and keeps the call */
    QUIRK_SLOW = 1 << 15,   /* answers to ATA and AT+CHUP after 3 s */
    QUIRK_MUTE = 1 << 16,   /* neither hears nor says anything for 20 s after a reset */
    QUIRK_NO_SIM = 1 << 17, /* there is no card */
    QUIRKS = 18
};

struct carrier_rule {
    char number[CARRIER_NUMBER_BYTES];
    enum carrier_behaviour behaviour;
    uint32_t alert_ms;                /* from the dial command to ringing at the far end */
    uint32_t answer_ms;               /* from there to the answer */
    uint32_t hang_up_ms;              /* from there to the far end's hang-up, 0 = never */
    char other[CARRIER_NUMBER_BYTES]; /* of CALL_BACK: who calls, "-" withheld, none: the number
                                         itself */
    uint32_t quirks;                  /* enum carrier_quirk */
};

struct carrier {
    unsigned count;
    struct carrier_rule rules[CARRIER_RULES_MAX];
};

extern const struct carrier carrier_default;

/* Never NULL: the last resort answers. */
const struct carrier_rule *carrier_find(const struct carrier *carrier, const char *number);
