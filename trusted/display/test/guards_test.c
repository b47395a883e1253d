/* SPDX-License-Identifier: BSD-2-Clause */
/* One case for each check that no ordinary day reaches: each fails when its check is taken out. */
#include "fixture.h"

enum { ARM = CONFIRM_FRAMES_US + CONFIRM_QUIET_US, RED_KEY = 107, F12 = 88, KEY_A = 30, KEY_5 = 6, BACKSPACE = 14 };

static int start(void **state)
{
    (void)state;
    boot_to_legacy();
    return 0;
}

static int start_at_keypad(void **state)
{
    start(state);
    press_key(F12);
    release_key(F12);
    tap_box(BOX_HOME_KEYPAD);
    assert_int_equal(s.view, VIEW_KEYPAD);
    return 0;
}

static void type_key(uint32_t code)
{
    press_key(code);
    release_key(code);
}

static unsigned events_of(enum display_event kind)
{
    unsigned count = 0;

    for (struct event e = next_event(); e.kind != EVENT_NONE; e = next_event())
        count += e.kind == kind;
    return count;
}

/* --- keys ----------------------------------------------------------------------------------------- */

static void the_red_key_hangs_up_what_needs_no_hold(void **state)
{
    (void)state;
    tell_call(DIAL_STATE_ACTIVE, ORIGIN_LEGACY, TARIFF_FIXED, "030123456");
    type_key(RED_KEY);
    assert_int_equal(events_of(EVENT_HANG_UP), 1);
    tell_call(DIAL_STATE_NONE, ORIGIN_LEGACY, TARIFF_FIXED, "");
    run(3 * SECOND);
    tell_call(DIAL_STATE_ACTIVE, ORIGIN_USER, TARIFF_EMERGENCY, "112");
    type_key(RED_KEY);
    assert_int_equal(events_of(EVENT_HANG_UP), 0);
}

static void only_digits_on_the_keypad_are_typed(void **state)
{
    (void)state;
    type_key(KEY_A);
    assert_int_equal(s.keypad.number.length, 0);
    type_key(KEY_5);
    type_key(KEY_5);
    type_key(BACKSPACE);
    assert_int_equal(s.keypad.number.length, 1);
    press_key(F12);
    release_key(F12);
    assert_int_equal(s.view, VIEW_HOME);
    type_key(KEY_A);
    assert_int_equal(s.view, VIEW_HOME);
    type_key(KEY_5); /* a number that is begun here goes on on the keypad */
    assert_int_equal(s.view, VIEW_KEYPAD);
    assert_int_equal(s.keypad.number.length, 2);
}

static void an_empty_number_has_no_price_to_ask_for(void **state)
{
    (void)state;
    type_key(KEY_5);
    assert_int_equal(events_of(EVENT_TYPED), 1);
    type_key(BACKSPACE);
    assert_int_equal(events_of(EVENT_TYPED), 0);
}

static void a_digit_too_many_changes_nothing(void **state)
{
    uint32_t serial;

    (void)state;
    for (unsigned i = 0; i < NUMBER_DIAL_MAX; i++)
        type_key(KEY_5);
    serial = s.keypad_serial;
    type_key(KEY_5);
    assert_int_equal(s.keypad.number.length, NUMBER_DIAL_MAX);
    assert_int_equal(s.keypad_serial, serial);
}

/* --- touches -------------------------------------------------------------------------------------- */

static void a_finger_that_moves_inside_the_button_goes_on_holding(void **state)
{
    (void)state;
    ask(PREMIUM_CALL);
    run(ARM);
    touch_box(BOX_CONFIRM);
    run(CONFIRM_HOLD_US / 2);
    touch(layout[BOX_CONFIRM].x + 1, layout[BOX_CONFIRM].y + 1);
    assert_int_equal(s.confirm.state, CONFIRM_HOLDING);
    run(CONFIRM_HOLD_US / 2);
    assert_true(has_decision(DECISION_CONFIRMED));
}

static void the_full_button_stays_full(void **state)
{
    (void)state;
    ask(PREMIUM_CALL);
    run(ARM);
    touch_box(BOX_CONFIRM);
    run(CONFIRM_HOLD_US);
    assert_true(has_decision(DECISION_CONFIRMED));
    assert_int_equal(confirm_held_for_us(&s.confirm, now), CONFIRM_HOLD_US);
}

static void a_pointer_without_its_button_touches_nothing(void **state)
{
    (void)state;
    ask(PREMIUM_CALL);
    run(ARM);
    for (int32_t y = 0; y < H; y += 4)
        input(INPUT_MOVE, y == 0 ? W / 2 : 0, 4);
    assert_true(s.is_prompt_waiting && !s.is_decision_due);
    assert_false(s.route.is_finger_down);
}

static void input_that_cannot_be_is_invalid(void **state)
{
    static const struct input_report bad[] = {
        { DISPLAY_INPUT, INPUT_KEY - 1, 0, 0 }, { DISPLAY_INPUT, INPUT_BUTTON + 1, 0, 0 },
        { DISPLAY_INPUT, INPUT_TOUCH, W, 0 }, { DISPLAY_INPUT, INPUT_TOUCH, 0, H },
        { DISPLAY_INPUT, INPUT_TOUCH, UINT32_MAX, 0 },
    };

    (void)state;
    for (unsigned i = 0; i < sizeof bad / sizeof bad[0]; i++)
        assert_int_equal(SEND(DISPLAY_BADGE_INPUT, bad[i]), DISPLAY_INVALID);
    assert_false(s.route.is_finger_down);
}

/* --- the dialler's and root's messages --------------------------------------------------------------- */

static void a_painted_picture_is_not_new_again(void **state)
{
    (void)state;
    ask(PREMIUM_CALL);
    run(CONFIRM_FRAMES_US / 2);
    confirm_painted(&s.confirm, now); /* something beside it was drawn */
    run(ARM - CONFIRM_FRAMES_US / 2);
    assert_int_equal(s.confirm.state, CONFIRM_ARMED);
}

static void a_call_that_begins_takes_no_prompt_away(void **state)
{
    (void)state;
    ask(PREMIUM_CALL);
    tell_call(DIAL_STATE_ACTIVE, ORIGIN_USER, TARIFF_FIXED, "030123456");
    assert_int_equal(s.view, VIEW_PROMPT);
    assert_true(s.is_prompt_waiting && !s.is_decision_due);
}

static void a_call_that_changes_takes_no_view_away(void **state)
{
    (void)state;
    tell_call(DIAL_STATE_DIALLING, ORIGIN_LEGACY, TARIFF_FIXED, "030123456");
    press_key(F12);
    release_key(F12);
    assert_int_equal(s.view, VIEW_HOME);
    tell_call(DIAL_STATE_ACTIVE, ORIGIN_LEGACY, TARIFF_FIXED, "030123456");
    assert_int_equal(s.view, VIEW_HOME);
}

static void an_outcome_covers_nothing_the_user_does(void **state)
{
    (void)state;
    assert_int_equal(tell_outcome(ORIGIN_LEGACY, DIAL_OUTCOME_REFUSED, "030123456"), DISPLAY_OK);
    assert_int_equal(s.view, VIEW_LEGACY);
    assert_int_equal(tell_outcome(ORIGIN_LEGACY, DIAL_OUTCOME_FAILED, "030123456"), DISPLAY_OK);
    assert_int_equal(s.view, VIEW_RESULT);
    run(3 * SECOND);
    tell_call(DIAL_STATE_ACTIVE, ORIGIN_LEGACY, TARIFF_FIXED, "030123456");
    press_key(F12);
    release_key(F12);
    tell_call(DIAL_STATE_NONE, ORIGIN_LEGACY, TARIFF_FIXED, "");
    tell_outcome(ORIGIN_LEGACY, DIAL_OUTCOME_FAILED, "030123456");
    assert_int_equal(s.view, VIEW_HOME);
}

static void what_is_out_of_range_is_invalid(void **state)
{
    struct outcome_view v = { .operation = DISPLAY_OUTCOME, .origin = ORIGIN_LEGACY, .outcome = DIAL_OUTCOME_REFUSED,
                              .about.number.length = NUMBER_SYMBOLS_MAX + 1 };

    (void)state;
    assert_int_equal(tell_outcome(ORIGIN_NETWORK + 1, DIAL_OUTCOME_REFUSED, ""), DISPLAY_INVALID);
    assert_int_equal(tell_outcome(ORIGIN_LEGACY, DIAL_OUTCOMES, ""), DISPLAY_INVALID);
    assert_int_equal(SEND(DISPLAY_BADGE_DIALLER, v), DISPLAY_INVALID);
    assert_int_equal(s.history_count, 0);
    assert_int_equal(tell_price(0, TARIFF_CATEGORIES, 0, PRICE_NONE), DISPLAY_INVALID);
    assert_int_equal(tell_legacy(LEGACY_STOPPED + 1),
                     DISPLAY_INVALID);
}

static void a_linux_that_runs_withdraws_nothing(void **state)
{
    (void)state;
    ask(PREMIUM_CALL);
    tell_legacy(LEGACY_RUNNING);
    assert_true(s.is_prompt_waiting && !s.is_decision_due);
}

#define CASE(name) cmocka_unit_test_setup(name, start)
#define KEYPAD_CASE(name) cmocka_unit_test_setup(name, start_at_keypad)

int main(void)
{
    const struct CMUnitTest tests[] = {
        CASE(the_red_key_hangs_up_what_needs_no_hold),
        KEYPAD_CASE(only_digits_on_the_keypad_are_typed),
        KEYPAD_CASE(an_empty_number_has_no_price_to_ask_for),
        KEYPAD_CASE(a_digit_too_many_changes_nothing),
        CASE(a_finger_that_moves_inside_the_button_goes_on_holding),
        CASE(the_full_button_stays_full),
        CASE(a_pointer_without_its_button_touches_nothing),
        CASE(input_that_cannot_be_is_invalid),
        CASE(a_painted_picture_is_not_new_again),
        CASE(a_call_that_begins_takes_no_prompt_away),
        CASE(a_call_that_changes_takes_no_view_away),
        CASE(an_outcome_covers_nothing_the_user_does),
        CASE(what_is_out_of_range_is_invalid),
        CASE(a_linux_that_runs_withdraws_nothing),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
