/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * A button that must not be pressed unawares: when it may be pressed, and when it has been. Used
 * for every button that says yes, and for those that say no, which want less.
 */
#pragma once

#include <stdbool.h>
#include <stdint.h>

enum confirm_state {
    CONFIRM_IDLE,     /* there is no such button */
    CONFIRM_SHOWN,    /* drawn, but not yet visible */
    CONFIRM_SETTLING, /* visible; waiting for quiet */
    CONFIRM_ARMED,
    CONFIRM_PRESSED, /* a finger went down inside; letting go inside says yes */
    CONFIRM_HOLDING, /* a finger went down inside; staying there long enough says yes */
    CONFIRM_YES,
    CONFIRM_NO,
    CONFIRM_LATE, /* nobody answered in time */
    CONFIRM_GONE, /* withdrawn by who asked */
    CONFIRM_STATES
};

enum confirm_event {
    CONFIRM_SHOW,    /* a new question: whatever was before is void */
    CONFIRM_VISIBLE, /* the complete picture has been scanned out */
    CONFIRM_QUIET, /* no input for long enough, and all keys and fingers up where that is asked for
                    */
    CONFIRM_DOWN,  /* a finger went down inside a button that wants a press */
    CONFIRM_DOWN_HOLD, /* ... that wants a hold */
    CONFIRM_DOWN_ONLY, /* ... that wants no more than this */
    CONFIRM_UP,        /* that finger left the glass inside the button */
    CONFIRM_OFF,       /* that finger slid out of the button */
    CONFIRM_INPUT,     /* any other key or finger went down */
    CONFIRM_RELEASE,   /* any other key or finger went up */
    CONFIRM_HELD,      /* the hold has lasted */
    CONFIRM_REFUSE,    /* refuse button, Esc, red key, attention, guest reset */
    CONFIRM_TIMEOUT,
    CONFIRM_WITHDRAW,
    CONFIRM_EVENTS
};

enum confirm_act { CONFIRM_ON_RELEASE, CONFIRM_ON_PRESS, CONFIRM_ON_HOLD };

struct confirm_rules {
    uint32_t quiet_us; /* how long the picture must have stood without input */
    bool needs_all_up; /* ... with every key and finger up: one that is stuck keeps the button from
                          arming */
    enum confirm_act acts;
    uint32_t hold_us;    /* of a hold */
    uint32_t timeout_us; /* 0: none */
};

enum {
    CONFIRM_FRAMES_US = 33334, /* two frames of 1/60 s: then the last pixel has been scanned */
    CONFIRM_QUIET_US = 700000,
    CONFIRM_QUIET_SHORT_US = 300000, /* of what costs nothing, or saves a life */
    CONFIRM_HOLD_US = 1500000,
    CONFIRM_HOLD_EMERGENCY_US = 1000000,
    CONFIRM_TIMEOUT_US = 60000000,
};
#define CONFIRM_NEVER UINT64_MAX

struct confirm {
    enum confirm_state state;
    bool has_changed; /* since somebody cleared this */
    struct confirm_rules rules;
    uint64_t visible_us;  /* when the picture will have been seen; NEVER until it is painted */
    uint64_t quiet_us;    /* since when there has been no input */
    uint64_t held_us;     /* since when the button is held */
    uint64_t deadline_us; /* when it times out, or NEVER */
};

extern const enum confirm_state confirm_next[CONFIRM_STATES][CONFIRM_EVENTS]; /* IDLE: no change */
enum confirm_state confirm_after(enum confirm_state state, enum confirm_event event);

void confirm_show(struct confirm *c, struct confirm_rules rules, uint64_t now_us);
void confirm_clear(struct confirm *c);
/* Every byte of the picture is in scan-out memory since `now_us`. */
void confirm_painted(struct confirm *c, uint64_t now_us);
void confirm_step(struct confirm *c, enum confirm_event event, uint64_t now_us);
/* A finger went down inside the button. False: it came too early, and starts the count again. */
bool confirm_press(struct confirm *c, uint64_t now_us);
enum confirm_fingers { CONFIRM_ALL_UP, CONFIRM_SOME_DOWN };
void confirm_tick(struct confirm *c, enum confirm_fingers fingers, uint64_t now_us);
/* When confirm_tick has something to do next. */
uint64_t confirm_wake_us(const struct confirm *c, enum confirm_fingers fingers);

bool confirm_is_open(enum confirm_state state); /* a question without an answer */
bool confirm_is_solid(const struct confirm *c); /* to be drawn filled, not as an outline */
uint32_t confirm_held_for_us(const struct confirm *c, uint64_t now_us);
