/* SPDX-License-Identifier: BSD-2-Clause */
/* What one step of a yes button may do, for the proof of confirm.c and for its host test. */
#pragma once

#include "confirm.h"

/* Of every button at any time `now_us`; times are below TIME_MAX_US, 146,000 years. */
#define TIME_MAX_US (UINT64_C(1) << 62)

static inline bool confirm_is_sound(const struct confirm *c, uint64_t now_us)
{
    return (unsigned)c->state < CONFIRM_STATES && (unsigned)c->rules.acts <= CONFIRM_ON_HOLD &&
           now_us < TIME_MAX_US && c->quiet_us <= now_us && c->held_us <= now_us;
}

static inline bool confirm_is_answer(enum confirm_state state)
{
    return state >= CONFIRM_YES && state <= CONFIRM_GONE;
}

/* Invariants 1 and 2 of confirm.c: `c` has come out of `b` at `now_us`, by time alone or by `event`
 * that was no show. */
static inline bool confirm_step_is_sound(const struct confirm *b, const struct confirm *c,
                                         bool is_tick, enum confirm_event event, uint64_t now_us)
{
    const bool is_held =
        is_tick && b->state == CONFIRM_HOLDING && now_us - b->held_us >= b->rules.hold_us;
    const bool is_let_go = !is_tick && b->state == CONFIRM_PRESSED && event == CONFIRM_UP;
    const bool is_pressed = !is_tick && b->state == CONFIRM_ARMED && event == CONFIRM_DOWN_ONLY;

    if (c->state == b->state) {
        return true;
    }
    if (confirm_is_answer(b->state)) {
        return false;
    }
    if (c->state == CONFIRM_YES) {
        return is_held || is_let_go || is_pressed;
    }
    if (c->state == CONFIRM_PRESSED || c->state == CONFIRM_HOLDING) {
        return !is_tick && b->state == CONFIRM_ARMED;
    }
    if (c->state == CONFIRM_ARMED && b->state < CONFIRM_ARMED) {
        return is_tick && b->state == CONFIRM_SETTLING && now_us >= b->quiet_us + b->rules.quiet_us;
    }
    return c->state != CONFIRM_SETTLING || c->quiet_us == now_us;
}
