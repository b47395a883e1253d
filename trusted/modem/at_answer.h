/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * What the modem says, as typed answers. The modem is a device outside: any
 * bytes may come, in any amount (TS 27.007; V.250 5.7 "Responses").
 */
#ifndef MODEM_AT_ANSWER_H
#define MODEM_AT_ANSWER_H

#include "number.h"

enum { ANSWER_LINE_BYTES = 96 };

enum at_answer_kind {
    ANSWER_NOTHING = 0, /* the line is not complete, or says nothing to us */
    ANSWER_OK,
    ANSWER_ERROR,
    ANSWER_NO_CARRIER,
    ANSWER_BUSY,
    ANSWER_NO_ANSWER,
    ANSWER_RING,
    ANSWER_CALL,        /* +CLCC */
    ANSWER_REGISTRATION,/* +CREG: state */
    ANSWER_RESTARTED,   /* the modem's own greeting */
    ANSWERS
};

struct at_answer {
    enum at_answer_kind kind;
    uint32_t state;        /* +CLCC's stat, or +CREG's */
    bool is_incoming;
    bool is_international; /* type of address 145 (TS 24.008 10.5.4.7) */
    struct number number;  /* length 0: none, or none that can be dialled */
};

struct at_reader {
    uint32_t length;
    bool is_too_long;
    char line[ANSWER_LINE_BYTES];
};

struct at_answer at_reader_feed(struct at_reader *reader, uint8_t byte);

#endif
