/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The display server's state and what may happen to it. No MMIO, no system
 * call: main.c brings messages, events and the time in, and carries the
 * answers, signals and the next deadline out.
 *
 *     server_*()  something happened   ->  state, damage
 *     paint()     damage               ->  pixels
 *     server_painted()                 ->  "visible" begins
 */
#ifndef DISPLAY_SERVER_H
#define DISPLAY_SERVER_H

#include "confirm.h"
#include "dialler.h"
#include "events.h"
#include "route.h"
#include "text.h"

enum view { VIEW_LEGACY, VIEW_HOME, VIEW_KEYPAD, VIEW_CARDS, VIEW_CALL, VIEW_PROMPT, VIEW_RESULT,
            VIEWS };

enum damage {
    DAMAGE_ALL = 1 << 0,
    DAMAGE_BAR = 1 << 1,
    DAMAGE_CONFIRM = 1 << 2,   /* the yes button's look changed */
    DAMAGE_COUNTDOWN = 1 << 3,
    DAMAGE_CLOCK = 1 << 4,     /* call time, and what it has cost */
    DAMAGE_PAD = 1 << 5,       /* keypad: number, band, call button */
    DAMAGE_KEY = 1 << 6,       /* one key was pressed or let go */
    DAMAGE_LEGACY = 1 << 7,    /* copy the legacy view */
    DAMAGE_LOG = 1 << 8,       /* home: count and head of the log */
};

enum {
    LEGACY_PERIOD_US = 50000,      /* 20 Hz */
    FILL_PERIOD_US = 33333,        /* of a hold */
    RESULT_US = 2000000,
    OFFER_US = 5000000,            /* a result with a button on it needs time to read */
    AFTER_CONFIRM_US = 2000000,    /* the prompt waits so long for the call screen */
    REFUSALS_US = 60000000, REFUSALS_BEFORE_OFFER = 3,
    ENDED_US = 1000000,            /* an outcome comes that soon after its call's end */
    USER_BUSY_US = 5000000,        /* since the last touch of home or keypad: no prompt then */
    HISTORY_ENTRIES = 3, LOG_HEAD_WORDS = 4, LABEL_BYTES = 13, LEGACY_LABEL_MAX = 12,
    CARDS = 3, CENTS_MAX = 9999,
};

struct prompt {
    uint64_t epoch;
    uint32_t kind;       /* enum prompt_kind */
    uint32_t origin;
    struct tariff tariff;
    uint32_t notes, gaps, country;
    struct number number;
    struct number drawn; /* filled by the drawing of each symbol: what the decision echoes */
    bool wants_hold;
};

struct call {
    uint32_t state;      /* enum dial_state */
    uint32_t origin;
    struct tariff tariff;
    uint32_t gaps;
    uint64_t started_us;
    struct number number;
};

struct keypad {
    struct number number;
    uint32_t serial;     /* of the number as it is now */
    bool has_price;
    struct tariff tariff;
    uint32_t gaps;
};

struct history_entry {
    struct number number;
    uint32_t origin, outcome;
};

struct server {
    /* constant after server_start */
    struct surface panel;
    const uint32_t *legacy_pixels;   /* read only, and written by the guest at any time */
    char legacy_label[LABEL_BYTES];

    /* what is seen */
    enum view view;
    enum view base;                  /* LEGACY, HOME, KEYPAD or CARDS: where the others go back to */
    bool is_call_wanted;             /* ... unless the call screen was open */
    uint32_t damage;                 /* enum damage */
    enum box pressed;                /* the keypad's key under the finger */
    enum word result;
    bool has_offer;                  /* the result comes with "Block Linux" */
    bool has_tones;                  /* the call screen shows its keypad */
    uint32_t card;

    /* what it is about */
    struct prompt prompt;
    bool is_prompt_waiting;          /* the dialler waits for its decision */
    struct confirm confirm;          /* of the button box confirm_box */
    enum box confirm_box;
    int16_t filled;                  /* pixels of it that a hold has filled, as painted */
    struct call call;
    struct keypad keypad;
    struct history_entry history[HISTORY_ENTRIES];
    uint32_t history_count;
    uint32_t log_count, log_head[LOG_HEAD_WORDS];
    enum legacy_state legacy_state;
    bool is_legacy_blocked;
    uint64_t refused_us[REFUSALS_BEFORE_OFFER]; /* the last refusals of legacy's prompts */

    /* input */
    struct route route;
    int32_t pointer_x, pointer_y;    /* of a relative device */

    /* time */
    uint64_t now_us;
    uint64_t view_until_us;          /* the view ends by itself then */
    uint64_t legacy_copy_us;         /* next copy */
    uint64_t second_us;              /* next change of countdown or clock */
    uint64_t fill_us;                /* next step of a hold's fill */
    uint64_t user_busy_until_us;
    uint64_t call_left_us;           /* when the call screen closed by itself */

    /* to be carried out by main.c, which clears them */
    struct events events;            /* for the dialler */
    bool is_decision_due;            /* answer the waiting prompt call ... */
    enum decision decision;          /* ... with this */
};

struct server_setup {
    struct surface panel;
    const uint32_t *legacy_pixels;
    struct input_ring *ring;
    const char *legacy_label; /* ASCII, at most LEGACY_LABEL_MAX */
};

void server_start(struct server *s, const struct server_setup *setup, uint64_t now_us);

/* --- messages (server.c); `w` are the message's words, `count` how many there are ------------- */

struct server_message { const uint32_t *words; uint32_t count; };

/* DISPLAY_OK: the caller waits until is_decision_due; anything else is its answer. */
enum display_answer server_prompt(struct server *s, struct server_message m);
enum display_answer server_cancel_prompt(struct server *s, struct server_message m);
/* started_us: words CALL_WORD_STARTED_* */
enum display_answer server_call(struct server *s, struct server_message m, uint64_t started_us);
enum display_answer server_log(struct server *s, struct server_message m);
enum display_answer server_outcome(struct server *s, struct server_message m);
enum display_answer server_price(struct server *s, struct server_message m);
enum display_answer server_legacy_state(struct server *s, struct server_message m);
/* The reply's words from DECISION_WORD_DECISION on. */
void server_decision(const struct server *s, uint32_t out[DECISION_WORDS]);

/* --- input (act.c) ------------------------------------------------------------------------------ */

enum display_answer server_input(struct server *s, struct server_message m);

/* --- views (view.c) ----------------------------------------------------------------------------- */

void view_enter(struct server *s, enum view view);
/* A transient view is over: back to the call screen or the base. */
void view_leave(struct server *s);
void view_show_result(struct server *s, enum word result);
/* Whatever is asked is refused, and the trusted home or the call screen comes up. */
void view_attention(struct server *s);
void view_show_call(struct server *s);
/* The keypad's number or price has changed: whatever was armed is void. */
void view_rearm_keypad(struct server *s);
/* Every confirm event goes through the first or ends in the second, which carries an answer out. */
void view_confirm(struct server *s, enum confirm_event event);
void view_settle(struct server *s, enum confirm_state before);

bool call_is_up(const struct server *s);
bool emergency_is_shown(const struct server *s); /* the page is red */
bool tariff_is_plain(uint32_t category);

/* --- time (clock.c) ----------------------------------------------------------------------------- */

/* Call first thing with the present time, before any message is handled. */
void server_tick(struct server *s, uint64_t now_us);
/* All that was painted is in scan-out memory. */
void server_painted(struct server *s, uint64_t now_us);
/* When server_tick wants to be called next; CONFIRM_NEVER: no need. */
uint64_t server_wake_us(const struct server *s);
enum confirm_fingers server_fingers(const struct server *s);

#endif
