/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The display server's endpoints. Three badges exist: the dialler (prompts, call
 * screens), the input drivers (events) and root. Views are memory that the
 * manifest shares read-only with the display; they need no messages.
 *
 * The display never calls anybody. What the user does outside a prompt is put
 * in a small queue and signalled to the dialler, who fetches it.
 */
#pragma once

#include "dialler.h"
#include "message.h"
#include "number.h"
#include "tariff.h"

enum display_badge { DISPLAY_BADGE_DIALLER = 1, DISPLAY_BADGE_INPUT = 2, DISPLAY_BADGE_ROOT = 3 };

/* Field 0 of each message; every answer begins with enum display_answer. */
enum display_operation {
    /* dialler's prompt thread: blocks until the user has decided */
    DISPLAY_PROMPT = 1, /* struct prompt_request -> struct prompt_decision */
    /* dialler's main thread, answered at once */
    DISPLAY_CANCEL_PROMPT, /* struct prompt_cancel */
    DISPLAY_CALL,          /* struct call_view: what the in-call screen and the bar say */
    DISPLAY_LOG,           /* struct log_view */
    DISPLAY_OUTCOME,       /* struct outcome_view: the result page and the list of last calls */
    DISPLAY_TAKE_EVENT,    /* -> struct event_notice */
    DISPLAY_PRICE,         /* struct price_view: answers EVENT_TYPED */
    /* input drivers, answered at once */
    DISPLAY_INPUT, /* struct input_report (see input.h) */
    /* root, answered at once */
    DISPLAY_LEGACY_STATE, /* struct legacy_view: what the bar and the Linux view say */
    /* dialler's main thread */
    DISPLAY_REFUSAL, /* struct refusal_view: what the user asked for is not done, and why */
};
enum { DISPLAY_OPERATIONS = DISPLAY_REFUSAL + 1 };

enum display_answer { DISPLAY_OK = 0, DISPLAY_INVALID, DISPLAY_BUSY, DISPLAY_NOT_ALLOWED };

enum call_origin { ORIGIN_USER = 0, ORIGIN_LEGACY = 1, ORIGIN_NETWORK = 2 };
enum { ORIGINS = ORIGIN_NETWORK + 1 };

enum prompt_kind {
    PROMPT_CALL = 1,  /* press and release, or hold, as `needs_hold` says */
    PROMPT_EMERGENCY, /* one press */
    PROMPT_MMI,       /* a supplementary service code: never "call" */
    PROMPT_PRACTICE,  /* cannot dial: the dialler never sends it; the display's own */
};

enum prompt_note {
    NOTE_NUMBER_HIDDEN = 1,
    NOTE_NUMBER_SHOWN = 2,
    NOTE_NON_STANDARD = 4,
    NOTE_CARRIER_PREFIX = 8,
    NOTE_REPEATED = 16,
    NOTES_ALL = 31
};

enum { COUNTRIES_MAX = 0x400 }; /* a bound for messages; the table's own size is the display's */

/* How a number is shown: its price, its groups, where it leads to. Groups: bit i set = a gap stands
 * before symbol i, from the dialler's numbering table (service code, tariff digit …). */
struct shown_number {
    struct tariff tariff;
    uint32_t groups;
    uint32_t country; /* row of countries.tsv, from 1; 0 = home or unknown */
    struct number number;
};

struct prompt_request {
    uint32_t operation;
    struct wide epoch;
    uint32_t kind, needs_hold; /* enum prompt_kind, bool */
    uint32_t origin;           /* enum call_origin */
    uint32_t notes;            /* enum prompt_note */
    struct shown_number about;
};

/* The user's decision, and what exactly was on the panel. */
enum decision { DECISION_CONFIRMED = 1, DECISION_REFUSED, DECISION_TIMED_OUT, DECISION_WITHDRAWN };
struct prompt_decision {
    uint32_t answer;
    uint32_t decision;
    struct wide epoch;
    struct number number; /* the symbols that were drawn, read back from the drawing's own copy */
};

struct prompt_cancel {
    uint32_t operation;
    struct wide epoch;
};

enum call_flag {
    CALL_FLAG_TO_FRONT = 1, /* its page comes up, if no question is open */
    CALL_FLAG_DIFFERS = 2,  /* an emergency call that the modem lists otherwise */
    CALL_FLAG_RESCUERS = 4, /* incoming, soon after an emergency call: they may be calling back */
    CALL_FLAGS_ALL = 7
};

/* While `state` is DIALLING after a confirmation the prompt's number and band stay on the panel:
 * the dialler sends this before it tells the modem. */
struct call_view {
    uint32_t operation;
    uint32_t state; /* enum dial_state; NONE = no call */
    uint32_t origin;
    uint32_t flags; /* enum call_flag */
    uint32_t tries; /* of an emergency call that no modem has taken yet: the how manieth; else 0 */
    struct wide started_us; /* since power-on, when it became ACTIVE */
    struct shown_number about;
    uint32_t is_waiting;   /* bool: a second call rings */
    struct number waiting; /* its number; all zero: none that is usable */
};

struct log_view {
    uint32_t operation;
    uint32_t count, head[4]; /* the first 128 bits of the chain's head, big-endian words */
};

struct outcome_view {
    uint32_t operation;
    uint32_t origin, outcome, reason; /* enum call_origin, dial_outcome, dial_reason */
    uint32_t seconds;                 /* it lasted, since it was answered; 0 = never */
    struct shown_number about;
};

struct price_view {
    uint32_t operation;
    uint32_t serial;           /* of the keypad's number */
    uint32_t reason;           /* enum dial_reason: why it cannot be called, or REASON_NONE */
    uint32_t notes;            /* enum prompt_note: the number is hidden … */
    struct shown_number about; /* `number` as it was asked for */
};

struct refusal_view {
    uint32_t operation;
    uint32_t serial; /* of the keypad's number that was not called; 0 = what was asked for was no
                        keypad call */
    uint32_t reason; /* enum dial_reason */
};

enum display_event {
    EVENT_NONE = 0,
    EVENT_DIAL,  /* the trusted keypad's call key: number, which the panel shows with its
                    price: pressing it was the confirmation; value = keypad serial */
    EVENT_TYPED, /* the keypad's number changed: value = serial, number; wants DISPLAY_PRICE */
    EVENT_HANG_UP,
    EVENT_ANSWER,         /* ANSWER with a call up: end that one first */
    EVENT_TONE,           /* value = symbol */
    EVENT_BLOCK,          /* value: 1 = block legacy from dialling, 0 = allow */
    EVENT_RESTART_LEGACY, /* the user asks for a restart; the dialler passes it to root */
    EVENT_DECLINE,        /* the incoming or waiting call */
    EVENT_SHOWN, /* the open prompt has stood on the panel: value = epoch's low half, number as
                    drawn */
};
enum { EVENTS = EVENT_SHOWN + 1 };

struct event_notice {
    uint32_t answer;
    uint32_t event; /* enum display_event */
    uint32_t value;
    struct number number;
};

enum legacy_state { LEGACY_RUNNING = 0, LEGACY_RESTARTING, LEGACY_STOPPED };
enum { LEGACY_STATES = LEGACY_STOPPED + 1 };

struct legacy_view {
    uint32_t operation;
    uint32_t state; /* enum legacy_state */
};

struct input_report {
    uint32_t operation;
    uint32_t kind; /* enum input_kind */
    uint32_t a, b; /* signed 32 bit in two's complement: code, x or dx; value, y or dy */
};

/* False: not such a message. */
bool prompt_request_take(struct prompt_request *out, const abi_word *words, uint32_t sent);
bool prompt_decision_take(struct prompt_decision *out, const abi_word *words, uint32_t sent);
bool call_view_take(struct call_view *out, const abi_word *words, uint32_t sent);
bool outcome_view_take(struct outcome_view *out, const abi_word *words, uint32_t sent);
bool price_view_take(struct price_view *out, const abi_word *words, uint32_t sent);
bool refusal_view_take(struct refusal_view *out, const abi_word *words, uint32_t sent);
bool event_notice_take(struct event_notice *out, const abi_word *words, uint32_t sent);
