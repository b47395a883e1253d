/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The display server's endpoints. Two badges exist: the dialler (prompts, call
 * screens) and the input drivers (events). Views are memory that the manifest
 * shares read-only with the display; they need no messages.
 *
 * The display never calls anybody. What the user does outside a prompt is put
 * in a small queue and signalled to the dialler, who fetches it.
 */
#pragma once

#include "number.h"

enum display_badge { DISPLAY_BADGE_DIALLER = 1, DISPLAY_BADGE_INPUT = 2, DISPLAY_BADGE_ROOT = 3 };

/* word 0 = operation; every reply has word 0 = enum display_answer */
enum display_operation {
    /* dialler's prompt thread: blocks until the user has decided; see struct prompt_words */
    DISPLAY_PROMPT = 1,
    /* dialler's main thread, answered at once */
    DISPLAY_CANCEL_PROMPT, /* 1 epoch low 2 epoch high */
    DISPLAY_CALL,          /* struct call_words: what the in-call screen and the bar say */
    DISPLAY_LOG,           /* 1 count 2..5 first 128 bits of the chain's head, big-endian words */
    DISPLAY_OUTCOME,       /* 1 enum call_origin 2 enum dial_outcome 3 unused 4..9 number: shown
                              for 2 s and in the list of last calls */
    DISPLAY_TAKE_EVENT,    /* -> 1 enum display_event 2 symbol or flag 3..8 number; 0 = none */
    DISPLAY_PRICE,         /* 1 keypad serial 2 category 3 price 4 unit 5 groups 6 country: answers EVENT_TYPED */
    /* input drivers, answered at once */
    DISPLAY_INPUT,         /* 1 enum input_kind 2 code or x 3 value or y (see input.h) */
    /* root, answered at once */
    DISPLAY_LEGACY_STATE,  /* 1 enum legacy_state: what the bar and the Linux view say */
};

enum display_answer { DISPLAY_OK = 0, DISPLAY_INVALID, DISPLAY_BUSY, DISPLAY_NOT_ALLOWED };

enum call_origin { ORIGIN_USER = 0, ORIGIN_LEGACY = 1, ORIGIN_NETWORK = 2 };

enum prompt_kind {
    PROMPT_CALL = 1,   /* press and release, or hold, as `hold` says */
    PROMPT_EMERGENCY,  /* one press, no arming delay */
    PROMPT_MMI,        /* a supplementary service code: never "call" */
    PROMPT_PRACTICE,   /* cannot dial: the dialler never sends it; the display's own */
};

enum tariff_category { /* what the cost band says; the texts are the display's */
    TARIFF_UNKNOWN = 0,
    TARIFF_PLAN, TARIFF_MOBILE, TARIFF_FIXED, /* at home, at the plan's price: 115; mobile; area codes */
    TARIFF_FREE, TARIFF_EMERGENCY,            /* the last of the plain ones */
    TARIFF_PREMIUM_0900,
    TARIFF_PREMIUM,        /* other premium rate */
    TARIFF_SHARED_COST,    /* 0180, 0137-1..6 */
    TARIFF_MASS_TRAFFIC,   /* 0137 */
    TARIFF_DIRECTORY,      /* 118xx */
    TARIFF_PERSONAL,       /* 0700, 032 */
    TARIFF_FOREIGN, TARIFF_SATELLITE,
    TARIFF_SERVICE,        /* other service numbers */
    TARIFF_CATEGORIES
};
/* Costs no more than the plan says: needs no hold. */
static inline bool tariff_is_plain(uint32_t category)
{
    return category >= TARIFF_PLAN && category <= TARIFF_EMERGENCY;
}

enum tariff_unit { PRICE_NONE = 0, PRICE_PER_MINUTE, PRICE_PER_CALL, PRICE_UP_TO_PER_MINUTE };

enum prompt_note { NOTE_NUMBER_HIDDEN = 1, NOTE_NUMBER_SHOWN = 2, NOTE_NON_STANDARD = 4,
                   NOTE_CARRIER_PREFIX = 8, NOTE_REPEATED = 16, NOTES_ALL = 31 };

/*
 * Message words of DISPLAY_PROMPT. Groups: bit i set = a gap stands before
 * symbol i, from the dialler's numbering table (service code, tariff digit …).
 */
enum prompt_words {
    PROMPT_WORD_EPOCH_LOW = 1, PROMPT_WORD_EPOCH_HIGH,
    PROMPT_WORD_KIND,     /* enum prompt_kind | hold << 8 (bool: hold to confirm) */
    PROMPT_WORD_ORIGIN, PROMPT_WORD_CATEGORY,
    PROMPT_WORD_PRICE,    /* cents, 0 with PRICE_NONE */
    PROMPT_WORD_UNIT, PROMPT_WORD_NOTES,
    PROMPT_WORD_GROUPS,   /* gap bits 0..19 */
    PROMPT_WORD_COUNTRY,  /* row of countries.tsv, from 1; 0 = home or unknown */
    PROMPT_WORD_NUMBER,   /* six words */
    PROMPT_WORDS = PROMPT_WORD_NUMBER + NUMBER_WORDS,
};

/* The reply to DISPLAY_PROMPT: the user's decision, and what exactly was on the panel. */
enum decision { DECISION_CONFIRMED = 1, DECISION_REFUSED, DECISION_TIMED_OUT, DECISION_WITHDRAWN };
enum decision_words {
    DECISION_WORD_DECISION = 1, DECISION_WORD_EPOCH_LOW, DECISION_WORD_EPOCH_HIGH,
    DECISION_WORD_NUMBER, /* the symbols that were drawn, read back from the drawing's own copy */
    DECISION_WORDS = DECISION_WORD_NUMBER + NUMBER_WORDS,
};

/* Message words of DISPLAY_CALL. While `state` is DIALLING after a confirmation the prompt's
 * number and band stay on the panel: the dialler sends this before it tells the modem. */
enum call_words {
    CALL_WORD_STATE = 1,  /* enum dial_state of dialler.h; NONE = no call */
    CALL_WORD_ORIGIN, CALL_WORD_CATEGORY, CALL_WORD_PRICE, CALL_WORD_UNIT, CALL_WORD_GROUPS,
    CALL_WORD_STARTED_LOW, /* microseconds since power-on when it became ACTIVE */
    CALL_WORD_STARTED_HIGH, CALL_WORD_COUNTRY, CALL_WORD_NUMBER,
    CALL_WORDS = CALL_WORD_NUMBER + NUMBER_WORDS,
};

enum display_event {
    EVENT_NONE = 0,
    EVENT_DIAL,      /* the trusted keypad's call key: 3..8 number, which the panel shows with
                        its price: pressing it was the confirmation; 2 = keypad serial */
    EVENT_TYPED,     /* the keypad's number changed: 2 serial, 3..8 number; wants DISPLAY_PRICE */
    EVENT_HANG_UP, EVENT_ANSWER,
    EVENT_TONE,      /* 2 symbol */
    EVENT_BLOCK,     /* 2: 1 = block legacy from dialling, 0 = allow */
    EVENT_RESTART_LEGACY, /* the user asks for a restart; the dialler passes it to root */
};

enum legacy_state { LEGACY_RUNNING = 0, LEGACY_RESTARTING, LEGACY_STOPPED };
