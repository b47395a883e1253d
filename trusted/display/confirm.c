/* SPDX-License-Identifier: BSD-2-Clause */
/*
 *   IDLE or an answer -- show --> SHOWN -- visible --> SETTLING -- quiet --> ARMED
 *
 *   ARMED -- down, wants a press ------> PRESSED -- up inside -----> YES
 *         -- down, wants a hold -------> HOLDING -- held ----------> YES
 *         -- down, wants no more ----------------------------------> YES
 *
 *   PRESSED, HOLDING -- off --> ARMED             HOLDING -- up inside --> ARMED
 *   ARMED, PRESSED, HOLDING -- any other key or finger --> SETTLING, and the count starts anew
 *
 *   SHOWN to HOLDING -- refuse --> NO             SHOWN to HOLDING -- withdrawn --> GONE
 *   SHOWN to ARMED   -- time-out --> LATE         anything else changes nothing
 *
 * Invariants:
 *  1. YES is reached only from PRESSED and HOLDING, or by a press from ARMED; these two only from
 *     ARMED, and that only from a picture that has been visible for the whole quiet time.
 *  2. An answer stays until the next question: no event turns NO into YES.
 *  3. A new question leaves nothing of the one before: neither arming nor a press.
 *  4. A finger that presses or holds in time is not cut off by the deadline; once it is off, the
 *     deadline counts.
 */
#include "confirm.h"

/* In the order of the picture. What is not named stays where it is: see confirm_after. */
const enum confirm_state confirm_next[CONFIRM_STATES][CONFIRM_EVENTS] = {
    [CONFIRM_IDLE][CONFIRM_SHOW] = CONFIRM_SHOWN,
    [CONFIRM_SETTLING][CONFIRM_SHOW] = CONFIRM_SHOWN,
    [CONFIRM_ARMED][CONFIRM_SHOW] = CONFIRM_SHOWN,
    [CONFIRM_PRESSED][CONFIRM_SHOW] = CONFIRM_SHOWN,
    [CONFIRM_HOLDING][CONFIRM_SHOW] = CONFIRM_SHOWN,
    [CONFIRM_YES][CONFIRM_SHOW] = CONFIRM_SHOWN,
    [CONFIRM_NO][CONFIRM_SHOW] = CONFIRM_SHOWN,
    [CONFIRM_LATE][CONFIRM_SHOW] = CONFIRM_SHOWN,
    [CONFIRM_GONE][CONFIRM_SHOW] = CONFIRM_SHOWN,
    [CONFIRM_SHOWN][CONFIRM_VISIBLE] = CONFIRM_SETTLING,
    [CONFIRM_SETTLING][CONFIRM_QUIET] = CONFIRM_ARMED,

    [CONFIRM_ARMED][CONFIRM_DOWN] = CONFIRM_PRESSED,
    [CONFIRM_PRESSED][CONFIRM_UP] = CONFIRM_YES,
    [CONFIRM_ARMED][CONFIRM_DOWN_HOLD] = CONFIRM_HOLDING,
    [CONFIRM_HOLDING][CONFIRM_HELD] = CONFIRM_YES,
    [CONFIRM_ARMED][CONFIRM_DOWN_ONLY] = CONFIRM_YES,

    [CONFIRM_PRESSED][CONFIRM_OFF] = CONFIRM_ARMED,
    [CONFIRM_HOLDING][CONFIRM_OFF] = CONFIRM_ARMED,
    [CONFIRM_HOLDING][CONFIRM_UP] = CONFIRM_ARMED,
    [CONFIRM_ARMED][CONFIRM_INPUT] = CONFIRM_SETTLING,
    [CONFIRM_PRESSED][CONFIRM_INPUT] = CONFIRM_SETTLING,
    [CONFIRM_HOLDING][CONFIRM_INPUT] = CONFIRM_SETTLING,

    [CONFIRM_SHOWN][CONFIRM_REFUSE] = CONFIRM_NO,
    [CONFIRM_SETTLING][CONFIRM_REFUSE] = CONFIRM_NO,
    [CONFIRM_ARMED][CONFIRM_REFUSE] = CONFIRM_NO,
    [CONFIRM_PRESSED][CONFIRM_REFUSE] = CONFIRM_NO,
    [CONFIRM_HOLDING][CONFIRM_REFUSE] = CONFIRM_NO,
    [CONFIRM_SHOWN][CONFIRM_WITHDRAW] = CONFIRM_GONE,
    [CONFIRM_SETTLING][CONFIRM_WITHDRAW] = CONFIRM_GONE,
    [CONFIRM_ARMED][CONFIRM_WITHDRAW] = CONFIRM_GONE,
    [CONFIRM_PRESSED][CONFIRM_WITHDRAW] = CONFIRM_GONE,
    [CONFIRM_HOLDING][CONFIRM_WITHDRAW] = CONFIRM_GONE,
    [CONFIRM_SHOWN][CONFIRM_TIMEOUT] = CONFIRM_LATE,
    [CONFIRM_SETTLING][CONFIRM_TIMEOUT] = CONFIRM_LATE,
    [CONFIRM_ARMED][CONFIRM_TIMEOUT] = CONFIRM_LATE,
};

/* No event leads back to IDLE, so that 0 in the table can mean "nothing happens". */
_Static_assert(CONFIRM_IDLE == 0, "the default of a sparse table");
/* is_counted_as_input, confirm_is_open and has_deadline are ranges. */
_Static_assert(CONFIRM_DOWN < CONFIRM_INPUT && CONFIRM_RELEASE == CONFIRM_INPUT + 1, "input");
_Static_assert(CONFIRM_HOLDING == CONFIRM_PRESSED + 1 && CONFIRM_YES == CONFIRM_HOLDING + 1,
               "open");

enum confirm_state confirm_after(enum confirm_state state, enum confirm_event event)
{
    enum confirm_state next = confirm_next[state][event];

    return next != CONFIRM_IDLE ? next : state;
}

void confirm_show(struct confirm *c, struct confirm_rules rules, uint64_t now_us)
{
    c->rules = rules;
    c->visible_us = CONFIRM_NEVER;
    c->held_us = 0;
    c->deadline_us = rules.timeout_us == 0 ? CONFIRM_NEVER : now_us + rules.timeout_us;
    confirm_step(c, CONFIRM_SHOW, now_us);
}

void confirm_clear(struct confirm *c)
{
    *c = (struct confirm){ .state = CONFIRM_IDLE,
                           .visible_us = CONFIRM_NEVER,
                           .deadline_us = CONFIRM_NEVER };
}

void confirm_painted(struct confirm *c, uint64_t now_us)
{
    if (c->state == CONFIRM_SHOWN && c->visible_us == CONFIRM_NEVER) {
        c->visible_us = now_us + CONFIRM_FRAMES_US;
    }
}

static bool is_counted_as_input(enum confirm_event event)
{
    return event == CONFIRM_VISIBLE || (event >= CONFIRM_DOWN && event <= CONFIRM_RELEASE);
}

void confirm_step(struct confirm *c, enum confirm_event event, uint64_t now_us)
{
    enum confirm_state before = c->state;

    c->state = confirm_after(before, event);
    c->has_changed |= c->state != before;
    if (is_counted_as_input(event)) {
        c->quiet_us = now_us;
    }
    if (c->state == CONFIRM_HOLDING && before != CONFIRM_HOLDING) {
        c->held_us = now_us;
    }
}

bool confirm_press(struct confirm *c, uint64_t now_us)
{
    static const enum confirm_event down[] = {
        [CONFIRM_ON_RELEASE] = CONFIRM_DOWN,
        [CONFIRM_ON_PRESS] = CONFIRM_DOWN_ONLY,
        [CONFIRM_ON_HOLD] = CONFIRM_DOWN_HOLD,
    };
    bool is_early = c->state == CONFIRM_SHOWN || c->state == CONFIRM_SETTLING;

    confirm_step(c, down[c->rules.acts], now_us);
    return !is_early;
}

bool confirm_is_open(enum confirm_state state)
{
    return state >= CONFIRM_SHOWN && state <= CONFIRM_HOLDING;
}

bool confirm_is_solid(const struct confirm *c)
{
    return c->state >= CONFIRM_ARMED && c->state <= CONFIRM_YES;
}

uint32_t confirm_held_for_us(const struct confirm *c, uint64_t now_us)
{
    if (c->state == CONFIRM_YES) {
        return c->rules.hold_us;
    }
    return c->state == CONFIRM_HOLDING ? (uint32_t)(now_us - c->held_us) : 0;
}

static bool has_deadline(const struct confirm *c)
{
    return c->state >= CONFIRM_SHOWN && c->state <= CONFIRM_ARMED;
}

/* What time alone will bring, other than the time-out. */
static uint64_t next_step_us(const struct confirm *c, enum confirm_fingers fingers)
{
    if (c->state == CONFIRM_SHOWN) {
        return c->visible_us;
    }
    if (c->state == CONFIRM_SETTLING && (fingers == CONFIRM_ALL_UP || !c->rules.needs_all_up)) {
        return c->quiet_us + c->rules.quiet_us;
    }
    return c->state == CONFIRM_HOLDING ? c->held_us + c->rules.hold_us : CONFIRM_NEVER;
}

uint64_t confirm_wake_us(const struct confirm *c, enum confirm_fingers fingers)
{
    uint64_t step_us = next_step_us(c, fingers);

    if (!confirm_is_open(c->state)) {
        return CONFIRM_NEVER;
    }
    return has_deadline(c) && c->deadline_us < step_us ? c->deadline_us : step_us;
}

void confirm_tick(struct confirm *c, enum confirm_fingers fingers, uint64_t now_us)
{
    if (has_deadline(c) && now_us >= c->deadline_us) {
        confirm_step(c, CONFIRM_TIMEOUT, now_us);
    }
    if (confirm_is_open(c->state) && now_us >= next_step_us(c, fingers)) {
        confirm_step(c,
                     c->state == CONFIRM_SHOWN      ? CONFIRM_VISIBLE
                     : c->state == CONFIRM_SETTLING ? CONFIRM_QUIET
                                                    : CONFIRM_HELD,
                     now_us);
    }
}
