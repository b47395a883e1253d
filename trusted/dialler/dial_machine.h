/* SPDX-License-Identifier: BSD-2-Clause */
/* Which part of the dialler an input is for, and what becomes of calls when time passes. */
#pragma once

#include "dial_call.h"

enum dial_input_kind {
    DIAL_INPUT_START = 0,
    DIAL_INPUT_LEGACY,   /* a VMM's message: operation, badge, number, value, address */
    DIAL_INPUT_DECISION, /* the prompt thread is back: value, epoch, number */
    DIAL_INPUT_USER,     /* operation = enum display_event, value, number */
    DIAL_INPUT_MODEM, /* operation = enum modem_event, token, taken, kept, value = cause, number */
    DIAL_INPUT_NOT_TAKEN, /* the command of this operation was not; value = enum dial_reason, badge
                           */
    DIAL_INPUT_LEGACY_RESTART,
    DIAL_INPUT_TIMER,
    DIAL_INPUTS
};

struct dial_input {
    enum dial_input_kind kind;
    uint64_t now_us;
    uint32_t badge;
    uint32_t operation;
    uint32_t value; /* flags, symbol, serial, decision, cause, reason or kind of report */
    uint32_t token, taken, kept[2];
    uint64_t epoch, address;
    struct number number;
};

void dial_step(struct dial_machine *m, const struct dial_input *in, struct dial_actions *out);
/* When DIAL_INPUT_TIMER is wanted; DIAL_NEVER = not at all. */
uint64_t dial_deadline(const struct dial_machine *m);
