/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * What arms when: each row of the yes table, and the buttons that cost nothing, at its boundaries.
 * The rows are written down a second time here, from the specification and not from the table.
 */
#include "fixture.h"

enum { KEY_A = 30, KEY_1 = 2, KEY_5 = 6, F12 = 88, HOME_KEYS = 3 };
enum { PRESS, RELEASE, HOLD };
enum { LONG = 700 * MILLI, SHORT = 300 * MILLI, NONE_AT_ALL = 0 };

struct row {
    enum yes yes;
    uint32_t quiet_us, act, hold_us;
    bool needs_all_up, has_deadline;
};

static const struct row rows[] = {
    { YES_DIAL, LONG, RELEASE, 0, true, false },
    { YES_DIAL_HOLD, LONG, HOLD, 1500 * MILLI, true, false },
    { YES_DIAL_EMERGENCY, NONE_AT_ALL, PRESS, 0, false, false },
    { YES_CALL, LONG, RELEASE, 0, true, true },
    { YES_CALL_HOLD, LONG, HOLD, 1500 * MILLI, true, true },
    { YES_DIVERT, LONG, HOLD, 1500 * MILLI, true, true },
    { YES_SEND, LONG, HOLD, 1500 * MILLI, true, true },
    { YES_EMERGENCY, SHORT, PRESS, 0, false, true },
    { YES_ANSWER, LONG, RELEASE, 0, true, false },
    { YES_ANSWER_HOLD, LONG, HOLD, 1500 * MILLI, true, false },
    { YES_HANG_UP, SHORT, HOLD, 1000 * MILLI, false, false },
    { YES_RESTART, LONG, HOLD, 1500 * MILLI, true, false },
};
enum { ROWS = sizeof rows / sizeof rows[0] };

_Static_assert(ROWS == YES_KINDS - 3, "every button but NONE, NO and DIAL_LATER");

static void press_and_release(uint32_t code)
{
    press_key(code);
    release_key(code);
}

static void open_keypad(uint32_t category, const uint32_t keys[HOME_KEYS])
{
    press_and_release(F12);
    tap_box(BOX_HOME_KEYPAD);
    for (unsigned i = 0; i < HOME_KEYS; i++) {
        press_and_release(keys[i]);
    }
    tell_price(s.keypad.serial, category, 199,
               category == TARIFF_FIXED ? PRICE_NONE : PRICE_PER_MINUTE);
}

static void open_prompt(uint32_t kind, uint32_t category, const char *number)
{
    const struct request r = { .kind = kind, .category = category, FROM_LINUX, .number = number };

    assert_int_equal(ask(r), DISPLAY_OK);
}

static void open_call(uint32_t state, uint32_t origin, uint32_t category, const char *second)
{
    const struct request r = { .origin = origin,
                               .category = category,
                               .number = category == TARIFF_EMERGENCY ? "112" : "030123456",
                               .second = second };

    assert_int_equal(tell_call_of(state, r), DISPLAY_OK);
}

/* The page with that button has just been drawn. */
static void open_page(enum yes yes)
{
    static const uint32_t plain[HOME_KEYS] = { KEY_5, KEY_5, KEY_5 };
    static const uint32_t rescue[HOME_KEYS] = { KEY_1, KEY_1, KEY_1 + 1 };

    switch ((unsigned)yes) {
    case YES_DIAL:
        open_keypad(TARIFF_FIXED, plain);
        break;
    case YES_DIAL_HOLD:
        open_keypad(TARIFF_PREMIUM_0900, plain);
        break;
    case YES_DIAL_EMERGENCY:
        open_keypad(TARIFF_EMERGENCY, rescue);
        break;
    case YES_CALL:
        open_prompt(PROMPT_CALL, TARIFF_FIXED, "030123456");
        break;
    case YES_CALL_HOLD:
        open_prompt(PROMPT_CALL, TARIFF_PREMIUM_0900, "09005123456");
        break;
    case YES_DIVERT:
        open_prompt(PROMPT_MMI, TARIFF_FIXED, "**21*030123456#");
        break;
    case YES_SEND:
        open_prompt(PROMPT_MMI, TARIFF_UNKNOWN, "*100#");
        break;
    case YES_EMERGENCY:
        open_prompt(PROMPT_EMERGENCY, TARIFF_EMERGENCY, "112");
        break;
    case YES_ANSWER:
        open_call(DIAL_STATE_INCOMING, ORIGIN_NETWORK, TARIFF_UNKNOWN, NULL);
        break;
    case YES_ANSWER_HOLD:
        open_call(DIAL_STATE_ACTIVE, ORIGIN_USER, TARIFF_FIXED, "030123457");
        break;
    case YES_HANG_UP:
        open_call(DIAL_STATE_ACTIVE, ORIGIN_USER, TARIFF_EMERGENCY, NULL);
        break;
    default:
        press_and_release(F12);
        break;
    }
    assert_int_equal(s.yes, yes);
}

static void open_row(const struct row *r)
{
    boot_to_legacy();
    open_page(r->yes);
    while (next_event().kind != EVENT_NONE) {
    }
}

/* The button has said yes since this was asked last. */
static bool has_acted(const struct row *r)
{
    const enum display_event wanted = yes_buttons[r->yes].event;
    bool has = wanted == EVENT_NONE && has_decision(DECISION_CONFIRMED);

    for (struct event e = next_event(); e.kind != EVENT_NONE; e = next_event()) {
        has = has || e.kind == wanted;
    }
    return has;
}

static enum box box_of(const struct row *r)
{
    return yes_buttons[r->yes].box;
}

/* Visible, and the quiet time is over in so many microseconds. */
static void wait_until_armed(const struct row *r, int64_t but)
{
    run((uint64_t)((int64_t)CONFIRM_FRAMES_US + r->quiet_us + but));
}

/* A finger is down on it now: does it do what this button wants? */
static void must_act(const struct row *r)
{
    if (r->act == HOLD) {
        run(r->hold_us - MILLI);
        assert_false(has_acted(r));
        run(MILLI);
    } else if (r->act == RELEASE) {
        run(5 * SECOND);
        assert_false(has_acted(r));
        lift();
    }
    assert_true(has_acted(r));
}

static void a_press_1_ms_too_early_does_nothing(void **state)
{
    (void)state;
    for (const struct row *r = rows; r < rows + ROWS; r++) {
        open_row(r);
        wait_until_armed(r, -MILLI);
        touch_box(box_of(r));
        run(5 * SECOND);
        lift();
        assert_false(has_acted(r));
    }
}

static void a_press_in_time_does_what_it_says(void **state)
{
    (void)state;
    for (unsigned late = 0; late < 2; late++) {
        for (const struct row *r = rows; r < rows + ROWS; r++) {
            open_row(r);
            wait_until_armed(r, late * MILLI);
            touch_box(box_of(r));
            must_act(r);
        }
    }
}

/* A key from before the page: until it has been down for three seconds, where that matters. */
static void a_key_held_from_before_counts_where_it_should(void **state)
{
    (void)state;
    for (const struct row *r = rows; r < rows + ROWS; r++) {
        boot_to_legacy();
        press_key(KEY_A);
        open_page(r->yes);
        wait_until_armed(r, 0);
        touch_box(box_of(r));
        if (r->needs_all_up) {
            run(2 * SECOND);
            lift();
            assert_false(has_acted(r));
            run(2 * SECOND);
            touch_box(box_of(r));
        }
        must_act(r);
    }
}

/* A finger that was down when the page came acts nowhere. It has to be lifted before the count
 * starts, where that is asked for. */
static void a_finger_from_before_presses_nothing(void **state)
{
    (void)state;
    for (const struct row *r = rows; r < rows + ROWS; r++) {
        if (r->yes == YES_RESTART || box_of(r) == BOX_PAD_CALL) {
            continue; /* a touch or a key leads to these pages: their finger is new */
        }
        boot_to_legacy();
        touch_box(box_of(r));
        open_page(r->yes == YES_CALL ? YES_CALL_HOLD : r->yes); /* it has been raining */
        run(5 * SECOND);
        assert_false(has_acted(r));
        lift();
        if (!r->needs_all_up) { /* it armed meanwhile: what is down does not matter to it */
            touch_box(box_of(r));
            must_act(r);
            continue;
        }
        run(r->quiet_us - MILLI);
        touch_box(box_of(r));
        run(5 * SECOND);
        lift();
        assert_false(has_acted(r));
    }
}

static void a_finger_that_slides_off_presses_nothing(void **state)
{
    (void)state;
    for (const struct row *r = rows; r < rows + ROWS; r++) {
        if (r->act == PRESS) {
            continue;
        }
        open_row(r);
        wait_until_armed(r, 0);
        touch_box(box_of(r));
        run(MILLI);
        touch(layout[box_of(r)].x - 2, layout[box_of(r)].y - 2);
        touch_box(box_of(r));
        run(5 * SECOND);
        lift();
        assert_false(has_acted(r));
        touch_box(box_of(r)); /* no more than that: it is still armed */
        must_act(r);
    }
}

static void two_taps_at_once_confirm_nothing(void **state)
{
    (void)state;
    for (const struct row *r = rows; r < rows + ROWS; r++) {
        if (r->quiet_us == NONE_AT_ALL) {
            continue;
        }
        open_row(r);
        for (unsigned i = 0; i < 10; i++) {
            tap_box(box_of(r));
            run(100 * MILLI);
        }
        assert_false(has_acted(r));
    }
}

static void a_press_in_the_last_microsecond_outlives_the_deadline(void **state)
{
    (void)state;
    for (const struct row *r = rows; r < rows + ROWS; r++) {
        for (unsigned late = 0; r->has_deadline && late < 2; late++) {
            open_row(r);
            run(CONFIRM_TIMEOUT_US - 1 + late);
            touch_box(box_of(r));
            if (late == 0) {
                must_act(r);
            } else {
                run(5 * SECOND);
                assert_true(has_decision(DECISION_TIMED_OUT));
            }
        }
    }
}

/* Refuse, Decline and Hang up: 300 ms, and a press. */
static void what_costs_nothing_arms_after_300_ms(void **state)
{
    static const struct {
        enum yes page;
        enum box box;
        enum display_event event; /* NONE: it refuses */
    } buttons[] = {
        { YES_CALL, BOX_REFUSE, EVENT_NONE },
        { YES_CALL_HOLD, BOX_REFUSE, EVENT_NONE },
        { YES_EMERGENCY, BOX_REFUSE, EVENT_NONE },
        { YES_ANSWER, BOX_DECLINE, EVENT_DECLINE },
        { YES_ANSWER_HOLD, BOX_DECLINE, EVENT_DECLINE },
    };

    (void)state;
    for (unsigned i = 0; i < sizeof buttons / sizeof buttons[0]; i++) {
        for (int late = -1; late < 2; late++) {
            bool has;

            boot_to_legacy();
            open_page(buttons[i].page);
            run((uint64_t)(CONFIRM_FRAMES_US + SHORT + late * MILLI));
            touch_box(buttons[i].box);
            has = buttons[i].event == EVENT_NONE ? has_decision(DECISION_REFUSED)
                                                 : next_event().kind == buttons[i].event;
            assert_int_equal(has, late >= 0);
        }
    }
    assert_int_equal(yes_buttons[YES_NO].rules.quiet_us, SHORT);
    assert_int_equal(yes_buttons[YES_NO].rules.acts, CONFIRM_ON_PRESS);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_press_1_ms_too_early_does_nothing),
        cmocka_unit_test(a_press_in_time_does_what_it_says),
        cmocka_unit_test(a_key_held_from_before_counts_where_it_should),
        cmocka_unit_test(a_finger_from_before_presses_nothing),
        cmocka_unit_test(a_finger_that_slides_off_presses_nothing),
        cmocka_unit_test(two_taps_at_once_confirm_nothing),
        cmocka_unit_test(a_press_in_the_last_microsecond_outlives_the_deadline),
        cmocka_unit_test(what_costs_nothing_arms_after_300_ms),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
