/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * AT text, both ways. What the modem says becomes typed answers: it is a device
 * outside, any bytes may come, in any amount (TS 27.007; V.250 5.7 "Responses").
 * What is said to it is made of this driver's own words and of symbols.
 */
#pragma once

#include "modem.h"

enum { AT_LINE_BYTES = 96, AT_COMMAND_BYTES = 64 };

enum at_answer_kind {
    ANSWER_NOTHING = 0, /* the line is not complete, or says nothing to us */
    ANSWER_OK,
    ANSWER_ERROR,
    ANSWER_END,        /* NO CARRIER and the like: of a command or of a call, V.250 6.3.1 */
    ANSWER_CONNECT,    /* a call is up, if one was being set up: V.250 6.3.1 */
    ANSWER_RING,       /* a call comes in, or waits */
    ANSWER_CALL,       /* +CLCC */
    ANSWER_UNREADABLE, /* +CLCC, and what follows is no call that can be understood */
    ANSWER_CHANGED,    /* a maker's own word that something happened to a call */
    ANSWER_SIM,        /* +CPIN, with a card */
    ANSWER_RESTARTED,  /* the modem's own greeting */
    ANSWERS
};

enum {
    CALL_STATE_ACTIVE = 0,
    CALL_STATE_HELD,
    CALL_STATE_DIALLING,
    CALL_STATE_ALERTING,
    CALL_STATE_INCOMING,
    CALL_STATE_WAITING
}; /* TS 27.007 7.18 */
enum { CALL_MODE_VOICE = 0, CALL_MODE_UNKNOWN = 9 };

struct at_answer {
    enum at_answer_kind kind;
    enum modem_cause cause; /* with ANSWER_ERROR, ANSWER_END */
    uint32_t state, mode;   /* with ANSWER_CALL, as the rest */
    bool is_incoming;
    bool has_number;      /* it lists one, be it unreadable */
    bool is_emergency;    /* it is named "sos" and the like, not by a number */
    struct number number; /* length 0: none, or none that can be dialled; begins with '+' where its
                             type says so */
};

struct at_reader {
    uint32_t length;
    bool is_too_long;
    char line[AT_LINE_BYTES];
};

struct at_text {
    uint32_t length;
    uint8_t bytes[AT_COMMAND_BYTES];
};

struct at_answer at_reader_feed(struct at_reader *reader, uint8_t byte);
void at_append(struct at_text *text, const char *begin, const struct number *number,
               const char *end);
