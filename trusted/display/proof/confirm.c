/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * One step from any sound button, by any public function, to what confirm_sound.h says; with
 *  C1 YES comes after a press on, or a hold of, an armed button, or by the press that is enough.
 *  C2 A button is armed by time alone, from a picture that was seen whole and then stood for the
 *     quiet time; with needs_all_up only while every finger is up.
 *  C3 An answer stays until the next question, which leaves nothing of it.
 *  C4 A finger that presses or holds is not cut off by the deadline.
 *  C5 confirm_wake_us never sleeps past what confirm_tick would do.
 */
#include "confirm.h"
#include "confirm_sound.h"
#include "proof.h"

struct confirm nondet_confirm(void);
struct confirm_rules nondet_rules(void);

static enum confirm_fingers any_fingers(void)
{
    return nondet_bool() ? CONFIRM_ALL_UP : CONFIRM_SOME_DOWN;
}

/* What keys and fingers bring; the others come from confirm_tick and confirm_show only. */
static enum confirm_event any_event(void)
{
    const uint32_t event = any_below(CONFIRM_EVENTS);

    ASSUME(event != CONFIRM_SHOW && event != CONFIRM_VISIBLE && event != CONFIRM_QUIET &&
           event != CONFIRM_HELD && event != CONFIRM_TIMEOUT);
    return (enum confirm_event)event;
}

static void check_event(struct confirm c, uint64_t now_us)
{
    const struct confirm before = c;
    const enum confirm_event event = any_event();

    confirm_step(&c, event, now_us);
    assert(confirm_is_sound(&c, now_us));
    assert(confirm_step_is_sound(&before, &c, false, event, now_us));
    assert(c.visible_us == before.visible_us && c.deadline_us == before.deadline_us);
    REACHED(c.state == CONFIRM_YES && before.state == CONFIRM_ARMED);
    REACHED(c.state == CONFIRM_YES && before.state == CONFIRM_PRESSED);
}

static void check_press(struct confirm c, uint64_t now_us)
{
    const struct confirm before = c;
    const bool is_taken = confirm_press(&c, now_us);

    assert(confirm_is_sound(&c, now_us));
    assert(c.state == before.state || before.state == CONFIRM_ARMED);
    assert(c.state != CONFIRM_YES || before.state == CONFIRM_YES ||
           before.rules.acts == CONFIRM_ON_PRESS);
    assert(c.state != CONFIRM_HOLDING || before.state == CONFIRM_HOLDING ||
           (before.rules.acts == CONFIRM_ON_HOLD && c.held_us == now_us));
    assert(is_taken || c.quiet_us == now_us);
    REACHED(c.state == CONFIRM_HOLDING && before.state == CONFIRM_ARMED);
    REACHED(!is_taken);
}

static void check_tick(struct confirm c, uint64_t now_us)
{
    const struct confirm before = c;
    const enum confirm_fingers fingers = any_fingers();
    const uint64_t wake_us = confirm_wake_us(&c, fingers);

    confirm_tick(&c, fingers, now_us);
    assert(confirm_is_sound(&c, now_us));
    assert(confirm_step_is_sound(&before, &c, true, CONFIRM_EVENTS, now_us));
    assert(c.state == before.state || wake_us <= now_us);
    if (c.state == CONFIRM_ARMED && before.state != CONFIRM_ARMED) {
        assert(fingers == CONFIRM_ALL_UP || !before.rules.needs_all_up);
        REACHED(fingers == CONFIRM_SOME_DOWN);
    }
    if (c.state == CONFIRM_SETTLING && before.state == CONFIRM_SHOWN) {
        assert(before.visible_us <= now_us && before.visible_us != CONFIRM_NEVER);
        REACHED(true);
    }
    if (c.state == CONFIRM_LATE && before.state != CONFIRM_LATE) {
        assert(before.state != CONFIRM_PRESSED && before.state != CONFIRM_HOLDING);
        assert(before.deadline_us <= now_us);
        REACHED(before.state == CONFIRM_ARMED);
    }
    REACHED(c.state == CONFIRM_YES && before.state == CONFIRM_HOLDING);
}

static void check_show(struct confirm c, uint64_t now_us)
{
    confirm_show(&c, nondet_rules(), now_us);
    assert(c.state == CONFIRM_SHOWN && c.visible_us == CONFIRM_NEVER && c.held_us == 0);
    confirm_painted(&c, now_us);
    assert(c.state == CONFIRM_SHOWN && c.visible_us == now_us + CONFIRM_FRAMES_US);
    REACHED(c.deadline_us == CONFIRM_NEVER);
}

int main(void)
{
    const struct confirm c = nondet_confirm();
    const uint64_t then_us = nondet_u64(), now_us = nondet_u64();

    ASSUME(confirm_is_sound(&c, then_us) && then_us <= now_us && now_us < TIME_MAX_US);
    switch (any_below(4)) {
    case 0:
        check_event(c, now_us);
        break;
    case 1:
        check_press(c, now_us);
        break;
    case 2:
        check_tick(c, now_us);
        break;
    default:
        check_show(c, now_us);
        break;
    }
    return 0;
}
