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
#include "call.h"
#include "confirm.h"
#include "home.h"
#include "keypad.h"
#include "outbox.h"
#include "prompt.h"
#include "route.h"
#include "text.h"

enum {
    BEAT_US = 50000, /* 20 Hz: copies of the legacy view, a hold's fill */
    RESULT_US = 4000000,
    OFFER_US = 5000000,         /* a result with a button on it needs time to read */
    AFTER_CONFIRM_US = 2000000, /* the prompt waits so long for the call screen */
    ENDED_US = 1000000,         /* an outcome comes that soon after its call's end */
    USER_BUSY_US = 5000000,     /* since the last touch, in a call: no prompt then */
    NEAR = 24,                  /* pixels round a button, for a finger that meant something else */
    LABEL_BYTES = 13,
    CARDS = 3,
};

struct server {
    /* constant after server_start; so is route.ring */
    struct surface panel;
    const uint32_t *legacy_pixels;  /* read only, and written by the guest at any time */
    char legacy_label[LABEL_BYTES]; /* ASCII; what has no room is cut */

    struct prompt prompt;
    struct call call;
    struct result result;
    struct keypad keypad;
    struct home home;
    struct outbox outbox;
    struct route route;

    /* what is seen */
    enum view view;
    enum view base;  /* LEGACY, HOME, KEYPAD or CARDS: where the others go back to */
    uint32_t damage; /* enum damage */
    enum word hint; /* why the last press did nothing, where the page has a place for it; or NONE */
    struct refusal_view untold; /* what no page has had a place for yet; all zero: nothing */
    uint32_t card;
    int32_t below; /* the y below number and band, as painted */

    /* the yes button, and all that cost nothing */
    enum yes yes;
    struct confirm confirm;
    struct confirm no; /* of all buttons that cost nothing: only whether they are armed */
    bool was_no_armed; /* ... when the finger came that is being looked at */
    int32_t filled;    /* pixels of the yes button that a hold has filled, as painted */

    /* time */
    uint64_t now_us;
    uint64_t user_busy_until_us;
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
 * outbox_take. */
enum display_answer server_handle(struct server *s, struct server_message m);
/* Every byte of the picture is in scan-out memory since `now_us`. */
void server_painted(struct server *s, uint64_t now_us);
/* When server_tick wants to be called next; CONFIRM_NEVER: no need. */
uint64_t server_wake_us(const struct server *s);

/* ---- input (act.c) --------------------------------------------------------------------------- */

enum display_answer act_input(struct server *s, const abi_word *words, uint32_t count);

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
/* What the user asked for is not done. Where the page has no place for the reason, the next one has
 * that does, or a page that comes before Linux' picture. */
void view_refuse(struct server *s, const struct refusal_view *why);
/* Every confirm event goes through the first or ends in the second, which carries an answer out. */
void view_confirm(struct server *s, enum confirm_event event);
void view_settle(struct server *s);
/* What comes of a key or a touch on the keypad. */
void view_keypad(struct server *s, enum keypad_change change);

/* ---- what the screens show (screen.c) -------------------------------------------------------- */

bool emergency_is_shown(const struct server *s); /* the page is red */
bool ringing_is_shown(const struct server *s);   /* the page asks whether to answer */
uint32_t countdown_seconds(const struct server *s);
const struct subject *screen_subject(const struct server *s);
uint32_t screen_facts(const struct server *s); /* bits of enum item_fact */
bool screen_has(const struct server *s, const struct item *item, uint32_t facts);
enum word screen_word(const struct server *s, const struct item *item);
struct text screen_filling(const struct server *s, enum item_filling with);
struct rect screen_tone_key(const struct server *s,
                            uint32_t index); /* in the order of the keypad */
