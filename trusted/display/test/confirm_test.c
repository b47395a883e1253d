/* SPDX-License-Identifier: BSD-2-Clause */
/* Every cell of the state table, against rules written down a second time; and the times. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#include <cmocka.h>

#include "confirm.h"
#include "proof/confirm_sound.h"

static enum confirm_state expected(enum confirm_state state, enum confirm_event event)
{
    bool is_open = state >= CONFIRM_SHOWN && state <= CONFIRM_HOLDING;
    bool is_pressing = state == CONFIRM_PRESSED || state == CONFIRM_HOLDING;

    if (event == CONFIRM_SHOW) {
        return CONFIRM_SHOWN;
    }
    if (!is_open) {
        return state;
    }
    if (event == CONFIRM_REFUSE) {
        return CONFIRM_NO;
    }
    if (event == CONFIRM_TIMEOUT) {
        return is_pressing ? state : CONFIRM_LATE; /* a finger that came in time is not cut off */
    }
    if (event == CONFIRM_WITHDRAW) {
        return CONFIRM_GONE;
    }
    if (event == CONFIRM_VISIBLE && state == CONFIRM_SHOWN) {
        return CONFIRM_SETTLING;
    }
    if (event == CONFIRM_QUIET && state == CONFIRM_SETTLING) {
        return CONFIRM_ARMED;
    }
    if (event == CONFIRM_DOWN && state == CONFIRM_ARMED) {
        return CONFIRM_PRESSED;
    }
    if (event == CONFIRM_DOWN_HOLD && state == CONFIRM_ARMED) {
        return CONFIRM_HOLDING;
    }
    if (event == CONFIRM_DOWN_ONLY && state == CONFIRM_ARMED) {
        return CONFIRM_YES;
    }
    if (event == CONFIRM_INPUT && (is_pressing || state == CONFIRM_ARMED)) {
        return CONFIRM_SETTLING;
    }
    if (event == CONFIRM_OFF && is_pressing) {
        return CONFIRM_ARMED;
    }
    if (event == CONFIRM_UP && is_pressing) {
        return state == CONFIRM_PRESSED ? CONFIRM_YES : CONFIRM_ARMED;
    }
    if (event == CONFIRM_HELD && state == CONFIRM_HOLDING) {
        return CONFIRM_YES;
    }
    return state;
}

static void every_cell_is_as_the_rules_say(void **state)
{
    (void)state;
    for (unsigned i = 0; i < CONFIRM_STATES; i++) {
        for (unsigned j = 0; j < CONFIRM_EVENTS; j++) {
            assert_int_equal(confirm_after((enum confirm_state)i, (enum confirm_event)j),
                             expected((enum confirm_state)i, (enum confirm_event)j));
        }
    }
}

static void yes_comes_only_from_a_press_on_an_armed_button(void **state)
{
    unsigned ways = 0;

    (void)state;
    for (unsigned i = 0; i < CONFIRM_STATES; i++) {
        for (unsigned j = 0; j < CONFIRM_EVENTS; j++) {
            if (confirm_next[i][j] == CONFIRM_YES && i != CONFIRM_YES) {
                ways += (i == CONFIRM_PRESSED && j == CONFIRM_UP) ||
                                (i == CONFIRM_ARMED && j == CONFIRM_DOWN_ONLY) ||
                                (i == CONFIRM_HOLDING && j == CONFIRM_HELD)
                            ? 1
                            : 100;
            }
        }
    }
    assert_int_equal(ways, 3);
}

static struct confirm c;
static const struct confirm_rules press = { CONFIRM_QUIET_US, true, CONFIRM_ON_RELEASE, 0,
                                            CONFIRM_TIMEOUT_US };
static const struct confirm_rules hold = { CONFIRM_QUIET_US, true, CONFIRM_ON_HOLD, CONFIRM_HOLD_US,
                                           CONFIRM_TIMEOUT_US };
static const struct confirm_rules rescue = { CONFIRM_QUIET_SHORT_US, false, CONFIRM_ON_PRESS, 0,
                                             CONFIRM_TIMEOUT_US };
enum { SEEN = CONFIRM_FRAMES_US, ARMED_AT = SEEN + CONFIRM_QUIET_US };

static void show(const struct confirm_rules *rules)
{
    confirm_clear(&c);
    confirm_show(&c, *rules, 0);
    confirm_painted(&c, 0);
}

static void tick(uint64_t us)
{
    confirm_tick(&c, CONFIRM_ALL_UP, us);
}

static void an_unpainted_picture_never_arms(void **state)
{
    (void)state;
    confirm_clear(&c);
    confirm_show(&c, press, 0);
    for (uint64_t us = 0; us < CONFIRM_TIMEOUT_US; us += 100000) {
        tick(us);
        assert_int_equal(c.state, CONFIRM_SHOWN);
    }
}

static void it_arms_two_frames_and_700_ms_after_the_last_pixel(void **state)
{
    (void)state;
    show(&press);
    assert_int_equal(confirm_wake_us(&c, CONFIRM_ALL_UP), SEEN);
    tick(SEEN - 1);
    assert_int_equal(c.state, CONFIRM_SHOWN);
    tick(SEEN);
    assert_int_equal(c.state, CONFIRM_SETTLING);
    assert_int_equal(confirm_wake_us(&c, CONFIRM_ALL_UP), ARMED_AT);
    tick(ARMED_AT - 1);
    assert_false(confirm_is_solid(&c));
    tick(ARMED_AT);
    assert_true(confirm_is_solid(&c));
}

static void input_starts_the_count_again(void **state)
{
    (void)state;
    show(&press);
    tick(SEEN);
    assert_false(confirm_press(&c, ARMED_AT - 1)); /* too early, and says so */
    confirm_step(&c, CONFIRM_RELEASE, ARMED_AT + 100);
    tick(ARMED_AT + 100 + CONFIRM_QUIET_US - 1);
    assert_int_equal(c.state, CONFIRM_SETTLING);
    tick(ARMED_AT + 100 + CONFIRM_QUIET_US);
    assert_int_equal(c.state, CONFIRM_ARMED);
}

static void a_finger_that_stays_down_keeps_it_from_arming(void **state)
{
    (void)state;
    show(&press);
    for (uint64_t us = 0; us < CONFIRM_TIMEOUT_US; us += 100000) {
        confirm_tick(&c, CONFIRM_SOME_DOWN, us);
    }
    assert_int_equal(c.state, CONFIRM_SETTLING);
    assert_int_equal(confirm_wake_us(&c, CONFIRM_SOME_DOWN), CONFIRM_TIMEOUT_US);
}

static void a_hold_takes_its_time(void **state)
{
    (void)state;
    show(&hold);
    tick(SEEN);
    tick(ARMED_AT);
    confirm_press(&c, ARMED_AT + 5);
    assert_int_equal(confirm_wake_us(&c, CONFIRM_SOME_DOWN), ARMED_AT + 5 + CONFIRM_HOLD_US);
    confirm_tick(&c, CONFIRM_SOME_DOWN, ARMED_AT + 5 + CONFIRM_HOLD_US - 1);
    assert_int_equal(c.state, CONFIRM_HOLDING);
    assert_int_equal(confirm_held_for_us(&c, ARMED_AT + 5 + 1000), 1000);
    confirm_step(&c, CONFIRM_UP, ARMED_AT + CONFIRM_HOLD_US);
    assert_int_equal(c.state, CONFIRM_ARMED);
    confirm_press(&c, ARMED_AT + CONFIRM_HOLD_US);
    confirm_tick(&c, CONFIRM_SOME_DOWN, ARMED_AT + 2 * CONFIRM_HOLD_US - 1);
    assert_int_equal(c.state, CONFIRM_HOLDING); /* the second hold starts at nothing */
    confirm_tick(&c, CONFIRM_SOME_DOWN, ARMED_AT + 2 * CONFIRM_HOLD_US);
    assert_int_equal(c.state, CONFIRM_YES);
    assert_int_equal(confirm_wake_us(&c, CONFIRM_ALL_UP), CONFIRM_NEVER);
}

static void nobody_answers_in_sixty_seconds(void **state)
{
    (void)state;
    show(&hold);
    tick(SEEN);
    tick(CONFIRM_TIMEOUT_US - 1);
    assert_int_equal(c.state, CONFIRM_ARMED);
    tick(CONFIRM_TIMEOUT_US);
    assert_int_equal(c.state, CONFIRM_LATE);
}

static void a_finger_that_came_in_time_outlives_the_deadline(void **state)
{
    const uint64_t last = CONFIRM_TIMEOUT_US - 1;

    (void)state;
    show(&hold);
    tick(SEEN);
    tick(ARMED_AT);
    assert_true(confirm_press(&c, last));
    assert_int_equal(confirm_wake_us(&c, CONFIRM_SOME_DOWN), last + CONFIRM_HOLD_US);
    tick(last + CONFIRM_HOLD_US - 1);
    assert_int_equal(c.state, CONFIRM_HOLDING);
    tick(last + CONFIRM_HOLD_US);
    assert_int_equal(c.state, CONFIRM_YES);
    show(&hold);
    tick(SEEN);
    tick(ARMED_AT);
    confirm_press(&c, last);
    confirm_step(&c, CONFIRM_OFF, last + 1000); /* it let go: nobody has answered in time */
    tick(last + 1000);
    assert_int_equal(c.state, CONFIRM_LATE);
    show(&press);
    tick(SEEN);
    tick(ARMED_AT);
    confirm_press(&c, last);
    tick(last + 1000);
    confirm_step(&c, CONFIRM_UP, last + 1000);
    assert_int_equal(c.state, CONFIRM_YES);
}

/* A stuck key, or a finger that is left where it was, keeps nobody from the rescuers. */
static void what_is_down_matters_only_where_it_is_asked_for(void **state)
{
    (void)state;
    show(&rescue);
    confirm_tick(&c, CONFIRM_SOME_DOWN, SEEN);
    assert_int_equal(confirm_wake_us(&c, CONFIRM_SOME_DOWN), SEEN + CONFIRM_QUIET_SHORT_US);
    confirm_tick(&c, CONFIRM_SOME_DOWN, SEEN + CONFIRM_QUIET_SHORT_US - 1);
    assert_false(confirm_press(&c, SEEN + CONFIRM_QUIET_SHORT_US - 1));
    confirm_tick(&c, CONFIRM_SOME_DOWN, SEEN + 2 * CONFIRM_QUIET_SHORT_US - 1);
    assert_int_equal(c.state, CONFIRM_ARMED);
    assert_true(confirm_press(&c, SEEN + 2 * CONFIRM_QUIET_SHORT_US));
    assert_int_equal(c.state, CONFIRM_YES);
}

/* What the proof shows of one step, on the way of buttons that begin with a question. */
static void any_way_keeps_to_the_invariants(void **state)
{
    static const struct confirm_rules *const rules[] = { &press, &hold, &rescue };
    uint64_t seed = 7, now_us = 0;
    unsigned yes = 0;

    (void)state;
    show(rules[0]);
    for (unsigned round = 0; round < 300000; round++) {
        const struct confirm before = c;
        enum confirm_event event;

        seed = seed * 6364136223846793005u + 1442695040888963407u;
        event = CONFIRM_DOWN + (seed >> 60) % (CONFIRM_RELEASE - CONFIRM_DOWN + 1);
        now_us += (seed >> 40) % CONFIRM_HOLD_US;
        if (confirm_is_answer(c.state)) {
            confirm_show(&c, *rules[round % 3], now_us);
            confirm_painted(&c, now_us);
            continue;
        }
        if (seed >> 63 == 0) {
            confirm_tick(&c, CONFIRM_ALL_UP, now_us);
        } else {
            confirm_step(&c, event, now_us);
        }
        assert_true(confirm_is_sound(&c, now_us));
        assert_true(confirm_step_is_sound(&before, &c, seed >> 63 == 0, event, now_us));
        yes += c.state == CONFIRM_YES;
    }
    assert_true(yes > 1000);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(any_way_keeps_to_the_invariants),
        cmocka_unit_test(every_cell_is_as_the_rules_say),
        cmocka_unit_test(yes_comes_only_from_a_press_on_an_armed_button),
        cmocka_unit_test(an_unpainted_picture_never_arms),
        cmocka_unit_test(it_arms_two_frames_and_700_ms_after_the_last_pixel),
        cmocka_unit_test(input_starts_the_count_again),
        cmocka_unit_test(a_finger_that_stays_down_keeps_it_from_arming),
        cmocka_unit_test(a_hold_takes_its_time),
        cmocka_unit_test(nobody_answers_in_sixty_seconds),
        cmocka_unit_test(a_finger_that_came_in_time_outlives_the_deadline),
        cmocka_unit_test(what_is_down_matters_only_where_it_is_asked_for),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
