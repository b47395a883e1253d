/* SPDX-License-Identifier: BSD-2-Clause */
/*
 *            show          visible            quiet             down inside
 *   IDLE ---------> SHOWN ---------> SETTLING -------> ARMED --------------+----------------+
 *     ^                                 ^  |              ^                | press          | hold
 *     |                                 |  | input:       |                v                v
 *     | every question                  |  | count anew   +--- off -- PRESSED          HOLDING
 *     | starts at SHOWN                 +--+              +--- off, up ----|----------------+
 *     |                                 ^                                  | up inside      | held
 *     |                                 +---- any other key or finger -----+----------------+
 *     |                                                                    v                v
 *     |                                                                   YES <-------------+
 *     +-- SHOWN … HOLDING:  refuse -> NO    time-out -> LATE    withdrawn -> GONE
 *
 * Invariants:
 *  1. YES is reached only from PRESSED and HOLDING, these only from ARMED, and that only from a
 *     picture that has been visible for the whole quiet time.
 *  2. An answer stays until the next question: no event turns NO into YES.
 *  3. A new question leaves nothing of the one before: neither arming nor a press.
 */
#include "confirm.h"

#define ENDS CONFIRM_NO, CONFIRM_LATE, CONFIRM_GONE
#define ANSWERED(s) { CONFIRM_SHOWN, s, s, s, s, s, s, s, s, s, s, s, s }

const enum confirm_state confirm_next[CONFIRM_STATES][CONFIRM_EVENTS] = {
    /* show, visible, quiet; down, down to hold; up, off; input, release; held; refuse, timeout, withdraw */
    [CONFIRM_IDLE] = ANSWERED(CONFIRM_IDLE),
    [CONFIRM_SHOWN] = { CONFIRM_SHOWN, CONFIRM_SETTLING, CONFIRM_SHOWN, CONFIRM_SHOWN, CONFIRM_SHOWN,
        CONFIRM_SHOWN, CONFIRM_SHOWN, CONFIRM_SHOWN, CONFIRM_SHOWN, CONFIRM_SHOWN, ENDS },
    [CONFIRM_SETTLING] = { CONFIRM_SHOWN, CONFIRM_SETTLING, CONFIRM_ARMED, CONFIRM_SETTLING, CONFIRM_SETTLING,
        CONFIRM_SETTLING, CONFIRM_SETTLING, CONFIRM_SETTLING, CONFIRM_SETTLING, CONFIRM_SETTLING, ENDS },
    [CONFIRM_ARMED] = { CONFIRM_SHOWN, CONFIRM_ARMED, CONFIRM_ARMED, CONFIRM_PRESSED, CONFIRM_HOLDING,
        CONFIRM_ARMED, CONFIRM_ARMED, CONFIRM_SETTLING, CONFIRM_ARMED, CONFIRM_ARMED, ENDS },
    [CONFIRM_PRESSED] = { CONFIRM_SHOWN, CONFIRM_PRESSED, CONFIRM_PRESSED, CONFIRM_PRESSED, CONFIRM_PRESSED,
        CONFIRM_YES, CONFIRM_ARMED, CONFIRM_SETTLING, CONFIRM_PRESSED, CONFIRM_PRESSED, ENDS },
    [CONFIRM_HOLDING] = { CONFIRM_SHOWN, CONFIRM_HOLDING, CONFIRM_HOLDING, CONFIRM_HOLDING, CONFIRM_HOLDING,
        CONFIRM_ARMED, CONFIRM_ARMED, CONFIRM_SETTLING, CONFIRM_HOLDING, CONFIRM_YES, ENDS },
    [CONFIRM_YES] = ANSWERED(CONFIRM_YES),
    [CONFIRM_NO] = ANSWERED(CONFIRM_NO),
    [CONFIRM_LATE] = ANSWERED(CONFIRM_LATE),
    [CONFIRM_GONE] = ANSWERED(CONFIRM_GONE),
};

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
    *c = (struct confirm){ .state = CONFIRM_IDLE, .visible_us = CONFIRM_NEVER, .deadline_us = CONFIRM_NEVER };
}

void confirm_painted(struct confirm *c, uint64_t now_us)
{
    if (c->state == CONFIRM_SHOWN && c->visible_us == CONFIRM_NEVER)
        c->visible_us = now_us + CONFIRM_FRAMES_US;
}

static bool is_counted_as_input(enum confirm_event event)
{
    return event == CONFIRM_VISIBLE || (event >= CONFIRM_DOWN && event <= CONFIRM_RELEASE);
}

void confirm_step(struct confirm *c, enum confirm_event event, uint64_t now_us)
{
    enum confirm_state before = c->state;

    c->state = confirm_next[before][event];
    c->has_changed |= c->state != before;
    if (is_counted_as_input(event))
        c->quiet_us = now_us;
    if (c->state == CONFIRM_HOLDING && before != CONFIRM_HOLDING)
        c->held_us = now_us;
}

void confirm_press(struct confirm *c, uint64_t now_us)
{
    confirm_step(c, c->rules.hold_us == 0 ? CONFIRM_DOWN : CONFIRM_DOWN_HOLD, now_us);
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
    if (c->state == CONFIRM_YES)
        return c->rules.hold_us;
    return c->state == CONFIRM_HOLDING ? (uint32_t)(now_us - c->held_us) : 0;
}

/* What time alone will bring, other than the time-out. */
static uint64_t next_step_us(const struct confirm *c, enum confirm_fingers fingers)
{
    if (c->state == CONFIRM_SHOWN)
        return c->visible_us;
    if (c->state == CONFIRM_SETTLING && fingers == CONFIRM_ALL_UP)
        return c->quiet_us + c->rules.quiet_us;
    return c->state == CONFIRM_HOLDING ? c->held_us + c->rules.hold_us : CONFIRM_NEVER;
}

uint64_t confirm_wake_us(const struct confirm *c, enum confirm_fingers fingers)
{
    uint64_t step_us = next_step_us(c, fingers);

    if (!confirm_is_open(c->state))
        return CONFIRM_NEVER;
    return step_us < c->deadline_us ? step_us : c->deadline_us;
}

void confirm_tick(struct confirm *c, enum confirm_fingers fingers, uint64_t now_us)
{
    if (confirm_is_open(c->state) && now_us >= c->deadline_us)
        confirm_step(c, CONFIRM_TIMEOUT, now_us);
    if (confirm_is_open(c->state) && now_us >= next_step_us(c, fingers))
        confirm_step(c, c->state == CONFIRM_SHOWN ? CONFIRM_VISIBLE :
                        c->state == CONFIRM_SETTLING ? CONFIRM_QUIET : CONFIRM_HELD, now_us);
}
