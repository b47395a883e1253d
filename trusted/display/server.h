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
#pragma once

#include "abi/types.h"
#include "confirm.h"
#include "dialler.h"
#include "route.h"
#include "text.h"

enum {
    BEAT_US = 50000, /* 20 Hz: copies of the legacy view, a hold's fill */
    RESULT_US = 4000000,
    OFFER_US = 5000000,         /* a result with a button on it needs time to read */
    AFTER_CONFIRM_US = 2000000, /* the prompt waits so long for the call screen */
    REFUSALS_US = 60000000,
    REFUSALS_BEFORE_OFFER = 3,
    ENDED_US = 1000000,     /* an outcome comes that soon after its call's end */
    USER_BUSY_US = 5000000, /* since the last touch, in a call: no prompt then */
    PLUS_US = 500000,       /* so long on the keypad's 0 means + */
    NEAR = 24,              /* pixels round a button, for a finger that meant something else */
    RAIN_US = 2000000,
    RAIN_TOUCHES = 3, /* so many in that time, in Linux' view, may have been meant for it */
    HISTORY_ENTRIES = 3,
    LOG_HEAD_WORDS = 4,
    LABEL_BYTES = 13,
    CARDS = 3,
    EVENTS_MAX = 16,
    PAD_SYMBOLS = 12,
};

/* whom a prompt, a call or the keypad is about */
struct subject {
    uint32_t origin; /* enum call_origin */
    struct tariff tariff;
    uint32_t gaps, country;
    struct number number;
};

struct prompt {
    struct subject about;
    uint64_t epoch;
    uint32_t kind, notes; /* enum prompt_kind, prompt_note */
    enum yes yes;
    enum word who, meaning;
    struct number target;       /* of a diversion */
    struct number drawn;        /* filled by the drawing of each symbol: what the decision echoes */
    bool is_waiting;            /* the dialler waits for its decision */
    bool is_shown_told;         /* the dialler knows that it has been seen */
    uint64_t emergency_left_us; /* when Linux' last one ended without a call; 0: never */
    uint64_t refused_us[REFUSALS_BEFORE_OFFER]; /* the last refusals of legacy's prompts */
};

struct call {
    struct subject about;
    uint32_t state;         /* enum dial_state */
    uint32_t flags, tries;  /* enum call_flag; as in struct call_view */
    bool is_wanted;         /* its page is what the user comes back to */
    bool has_tones;         /* its page shows the keys */
    bool is_second_ringing; /* beside the call that is up */
    struct subject second;
    uint64_t started_us, left_us; /* left: when its page closed by itself */
};

/* of the call that is over, or was not made */
struct result {
    struct subject about;
    enum word word;
    uint32_t seconds, reason; /* enum dial_reason */
    bool has_offer;           /* it comes with "Block Linux" */
};

struct keypad {
    struct subject about;
    uint32_t serial; /* of the number as it is now */
    uint32_t notes;  /* enum prompt_note */
    bool has_price;
    bool is_dial_sent;   /* Call was pressed, and the dialler has not answered yet */
    enum box pressed;    /* the key under the finger */
    uint64_t pressed_us; /* since when it is */
};

struct history_entry {
    struct number number;
    uint32_t origin, outcome;
};

struct home {
    struct history_entry history[HISTORY_ENTRIES];
    uint32_t history_count, log_count, log_head[LOG_HEAD_WORDS];
    enum legacy_state legacy_state;
    bool is_legacy_blocked;
    bool is_legacy_off;   /* stopped, or starting anew: its picture is its past */
    uint32_t legacy_past; /* that picture's sum */
};

/* what the user did, for the dialler */
struct event {
    enum display_event kind;
    uint32_t value;
    struct number number;
};

/* What main.c carries out and clears. */
struct outbox {
    struct event events[EVENTS_MAX]; /* oldest first */
    uint32_t count;
    bool is_signal_due;     /* signal the dialler */
    bool is_decision_due;   /* answer the waiting prompt call ... */
    enum decision decision; /* ... with this */
};

struct server {
    /* constant after server_start; so is route.ring */
    struct surface panel;
    const uint32_t *legacy_pixels;  /* read only, and written by the guest at any time */
    char legacy_label[LABEL_BYTES]; /* ASCII; what has no room is cut */

    /* what is seen */
    enum view view;
    enum view base;  /* LEGACY, HOME, KEYPAD or CARDS: where the others go back to */
    uint32_t damage; /* enum damage */
    enum word hint; /* why the last press did nothing, where the page has a place for it; or NONE */
    uint32_t card;
    int32_t below; /* the y below number and band, as painted */

    /* the yes button, and all that cost nothing */
    enum yes yes;
    struct confirm confirm;
    struct confirm no; /* of all buttons that cost nothing: only whether they are armed */
    bool was_no_armed; /* ... when the finger came that is being looked at */
    int32_t filled;    /* pixels of the yes button that a hold has filled, as painted */

    struct prompt prompt;
    struct call call;
    struct result result;
    struct keypad keypad;
    struct home home;
    struct outbox outbox;

    /* input */
    struct route route;
    uint64_t user_busy_until_us;
    uint64_t legacy_touched_us[RAIN_TOUCHES]; /* when fingers came down in Linux' view, the oldest
                                                 first */
    int32_t legacy_x, legacy_y;               /* where the last one of them was last */

    /* time */
    uint64_t now_us;
    uint64_t view_until_us; /* the view ends by itself then */
    uint64_t beat_us;       /* when what moves by itself is drawn next */
    uint32_t seconds_shown;
};

/* ---- messages and time (server.c) ------------------------------------------------------------ */

struct server_message {
    abi_word badge;
    const abi_word *words;
    uint32_t count;
};

/* The constant part is filled in, the rest is zero. */
void server_start(struct server *s, uint64_t now_us);
/* Call first thing with the present time, before any message is handled. */
void server_tick(struct server *s, uint64_t now_us);
/* A prompt that is answered DISPLAY_OK waits until is_decision_due, DISPLAY_TAKE_EVENT for
 * server_take_event. */
enum display_answer server_handle(struct server *s, struct server_message m);
struct prompt_decision server_decision(const struct server *s);
struct event_notice server_take_event(struct server *s);
/* Every byte of the picture is in scan-out memory since `now_us`. */
void server_painted(struct server *s, uint64_t now_us);
/* When server_tick wants to be called next; CONFIRM_NEVER: no need. */
uint64_t server_wake_us(const struct server *s);

/* ---- input (act.c) --------------------------------------------------------------------------- */

extern const uint8_t pad_symbols[PAD_SYMBOLS];
/* A finger that stays on the keypad's 0 means +. */
void act_tick(struct server *s);
uint64_t act_wake_us(const struct server *s);
void act_clear_keypad(struct server *s);
enum display_answer act_input(struct server *s, const struct input_report *report);

/* ---- views (view.c) -------------------------------------------------------------------------- */

void view_enter(struct server *s, enum view view);
/* A transient view is over: back to the call screen or the base. */
void view_leave(struct server *s);
/* About `ended`. */
void view_show_result(struct server *s, enum word result);
/* The user wants the trusted home or the call screen: whatever is asked is refused. */
void view_interrupt(struct server *s, enum view view);
/* The call has changed under its screen, and perhaps under a finger on it. */
void view_refresh_call(struct server *s);
/* The keypad's number or price has changed: whatever was armed is void. */
void view_rearm_keypad(struct server *s);
/* Says why nothing happened, or, with NONE, nothing any more. */
void view_hint(struct server *s, enum word hint);
/* Every confirm event goes through the first or ends in the second, which carries an answer out. */
void view_confirm(struct server *s, enum confirm_event event);
void view_settle(struct server *s);
/* For the dialler. When the queue is full the new event is dropped: sixteen unfetched events mean a
 * dead dialler. */
void view_tell(struct server *s, enum display_event kind, uint32_t value,
               const struct number *number);

/* ---- what the screens show (screen.c) -------------------------------------------------------- */

bool call_is_up(const struct server *s);
bool emergency_is_up(const struct server *s);
bool emergency_is_shown(const struct server *s); /* the page is red */
bool ringing_is_up(const struct server *s);      /* the first call or a second one */
bool ringing_is_shown(const struct server *s);   /* the page asks whether to answer */
uint32_t digits_of(const struct number *n);
uint32_t call_seconds(const struct server *s);
uint32_t countdown_seconds(const struct server *s);
const struct subject *screen_subject(const struct server *s);
uint32_t screen_facts(const struct server *s); /* bits of enum item_fact */
bool screen_has(const struct server *s, const struct item *item, uint32_t facts);
enum word screen_word(const struct server *s, const struct item *item);
struct text screen_filling(const struct server *s, enum item_filling with);
struct rect screen_tone_key(const struct server *s,
                            uint32_t index); /* in the order of the keypad */
