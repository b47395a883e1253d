/* SPDX-License-Identifier: BSD-2-Clause */
/* The whole server but its shell: prompts, keypad, calls, routing; and a fuzzer with its own idea
 * of when a "yes" is due. */
#include "fixture.h"

enum {
    ARM = CONFIRM_FRAMES_US + CONFIRM_QUIET_US,
    ESC = 1,
    ENTER = 28,
    SPACE = 57,
    F12 = 88,
    RED_KEY = 107,
    HOMEPAGE = 172,
    KEY_A = 30
};

static int start(void **state)
{
    (void)state;
    boot_to_legacy();
    return 0;
}

static int start_at_prompt(void **state)
{
    start(state);
    assert_int_equal(ask(PREMIUM_CALL), DISPLAY_OK);
    return 0;
}

static bool is_undecided(void)
{
    return s.prompt.is_waiting && !s.outbox.is_decision_due;
}

/* ---- prompt ---------------------------------------------------------------------------------- */

static void a_hold_confirms_and_echoes_what_was_drawn(void **state)
{
    struct number n = number_of("09005123456");
    struct prompt_decision d;

    (void)state;
    run(ARM);
    touch_box(BOX_CONFIRM);
    run(CONFIRM_HOLD_US - 1);
    assert_true(is_undecided());
    run(1);
    assert_true(s.outbox.is_decision_due);
    d = prompt_answer(&s.prompt, s.outbox.decision);
    assert_int_equal(d.decision, DECISION_CONFIRMED);
    assert_int_equal(wide_join(d.epoch), 7);
    assert_memory_equal(&d.number, &n, sizeof n);
    assert_int_equal(s.view, VIEW_PROMPT); /* stays until the call screen */
    s.outbox.is_decision_due = false;
    assert_int_equal(
        tell_call(DIAL_STATE_DIALLING, ORIGIN_LEGACY, TARIFF_PREMIUM_0900, "09005123456"),
        DISPLAY_OK);
    assert_int_equal(s.view, VIEW_CALL);
}

static void a_plain_call_is_pressed_and_released_inside(void **state)
{
    start(state);
    ask(PLAIN_CALL);
    run(ARM);
    touch_box(BOX_CONFIRM);
    run(SECOND * 3);
    assert_true(is_undecided()); /* no hold here */
    lift();
    assert_true(has_decision(DECISION_CONFIRMED));
}

static void sliding_off_only_stops(void **state)
{
    (void)state;
    run(ARM);
    touch_box(BOX_CONFIRM);
    run(SECOND);
    touch(240, 500);
    touch_box(BOX_CONFIRM); /* back inside, but this finger has lost its right */
    run(5 * SECOND);
    assert_true(is_undecided());
    lift();
    touch_box(BOX_CONFIRM);
    run(CONFIRM_HOLD_US);
    assert_true(has_decision(DECISION_CONFIRMED));
}

static void refuse_works_once_it_has_stood(void **state)
{
    (void)state;
    run(NO_ARM - 1);
    touch_box(BOX_REFUSE); /* meant for something else, perhaps */
    assert_true(is_undecided());
    assert_int_equal(s.hint, WORD_LIFT);
    lift();
    assert_int_equal(s.hint, WORD_NONE);
    run(CONFIRM_QUIET_SHORT_US);
    touch_box(BOX_REFUSE);
    assert_true(has_decision(DECISION_REFUSED));
    assert_int_equal(s.view, VIEW_RESULT);
    lift();
    start_at_prompt(state);
    run(NO_ARM);
    touch_box(BOX_REFUSE);
    assert_true(has_decision(DECISION_REFUSED));
    assert_int_equal(s.view, VIEW_RESULT);
    run(RESULT_US);
    assert_int_equal(s.view, VIEW_LEGACY);
}

static void taps_raining_on_the_button_gain_nothing(void **state)
{
    start(state);
    ask(PLAIN_CALL);
    for (unsigned i = 0; i < 80; i++) {
        tap_box(BOX_CONFIRM);
        run(600 * MILLI);
        assert_true(is_undecided());
    }
}

static void a_finger_or_key_from_before_confirms_nothing(void **state)
{
    start(state);
    press_key(ENTER);
    touch_box(BOX_CONFIRM);
    ask(PREMIUM_CALL);
    run(2 * SECOND);
    lift();
    run(ROUTE_STUCK_US - 2 * SECOND - MILLI);
    assert_int_equal(s.confirm.state, CONFIRM_SETTLING); /* the key is still down */
    release_key(ENTER);
    run(CONFIRM_QUIET_US);
    assert_int_equal(s.confirm.state, CONFIRM_ARMED);
    assert_true(is_undecided());
}

static void enter_and_space_never_confirm(void **state)
{
    static const uint32_t codes[] = { ENTER, SPACE, 96 };

    (void)state;
    for (unsigned i = 0; i < 3; i++) {
        run(ARM);
        press_key(codes[i]);
        run(2 * SECOND);
        release_key(codes[i]);
        assert_true(is_undecided());
    }
}

static void these_refuse(void **state)
{
    static const uint32_t codes[] = { ESC, RED_KEY, 0x1be, F12, HOMEPAGE };

    for (unsigned i = 0; i < 5; i++) {
        start_at_prompt(state);
        press_key(codes[i]);
        assert_true(has_decision(DECISION_REFUSED));
    }
    start_at_prompt(state);
    touch(200, 20); /* the bar */
    assert_true(has_decision(DECISION_REFUSED));
    assert_int_equal(s.view, VIEW_HOME);
    start_at_prompt(state);
    run(CONFIRM_TIMEOUT_US);
    assert_true(has_decision(DECISION_TIMED_OUT));
    start_at_prompt(state);
    assert_int_equal(cancel_prompt(8), DISPLAY_OK);
    assert_true(is_undecided()); /* another prompt's epoch */
    cancel_prompt(7);
    assert_true(has_decision(DECISION_WITHDRAWN));
    start_at_prompt(state);
    tell_legacy(LEGACY_RESTARTING);
    assert_true(has_decision(DECISION_WITHDRAWN));
}

static void one_prompt_at_a_time(void **state)
{
    (void)state;
    assert_int_equal(ask(PLAIN_CALL), DISPLAY_BUSY);
    run(NO_ARM);
    touch_box(BOX_REFUSE);
    assert_int_equal(ask(PLAIN_CALL), DISPLAY_BUSY); /* the answer has not gone out yet */
    assert_true(has_decision(DECISION_REFUSED));
    lift();
    assert_int_equal(ask(PLAIN_CALL), DISPLAY_OK);
    assert_int_not_equal(s.confirm.state, CONFIRM_ARMED);
}

static void bad_requests_are_invalid(void **state)
{
    struct request r;

    start(state);
#define BAD(change)   \
    r = PREMIUM_CALL; \
    change;           \
    assert_int_equal(ask(r), DISPLAY_INVALID)
    BAD(r.kind = 0);
    BAD(r.kind = PROMPT_PRACTICE);
    BAD(r.kind = 9);
    BAD(r.hold = 2);
    BAD(r.category = TARIFF_CATEGORIES);
    BAD(r.unit = 4);
    BAD(r.cents = TARIFF_CENTS_MAX + 1);
    BAD(r.notes = 32);
    BAD(r.groups = 1 << 20);
    BAD(r.country = COUNTRIES);
    BAD(r.origin = ORIGIN_NETWORK);
    BAD(r.number = "");
    BAD(r.number = "012345678901234567890");
    BAD(r.number = "12+3");
    BAD(r.number = "*21*1#");
    assert_int_equal(s.view, VIEW_LEGACY);
}

static void costly_is_held_whatever_the_request_says(void **state)
{
    struct request r = PREMIUM_CALL;

    start(state);
    r.hold = 0;
    ask(r);
    run(ARM);
    tap_box(BOX_CONFIRM);
    assert_true(is_undecided());
}

static void an_emergency_prompt_takes_one_press_after_a_short_quiet(void **state)
{
    start(state);
    press_key(KEY_A);
    touch_box(BOX_CONFIRM);
    ask(EMERGENCY);
    run(NO_ARM - 1);
    assert_int_equal(s.confirm.state, CONFIRM_SETTLING);
    run(1); /* whatever is down */
    assert_int_equal(s.confirm.state, CONFIRM_ARMED);
    run(SECOND);
    lift();
    assert_true(is_undecided()); /* but that finger was there before the picture */
    run(CONFIRM_QUIET_SHORT_US);
    touch_box(BOX_CONFIRM);
    assert_true(has_decision(DECISION_CONFIRMED));
}

/* Taps that were meant for a game call nobody. */
static void rain_on_linuxs_112_calls_nobody(void **state)
{
    start(state);
    for (unsigned i = 0; i < 80; i++) {
        if (i == 10) {
            ask(EMERGENCY);
        }
        tap_box(BOX_CONFIRM);
        run(90 * MILLI);
    }
    assert_true(is_undecided());
}

/* The one who wants a hold from a plain call has just been tapped at, near the button or often. */
static void a_prompt_in_the_midst_of_a_game_wants_a_hold(void **state)
{
    static const struct {
        int32_t x, y;
        unsigned touches;
        uint32_t every_ms, wait_ms;
        bool is_hold;
    } cases[] = {
        { 240, 608, 1, 0, 0, true },
        { 240, 608, 1, 0, 60000, true }, /* the button's place */
        { 24 - 24, 560 - 24, 1, 0, 0, true },
        { 240, 560 - 25, 1, 0, 0, false }, /* and 24 pixels round it */
        { 240, 656 + 23, 1, 0, 0, true },
        { 240, 656 + 24, 1, 0, 0, false },
        { 240, 200, 3, 600, 0, true },
        { 240, 200, 2, 600, 0, false }, /* three in two seconds */
        { 240, 200, 3, 1000, 0, false },
        { 240, 200, 3, 600, 2000, false },
    };

    for (unsigned i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        start(state);
        for (unsigned j = 0; j < cases[i].touches; j++) {
            run(j == 0 ? 0 : cases[i].every_ms * MILLI - 30 * MILLI);
            touch(cases[i].x, cases[i].y);
            run(30 * MILLI);
            lift();
        }
        run(cases[i].wait_ms * MILLI);
        assert_int_equal(ask(PLAIN_CALL), DISPLAY_OK);
        assert_int_equal(s.yes, cases[i].is_hold ? YES_CALL_HOLD : YES_CALL);
    }
    start(state);
    touch(240, 200);
    touch(240, 600); /* slid there, and still is */
    ask(PLAIN_CALL);
    assert_int_equal(s.yes, YES_CALL_HOLD);
    start(state);
    touch(100, 20); /* a trusted touch is none of Linux' */
    lift();
    tap_box(BOX_HOME_BACK);
    ask(PLAIN_CALL);
    assert_int_equal(s.yes, YES_CALL);
}

static void a_press_that_comes_too_early_is_told_so(void **state)
{
    (void)state;
    run(ARM - 1);
    touch_box(BOX_CONFIRM);
    assert_int_equal(s.hint, WORD_LIFT);
    run(3 * SECOND);
    assert_true(is_undecided());
    lift();
    assert_int_equal(s.hint, WORD_NONE);
    run(ARM);
    touch_box(BOX_CONFIRM);
    assert_int_equal(s.hint, WORD_NONE);
}

static void a_hold_outlives_the_deadline(void **state)
{
    (void)state;
    run(CONFIRM_TIMEOUT_US - 100 * MILLI);
    touch_box(BOX_CONFIRM);
    run(CONFIRM_HOLD_US);
    assert_true(has_decision(DECISION_CONFIRMED));
    start_at_prompt(state);
    run(CONFIRM_TIMEOUT_US - 100 * MILLI);
    touch_box(BOX_CONFIRM);
    run(SECOND);
    lift();
    run(1);
    assert_true(has_decision(DECISION_TIMED_OUT));
}

static void the_dialler_hears_when_the_prompt_stands(void **state)
{
    struct number n = number_of("09005123456");

    (void)state;
    run(CONFIRM_FRAMES_US - 1);
    assert_int_equal(next_event().kind, EVENT_NONE);
    assert_int_equal(shown_count, 0);
    run(1);
    assert_int_equal(next_event().kind, EVENT_NONE);
    assert_int_equal(shown_count, 1);
    assert_int_equal(shown.value, 7);
    assert_memory_equal(&shown.number, &n, sizeof n);
    touch(240, 400); /* counts anew */
    lift();
    run(2 * SECOND);
    tap_no(BOX_REFUSE);
    assert_int_equal(next_event().kind, EVENT_NONE);
    assert_int_equal(shown_count, 1); /* once */
    tell_call(DIAL_STATE_ACTIVE, ORIGIN_USER, TARIFF_FIXED, "030123");
    run(2 * SECOND);
    assert_int_equal(next_event().kind, EVENT_NONE);
    assert_int_equal(shown_count, 1); /* and of prompts only */
}

static void a_stuck_key_stops_counting(void **state)
{
    start(state);
    press_key(KEY_A + 1);
    run(SECOND);
    press_key(KEY_A);
    ask(PLAIN_CALL);
    run(ROUTE_STUCK_US - 1);
    assert_int_equal(s.confirm.state, CONFIRM_SETTLING); /* the younger one still counts */
    run(1);
    assert_int_equal(s.confirm.state, CONFIRM_ARMED);
    tap_box(BOX_CONFIRM);
    assert_true(has_decision(DECISION_CONFIRMED));
    start(state);
    touch(240, 200);
    ask(PLAIN_CALL);
    run(10 * SECOND);
    assert_int_equal(s.confirm.state, CONFIRM_SETTLING); /* a finger counts as long as it stays */
}

static void three_refusals_offer_to_block(void **state)
{
    start(state);
    for (unsigned i = 0; i < 3; i++) {
        assert_false(s.result.has_offer);
        ask(PREMIUM_CALL);
        tap_no(BOX_REFUSE);
        assert_true(has_decision(DECISION_REFUSED));
    }
    assert_true(s.result.has_offer);
    tap_box(BOX_OFFER);
    assert_int_equal(next_event().kind, EVENT_BLOCK);
    assert_true(s.home.is_legacy_blocked);
    assert_int_equal(s.view, VIEW_LEGACY);
    s.home.is_legacy_blocked = false;
    run(61 * SECOND);
    ask(PREMIUM_CALL);
    tap_no(BOX_REFUSE);
    assert_false(s.result.has_offer);
}

static void a_service_code_is_echoed_as_a_code(void **state)
{
    struct request r = PREMIUM_CALL;
    struct number n = number_of("**21*09005123456#");

    start(state);
    r.kind = PROMPT_MMI;
    r.number = "**21*09005123456#";
    assert_int_equal(ask(r), DISPLAY_OK);
    assert_memory_equal(&s.prompt.drawn, &n, sizeof n);
}

static void practice_cannot_dial(void **state)
{
    start(state);
    press_key(F12);
    release_key(F12);
    tap_box(BOX_HOME_PRACTISE);
    assert_int_equal(s.view, VIEW_PROMPT);
    run(ARM);
    touch_box(BOX_CONFIRM);
    run(CONFIRM_HOLD_US);
    assert_false(s.outbox.is_decision_due);
    assert_int_equal(next_event().kind, EVENT_NONE);
    assert_int_equal(s.result.word, WORD_PRACTICE_OVER);
    lift();
    run(RESULT_US);
    assert_int_equal(s.view, VIEW_HOME);
}

/* The arming rules, written down a second time. */
static const struct {
    uint32_t quiet, hold;
    enum confirm_act acts;
    bool is_prompt, has_price;
} rules[YES_KINDS] = {
    [YES_DIAL] = { CONFIRM_QUIET_US, 0, CONFIRM_ON_RELEASE, false, false },
    [YES_DIAL_HOLD] = { CONFIRM_QUIET_US, CONFIRM_HOLD_US, CONFIRM_ON_HOLD, false, true },
    [YES_DIAL_EMERGENCY] = { 0, 0, CONFIRM_ON_PRESS, false, false },
    [YES_CALL] = { CONFIRM_QUIET_US, 0, CONFIRM_ON_RELEASE, true, false },
    [YES_CALL_HOLD] = { CONFIRM_QUIET_US, CONFIRM_HOLD_US, CONFIRM_ON_HOLD, true, true },
    [YES_DIVERT] = { CONFIRM_QUIET_US, CONFIRM_HOLD_US, CONFIRM_ON_HOLD, true, true },
    [YES_SEND] = { CONFIRM_QUIET_US, CONFIRM_HOLD_US, CONFIRM_ON_HOLD, true, true },
    [YES_EMERGENCY] = { CONFIRM_QUIET_SHORT_US, 0, CONFIRM_ON_PRESS, true, false },
    [YES_ANSWER] = { CONFIRM_QUIET_US, 0, CONFIRM_ON_RELEASE, false, false },
    [YES_ANSWER_HOLD] = { CONFIRM_QUIET_US, CONFIRM_HOLD_US, CONFIRM_ON_HOLD, false, false },
    [YES_HANG_UP] = { CONFIRM_QUIET_SHORT_US, CONFIRM_HOLD_EMERGENCY_US, CONFIRM_ON_HOLD, false,
                      false },
    [YES_RESTART] = { CONFIRM_QUIET_US, CONFIRM_HOLD_US, CONFIRM_ON_HOLD, false, false },
};

static void every_yes_button_keeps_the_rules(void **state)
{
    (void)state;
    for (unsigned i = YES_DIAL; i < YES_KINDS; i++) {
        const struct yes_button *b = &yes_buttons[i];

        assert_int_equal(b->rules.quiet_us, rules[i].quiet);
        assert_int_equal(b->rules.needs_all_up, rules[i].quiet == CONFIRM_QUIET_US);
        assert_int_equal(b->rules.acts, rules[i].acts);
        assert_int_equal(b->rules.hold_us, rules[i].hold);
        assert_int_equal(b->rules.timeout_us, rules[i].is_prompt ? CONFIRM_TIMEOUT_US : 0);
        assert_int_equal(b->event == EVENT_NONE, rules[i].is_prompt);
        assert_int_equal(b->has_price, rules[i].has_price);
    }
    assert_int_equal(CONFIRM_QUIET_US, 700000);
    assert_int_equal(CONFIRM_QUIET_SHORT_US, 300000);
    assert_int_equal(CONFIRM_HOLD_US, 1500000);
    assert_int_equal(CONFIRM_HOLD_EMERGENCY_US, 1000000);
}

/* ---- keypad ---------------------------------------------------------------------------------- */

static void open_keypad(void)
{
    press_key(HOMEPAGE);
    release_key(HOMEPAGE);
    tap_box(BOX_HOME_KEYPAD);
    assert_int_equal(s.view, VIEW_KEYPAD);
}

static void type(const char *digits)
{
    for (; *digits != '\0'; digits++) {
        tap_box(BOX_PAD_KEY + (*digits == '0' ? 10 : *digits - '1'));
    }
}

static struct event last_event(void)
{
    struct event e, last = { .kind = EVENT_NONE };

    while ((e = next_event()).kind != EVENT_NONE) {
        last = e;
    }
    return last;
}

static void emergency_goes_with_one_press(void **state)
{
    struct event e;
    struct number n = number_of("112");

    start(state);
    open_keypad();
    type("112");
    e = last_event();
    assert_int_equal(e.kind, EVENT_TYPED);
    assert_memory_equal(&e.number, &n, sizeof n);
    tell_price(e.value, TARIFF_EMERGENCY, 0, PRICE_NONE);
    run(CONFIRM_FRAMES_US);
    tap_box(BOX_PAD_CALL);
    assert_int_equal(next_event().kind, EVENT_DIAL);
}

/* The prompt's yes and the keypad's: one press for these, a hold for all others. */
static void only_what_is_plain_is_pressed(void **state)
{
    for (uint32_t category = 0; category < TARIFF_CATEGORIES; category++) {
        bool is_plain = category == TARIFF_PLAN || category == TARIFF_MOBILE ||
                        category == TARIFF_FIXED || category == TARIFF_FREE ||
                        category == TARIFF_EMERGENCY;
        struct request r = PLAIN_CALL;

        start(state);
        r.category = category;
        assert_int_equal(ask(r), DISPLAY_OK);
        assert_int_equal(s.yes, is_plain ? YES_CALL : YES_CALL_HOLD);
        start(state);
        open_keypad();
        type("0301");
        tell_price(last_event().value, category, 0, PRICE_NONE);
        assert_int_equal(s.yes, category == TARIFF_EMERGENCY ? YES_DIAL_EMERGENCY
                                : is_plain                   ? YES_DIAL
                                                             : YES_DIAL_HOLD);
    }
}

static void the_call_key_waits_for_price_and_quiet(void **state)
{
    struct event e;

    start(state);
    open_keypad();
    type("030");
    run(2 * SECOND);
    e = last_event();
    tap_box(BOX_PAD_CALL);                                /* no price: nothing */
    tell_price(e.value - 1, TARIFF_FIXED, 0, PRICE_NONE); /* of another number */
    run(2 * SECOND);
    tap_box(BOX_PAD_CALL);
    assert_int_equal(next_event().kind, EVENT_NONE);
    tell_price(e.value, TARIFF_FIXED, 0, PRICE_NONE);
    run(300 * MILLI);
    tap_box(BOX_PAD_CALL); /* too early, and it starts the count again */
    run(600 * MILLI);
    tap_box(BOX_PAD_CALL);
    assert_int_equal(next_event().kind, EVENT_NONE);
    run(CONFIRM_QUIET_US);
    type("1"); /* a change disarms */
    e = last_event();
    tap_box(BOX_PAD_CALL);
    assert_int_equal(next_event().kind, EVENT_NONE);
    tell_price(e.value, TARIFF_FIXED, 0, PRICE_NONE);
    run(ARM);
    tap_box(BOX_PAD_CALL);
    assert_int_equal(next_event().kind, EVENT_DIAL);
    assert_int_equal(s.keypad.about.number.length, 4); /* till the call's page comes */
    run(2 * SECOND);
    tap_box(BOX_PAD_CALL);
    assert_int_equal(next_event().kind, EVENT_NONE); /* once */
    tell_call(DIAL_STATE_DIALLING, ORIGIN_USER, TARIFF_FIXED, "0301");
    assert_int_equal(s.view, VIEW_CALL);
    assert_int_equal(s.keypad.about.number.length, 0);
}

static void keys_type_and_erase(void **state)
{
    struct number n = number_of("19");

    start(state);
    open_keypad();
    for (unsigned i = 0; i < 3; i++) {
        static const uint32_t codes[] = { 2, 10, 11 };

        press_key(codes[i]);
        release_key(codes[i]);
    }
    tap_box(BOX_PAD_ERASE);
    assert_memory_equal(&s.keypad.about.number, &n, sizeof n);
    press_key(14);
    release_key(14);
    tap_box(BOX_PAD_ERASE);
    tap_box(BOX_PAD_ERASE);
    assert_int_equal(s.keypad.about.number.length, 0);
    for (unsigned i = 0; i < 25; i++) {
        type("7");
    }
    assert_int_equal(s.keypad.about.number.length, NUMBER_DIAL_MAX);
}

static void a_flood_does_not_keep_the_user_from_dialling(void **state)
{
    start(state);
    ask(PREMIUM_CALL);
    touch(100, 10);
    lift();
    assert_true(has_decision(DECISION_REFUSED));
    assert_int_equal(ask(PREMIUM_CALL), DISPLAY_BUSY);
    tap_box(BOX_HOME_KEYPAD);
    for (unsigned i = 0; i < 3; i++) {
        type("1");
        run(SECOND);
        assert_int_equal(ask(PREMIUM_CALL), DISPLAY_BUSY);
        assert_int_equal(ask(EMERGENCY), DISPLAY_BUSY);
    }
    run(60 * SECOND);
    assert_int_equal(ask(EMERGENCY),
                     DISPLAY_BUSY); /* who thinks about a number is not disturbed either */
    assert_int_equal(s.keypad.about.number.length, 3);
    press_key(F12);
    release_key(F12);
    run(60 * SECOND);
    assert_int_equal(ask(PREMIUM_CALL), DISPLAY_BUSY);
    tap_box(BOX_HOME_BACK);
    assert_int_equal(ask(PREMIUM_CALL), DISPLAY_OK);
}

/* Linux asks, and takes it back, as often as the dialler lets it. */
static void prompts_that_are_taken_back_leave_time_to_hang_up(void **state)
{
    start(state);
    open_keypad();
    tell_call(DIAL_STATE_ACTIVE, ORIGIN_USER, TARIFF_FIXED, "030123");
    run(USER_BUSY_US);
    for (unsigned i = 0; i < 5; i++) {
        assert_int_equal(ask(PREMIUM_CALL), DISPLAY_OK);
        cancel_prompt(7);
        assert_true(has_decision(DECISION_WITHDRAWN));
        assert_int_equal(s.result.has_offer, i >= REFUSALS_BEFORE_OFFER - 1);
        run(SECOND);
    }
    assert_int_equal(next_event().kind, EVENT_NONE);
    touch(400, 20); /* right part of the bar */
    lift();
    assert_int_equal(s.view, VIEW_CALL);
    run(USER_BUSY_US - SECOND);
    assert_int_equal(ask(PREMIUM_CALL), DISPLAY_BUSY);
    touch_box(BOX_HANG_UP);
    assert_int_equal(next_event().kind, EVENT_HANG_UP);
    lift();
    run(USER_BUSY_US - SECOND);
    assert_int_equal(ask(PREMIUM_CALL), DISPLAY_BUSY);
    run(SECOND);
    assert_int_equal(ask(PREMIUM_CALL), DISPLAY_OK);
}

/* Linux' own 112 waits for nothing but the keypad, and for the time to hang up after one that came
 * to nothing. */
static void linuxs_112_opens_over_all_but_the_keypad(void **state)
{
    start(state);
    tell_call(DIAL_STATE_ACTIVE, ORIGIN_LEGACY, TARIFF_FIXED, "030123");
    run(SECOND);
    touch_box(BOX_TONES);
    lift();
    assert_int_equal(ask(PREMIUM_CALL), DISPLAY_BUSY);
    assert_int_equal(ask(EMERGENCY), DISPLAY_OK);
    assert_true(emergency_is_shown(&s));
    tap_no(BOX_REFUSE);
    assert_true(has_decision(DECISION_REFUSED));
    run(USER_BUSY_US - SECOND);
    assert_int_equal(ask(EMERGENCY), DISPLAY_BUSY);
    run(SECOND);
    assert_int_equal(ask(EMERGENCY), DISPLAY_OK);
    start(state);
    tell_call(DIAL_STATE_INCOMING, ORIGIN_NETWORK, TARIFF_UNKNOWN, "030123");
    assert_int_equal(ask(EMERGENCY), DISPLAY_OK);
    assert_true(emergency_is_shown(&s));
    start(state);
    ask(EMERGENCY);
    tell_call(DIAL_STATE_INCOMING, ORIGIN_NETWORK, TARIFF_UNKNOWN, "030123");
    assert_true(is_undecided() && emergency_is_shown(&s)); /* and ringing does not take it away */
    tap_no(BOX_REFUSE);
    assert_true(has_decision(DECISION_REFUSED));
    run(RESULT_US);
    assert_true(ringing_is_shown(&s));
    start(state);
    press_key(F12);
    release_key(F12);
    assert_int_equal(ask(EMERGENCY), DISPLAY_OK);
    cancel_prompt(7);
    assert_true(has_decision(DECISION_WITHDRAWN));
    run(SECOND);
    assert_int_equal(ask(EMERGENCY), DISPLAY_BUSY);
}

/* ---- emergency calls ------------------------------------------------------------------------- */

/* Whatever the person looks at, and whatever was up. */
static void the_red_page_opens_over_any_page(void **state)
{
    static const enum view views[] = { VIEW_LEGACY, VIEW_HOME,   VIEW_KEYPAD,  VIEW_CARDS,
                                       VIEW_PROMPT, VIEW_RESULT, VIEW_STOPPED, VIEW_CALL };

    for (unsigned i = 0; i < 2 * (sizeof views / sizeof views[0]); i++) {
        start(state);
        if (i % 2 != 0) {
            tell_call(DIAL_STATE_ACTIVE, ORIGIN_USER, TARIFF_FIXED, "030123");
        }
        if (views[i / 2] == VIEW_PROMPT) {
            run(USER_BUSY_US);
            assert_int_equal(ask(PREMIUM_CALL), DISPLAY_OK);
        } else {
            view_interrupt(&s, views[i / 2]);
        }
        tell_call(DIAL_STATE_DIALLING, ORIGIN_USER, TARIFF_EMERGENCY, "112");
        assert_int_equal(s.view, VIEW_CALL);
        assert_true(emergency_is_shown(&s));
        assert_false(s.prompt.is_waiting); /* it would have ended the call */
    }
}

static void nothing_of_linuxs_covers_an_emergency_call(void **state)
{
    static const uint32_t states[] = { DIAL_STATE_DIALLING, DIAL_STATE_ALERTING,
                                       DIAL_STATE_ACTIVE };

    for (unsigned i = 0; i < 3; i++) {
        start(state);
        tell_call(states[i], ORIGIN_USER, TARIFF_EMERGENCY, "112");
        run(10 * USER_BUSY_US);
        assert_int_equal(ask(PREMIUM_CALL), DISPLAY_BUSY);
        assert_int_equal(ask(EMERGENCY), DISPLAY_BUSY);
        press_key(F12);
        release_key(F12);
        tap_box(BOX_HOME_BACK);
        assert_int_equal(s.view, VIEW_LEGACY);
        assert_int_equal(ask(PLAIN_CALL), DISPLAY_BUSY); /* wherever the person looks */
    }
}

/* It is left by the bar, and news of the call do not bring it back; nor does the end of the call
 * before cover it. */
static void the_red_page_comes_once(void **state)
{
    start(state);
    tell_call(DIAL_STATE_ACTIVE, ORIGIN_USER, TARIFF_FIXED, "030123");
    tell_call(DIAL_STATE_DIALLING, ORIGIN_USER, TARIFF_EMERGENCY, "112");
    tell_outcome(ORIGIN_USER, DIAL_OUTCOME_ENDED, "030123");
    assert_true(emergency_is_shown(&s));
    press_key(F12);
    release_key(F12);
    tell_call(DIAL_STATE_ACTIVE, ORIGIN_USER, TARIFF_EMERGENCY, "112");
    assert_int_equal(s.view, VIEW_HOME);
}

static void a_stuck_key_or_finger_keeps_nobody_from_112(void **state)
{
    struct event e;

    start(state);
    press_key(115); /* volume up */
    open_keypad();
    type("11");
    touch_box(BOX_PAD_KEY + 1); /* the finger stays on the 2 */
    e = last_event();
    tell_price(e.value, TARIFF_EMERGENCY, 0, PRICE_NONE);
    run(CONFIRM_FRAMES_US);
    assert_int_equal(s.confirm.state, CONFIRM_ARMED);
    touch_box(BOX_PAD_CALL); /* sliding there is no press */
    assert_int_equal(next_event().kind, EVENT_NONE);
    lift();
    run(1);
    touch_box(BOX_PAD_CALL);
    assert_int_equal(next_event().kind, EVENT_DIAL); /* as the finger goes down */
    tell_call(DIAL_STATE_DIALLING, ORIGIN_USER, TARIFF_EMERGENCY, "112");
    assert_true(emergency_is_shown(&s));
}

static void enter_presses_only_what_needs_no_waiting(void **state)
{
    start(state);
    open_keypad();
    type("112");
    tell_price(last_event().value, TARIFF_EMERGENCY, 0, PRICE_NONE);
    run(CONFIRM_FRAMES_US);
    press_key(ENTER);
    assert_int_equal(next_event().kind, EVENT_DIAL);
    release_key(ENTER);
    start(state);
    open_keypad();
    type("0301");
    tell_price(last_event().value, TARIFF_FIXED, 0, PRICE_NONE);
    run(ARM);
    press_key(ENTER);
    assert_int_equal(next_event().kind, EVENT_NONE);
    release_key(ENTER);
    boot();
    press_key(ENTER);
    assert_int_equal(s.card, 1);
}

static void the_red_page_says_how_often_it_was_tried(void **state)
{
    struct request r = {
        .origin = ORIGIN_USER, .category = TARIFF_EMERGENCY, .number = "112", .tries = 3
    };

    start(state);
    tell_call_of(DIAL_STATE_DIALLING, r);
    assert_true((screen_facts(&s) >> IF_TRYING & 1) != 0);
    assert_string_equal(screen_filling(&s, WITH_TRIES).bytes, "3rd");
    r.tries = 11;
    tell_call_of(DIAL_STATE_DIALLING, r);
    assert_string_equal(screen_filling(&s, WITH_TRIES).bytes, "11th");
    r.tries = 22;
    tell_call_of(DIAL_STATE_DIALLING, r);
    assert_string_equal(screen_filling(&s, WITH_TRIES).bytes, "22nd");
    r.tries = 0;
    tell_call_of(DIAL_STATE_DIALLING, r);
    assert_false((screen_facts(&s) >> IF_TRYING & 1) != 0);
    r.flags = CALL_FLAG_DIFFERS;
    tell_call_of(DIAL_STATE_ACTIVE, r);
    assert_true((screen_facts(&s) >> IF_DIFFERS & 1) != 0);
}

/* ---- calls ----------------------------------------------------------------------------------- */

static void hang_up_is_one_press_from_any_view(void **state)
{
    start(state);
    tell_call(DIAL_STATE_ACTIVE, ORIGIN_USER, TARIFF_FIXED, "030123");
    assert_int_equal(s.view, VIEW_CALL);
    press_key(F12);
    release_key(F12);
    assert_int_equal(s.view, VIEW_HOME);
    tap_box(BOX_HOME_BACK);
    assert_int_equal(s.view, VIEW_LEGACY);
    touch(400, 20); /* right part of the bar */
    lift();
    assert_int_equal(s.view, VIEW_CALL);
    run(NO_ARM);
    touch_box(BOX_HANG_UP);
    assert_int_equal(next_event().kind, EVENT_HANG_UP);
    lift();
    tell_call(DIAL_STATE_NONE, ORIGIN_USER, TARIFF_FIXED, "");
    assert_int_equal(s.view, VIEW_LEGACY);
}

static void no_call_is_shown_with_a_number_that_would_be_cut(void **state)
{
    start(state);
    assert_int_equal(
        tell_call(DIAL_STATE_ACTIVE, ORIGIN_USER, TARIFF_FIXED, "012345678901234567890"),
        DISPLAY_INVALID);
    assert_int_equal(tell_call(DIAL_STATE_INCOMING, ORIGIN_NETWORK, TARIFF_FIXED, ""), DISPLAY_OK);
}

static void an_emergency_call_ends_by_a_hold_of_one_second(void **state)
{
    start(state);
    tell_call(DIAL_STATE_ACTIVE, ORIGIN_USER, TARIFF_EMERGENCY, "112");
    run(SECOND);
    tap_box(BOX_HANG_UP);
    assert_int_equal(next_event().kind, EVENT_NONE);
    touch_box(BOX_HANG_UP);
    run(CONFIRM_HOLD_EMERGENCY_US);
    assert_int_equal(next_event().kind, EVENT_HANG_UP);
}

/* It starts to ring, it is answered: the finger stays, and so does what it means. */
static void a_call_that_changes_ends_no_hold_on_hang_up(void **state)
{
    start(state);
    tell_call(DIAL_STATE_DIALLING, ORIGIN_USER, TARIFF_EMERGENCY, "112");
    run(SECOND);
    touch_box(BOX_HANG_UP);
    run(CONFIRM_HOLD_EMERGENCY_US / 2);
    tell_call(DIAL_STATE_ALERTING, ORIGIN_USER, TARIFF_EMERGENCY, "112");
    run(CONFIRM_HOLD_EMERGENCY_US / 4);
    tell_call(DIAL_STATE_ACTIVE, ORIGIN_USER, TARIFF_EMERGENCY, "112");
    assert_int_equal(next_event().kind, EVENT_NONE);
    run(CONFIRM_HOLD_EMERGENCY_US / 4);
    assert_int_equal(next_event().kind, EVENT_HANG_UP);
    lift();
}

/* But who calls may have become known under the finger. */
static void a_caller_that_changes_disarms_answer(void **state)
{
    start(state);
    tell_call(DIAL_STATE_INCOMING, ORIGIN_NETWORK, TARIFF_UNKNOWN, "");
    run(ARM);
    touch_box(BOX_ANSWER);
    tell_call(DIAL_STATE_INCOMING, ORIGIN_NETWORK, TARIFF_UNKNOWN, "09005123456");
    lift();
    assert_int_equal(next_event().kind, EVENT_NONE);
}

static void no_request_gets_under_a_finger_that_holds(void **state)
{
    start(state);
    tell_call(DIAL_STATE_ACTIVE, ORIGIN_USER, TARIFF_EMERGENCY, "112");
    run(SECOND);
    touch_box(BOX_HANG_UP);
    assert_int_equal(ask(PREMIUM_CALL), DISPLAY_BUSY);
    assert_int_equal(ask(EMERGENCY), DISPLAY_BUSY);
    run(CONFIRM_HOLD_EMERGENCY_US);
    assert_int_equal(next_event().kind, EVENT_HANG_UP);
}

/* Confirming will end the running call; the prompt is otherwise as ever. */
static void a_prompt_may_stand_beside_a_call(void **state)
{
    start(state);
    tell_call(DIAL_STATE_ACTIVE, ORIGIN_USER, TARIFF_FIXED, "030123");
    run(USER_BUSY_US);
    assert_int_equal(ask(PREMIUM_CALL), DISPLAY_OK);
    assert_int_equal(screen_facts(&s) >> IF_UP & 1, 1);
    tell_call(DIAL_STATE_ACTIVE, ORIGIN_USER, TARIFF_FIXED, "030123");
    assert_int_equal(s.view, VIEW_PROMPT);
    tap_no(BOX_REFUSE);
    assert_true(has_decision(DECISION_REFUSED));
    run(RESULT_US);
    assert_int_equal(s.view, VIEW_CALL);
}

static void a_prompt_that_ends_no_call_any_more_is_asked_anew(void **state)
{
    start(state);
    tell_call(DIAL_STATE_ACTIVE, ORIGIN_USER, TARIFF_FIXED, "030123");
    run(USER_BUSY_US);
    assert_int_equal(ask(PREMIUM_CALL), DISPLAY_OK);
    run(ARM);
    assert_int_equal(s.confirm.state, CONFIRM_ARMED);
    touch_box(BOX_CONFIRM);
    tell_call(DIAL_STATE_NONE, ORIGIN_USER, TARIFF_FIXED, "");
    assert_int_equal(s.confirm.state, CONFIRM_SHOWN);
    assert_int_equal(s.view, VIEW_PROMPT);
    run(CONFIRM_HOLD_US);
    assert_true(is_undecided());
    lift();
    run(ARM);
    touch_box(BOX_CONFIRM);
    run(CONFIRM_HOLD_US);
    assert_true(has_decision(DECISION_CONFIRMED));
}

static void ringing_excludes_prompts(void **state)
{
    (void)state;
    tell_call(DIAL_STATE_INCOMING, ORIGIN_NETWORK, TARIFF_UNKNOWN, "030123");
    assert_true(has_decision(DECISION_WITHDRAWN));
    assert_int_equal(s.view, VIEW_CALL);
    assert_int_equal(ask(PREMIUM_CALL), DISPLAY_BUSY);
    tap_box(BOX_ANSWER);
    assert_int_equal(next_event().kind, EVENT_NONE); /* not armed yet */
    run(ARM);
    tap_box(BOX_ANSWER);
    assert_int_equal(next_event().kind, EVENT_ANSWER);
    tap_no(BOX_DECLINE);
    assert_int_equal(next_event().kind, EVENT_DECLINE);
}

static void tones_go_out_in_a_call_only(void **state)
{
    struct event e;

    start(state);
    tell_call(DIAL_STATE_DIALLING, ORIGIN_USER, TARIFF_FIXED, "030123");
    tap_box(BOX_TONES);
    assert_false(s.call.has_tones);
    tell_call(DIAL_STATE_ACTIVE, ORIGIN_USER, TARIFF_FIXED, "030123");
    tap_box(BOX_TONES);
    touch(screen_tone_key(&s, 4).x + 4, screen_tone_key(&s, 4).y + 4);
    lift();
    e = next_event();
    assert_int_equal(e.kind, EVENT_TONE);
    assert_int_equal(e.value, 5);
}

/* ---- routing --------------------------------------------------------------------------------- */

static struct input_event from_ring(uint32_t back)
{
    return ring.events[(ring.head - 1 - back) % INPUT_RING_EVENTS];
}

static void legacy_hears_its_own_input_in_its_own_coordinates(void **state)
{
    (void)state;
    touch(479, 799);
    assert_int_equal(from_ring(0).kind, INPUT_TOUCH);
    assert_int_equal(from_ring(0).a, 479);
    assert_int_equal(from_ring(0).b, 751);
    touch(10, 20); /* slid onto the bar: stays at the edge, no attention */
    assert_int_equal(from_ring(0).b, 0);
    assert_int_equal(s.view, VIEW_LEGACY);
    lift();
    assert_int_equal(from_ring(0).kind, INPUT_TOUCH_UP);
    press_key(KEY_A);
    release_key(KEY_A);
    assert_int_equal(from_ring(0).kind, INPUT_KEY);
    assert_int_equal(from_ring(0).b, 0);
    assert_true(s.route.is_signal_due);
}

static void the_bar_and_the_reserved_keys_are_never_legacys(void **state)
{
    static const uint32_t codes[] = { F12, HOMEPAGE };
    uint32_t before;

    for (unsigned i = 0; i < 3; i++) {
        start(state);
        before = ring.head;
        if (i < 2) {
            press_key(codes[i]);
        } else {
            touch(100, 47);
        }
        assert_int_equal(s.view, VIEW_HOME);
        if (i == 2) {
            touch(100, 400); /* slid into the page: still the bar's finger */
        }
        assert_int_equal(ring.head, before);
    }
}

static void a_take_over_lifts_what_legacy_holds(void **state)
{
    uint32_t before;

    (void)state;
    press_key(KEY_A);
    press_key(42);
    touch(100, 400);
    ask(PREMIUM_CALL);
    assert_int_equal(from_ring(2).a, KEY_A);
    assert_int_equal(from_ring(2).b, 0);
    assert_int_equal(from_ring(1).a, 42);
    assert_int_equal(from_ring(0).kind, INPUT_TOUCH_UP);
    before = ring.head;
    touch(101, 401);
    release_key(KEY_A);
    press_key(31);
    lift();
    tap_no(BOX_REFUSE);
    run(RESULT_US);
    assert_int_equal(s.view, VIEW_LEGACY);
    release_key(42); /* held since before the prompt */
    release_key(31); /* went down while the prompt was up */
    assert_int_equal(ring.head, before);
    press_key(31);
    assert_int_equal(ring.head, before + 1);
}

static void legacy_never_hears_of_trusted_input(void **state)
{
    uint32_t before = ring.head;

    (void)state;
    ask(PREMIUM_CALL);
    for (uint32_t code = 0; code < 800; code++) {
        if (code != ESC && code != RED_KEY && code != 0x1be && code != F12 && code != HOMEPAGE) {
            press_key(code);
            release_key(code);
        }
    }
    tap_box(BOX_CONFIRM);
    assert_int_equal(ring.head, before);
}

static void a_pointer_is_a_finger_while_its_button_is_down(void **state)
{
    (void)state;
    input(INPUT_MOVE, 100, 300);
    input(INPUT_BUTTON, 0, 1);
    assert_int_equal(from_ring(0).a, 100);
    assert_int_equal(from_ring(0).b, 252);
    input(INPUT_MOVE, (uint32_t)-5000, 300);
    assert_int_equal(from_ring(0).a, 0);
    input(INPUT_BUTTON, 0, 0);
    assert_int_equal(from_ring(0).kind, INPUT_TOUCH_UP);
}

/* How many words every operation needs, counted by hand. */
static const struct {
    uint32_t operation, badge, words;
} needs[] = {
    { DISPLAY_PROMPT, DISPLAY_BADGE_DIALLER, 18 },
    { DISPLAY_CANCEL_PROMPT, DISPLAY_BADGE_DIALLER, 3 },
    { DISPLAY_CALL, DISPLAY_BADGE_DIALLER, 25 },
    { DISPLAY_LOG, DISPLAY_BADGE_DIALLER, 6 },
    { DISPLAY_OUTCOME, DISPLAY_BADGE_DIALLER, 16 },
    { DISPLAY_TAKE_EVENT, DISPLAY_BADGE_DIALLER, 1 },
    { DISPLAY_PRICE, DISPLAY_BADGE_DIALLER, 15 },
    { DISPLAY_INPUT, DISPLAY_BADGE_INPUT, 4 },
    { DISPLAY_LEGACY_STATE, DISPLAY_BADGE_ROOT, 2 },
    { DISPLAY_REFUSAL, DISPLAY_BADGE_DIALLER, 3 },
};

static void short_messages_are_invalid(void **state)
{
    abi_word w[32] = { 0 };

    (void)state;
    for (uint32_t i = 0; i < sizeof needs / sizeof needs[0]; i++) {
        w[0] = needs[i].operation;
        for (uint32_t count = 0; count < needs[i].words; count++) {
            assert_int_equal(send(needs[i].badge, w, count), DISPLAY_INVALID);
        }
    }
    w[0] = 0;
    assert_int_equal(send(DISPLAY_BADGE_DIALLER, w, 32), DISPLAY_INVALID);
    w[0] = DISPLAY_OPERATIONS;
    assert_int_equal(send(DISPLAY_BADGE_DIALLER, w, 32), DISPLAY_INVALID);
    w[0] = UINTPTR_MAX;
    assert_int_equal(send(DISPLAY_BADGE_DIALLER, w, 32), DISPLAY_INVALID);
}

static void nobody_speaks_for_another(void **state)
{
    abi_word w[32] = { 0 };
    struct server before;

    (void)state;
    for (uint32_t i = 0; i < sizeof needs / sizeof needs[0]; i++) {
        for (uint32_t badge = 0; badge < 5; badge++) {
            if (badge != needs[i].badge) {
                w[0] = needs[i].operation;
                server_tick(&s, now);
                before = s;
                assert_int_equal(server_handle(&s, (struct server_message){ badge, w, 32 }),
                                 DISPLAY_NOT_ALLOWED);
                assert_memory_equal(&before, &s, sizeof s);
            }
        }
    }
}

/* ---- Linux is off ---------------------------------------------------------------------------- */

/* Its last picture would be a lie, and a touch on it would reach nobody. */
static void a_linux_that_stopped_is_not_shown(void **state)
{
    uint32_t before;

    (void)state;
    touch(100, 400);
    tell_legacy(LEGACY_STOPPED);
    assert_int_equal(s.view, VIEW_STOPPED);
    assert_int_equal(from_ring(0).kind, INPUT_TOUCH_UP);
    before = ring.head;
    lift();
    touch(100, 300);
    lift();
    press_key(KEY_A);
    release_key(KEY_A);
    assert_int_equal(ring.head, before);
    press_key(F12);
    release_key(F12);
    tap_box(BOX_HOME_BACK);
    assert_int_equal(s.view, VIEW_STOPPED);
    tell_legacy(LEGACY_RUNNING);
    memset(legacy, 0, sizeof legacy);
    run(BEAT_US);
    assert_int_equal(s.view, VIEW_LEGACY);
}

/* It ends in the picture that its VMM clears, or in a new one: before that, what is there is
 * another Linux'. */
static void a_restarting_linux_never_shows_its_last_picture(void **state)
{
    for (unsigned i = 0; i < 2; i++) {
        start(state);
        tell_legacy(LEGACY_RESTARTING);
        assert_int_equal(s.view, VIEW_STOPPED);
        tell_legacy(LEGACY_RUNNING);
        for (unsigned j = 0; j < 50; j++) {
            run(BEAT_US);
            assert_int_equal(s.view, VIEW_STOPPED);
            assert_int_not_equal(panel[400 * W + 100], 0x00abcdef);
        }
        if (i == 0) {
            memset(legacy, 0, sizeof legacy);
        } else {
            legacy[61 * 1000] = 1;
        }
        run(BEAT_US);
        assert_int_equal(s.view, VIEW_LEGACY);
    }
}

static void a_linux_that_stopped_is_started_by_one_press(void **state)
{
    (void)state;
    tell_legacy(LEGACY_STOPPED);
    tap_box(BOX_STOPPED_START);
    assert_int_equal(next_event().kind, EVENT_RESTART_LEGACY);
    tell_legacy(LEGACY_RESTARTING);
    assert_int_equal(s.view, VIEW_STOPPED);
    tap_box(BOX_STOPPED_START); /* is gone */
    assert_int_equal(next_event().kind, EVENT_NONE);
    tap_box(BOX_STOPPED_KEYPAD);
    assert_int_equal(s.view, VIEW_KEYPAD);
    memset(legacy, 0, sizeof legacy);
    tell_legacy(LEGACY_RUNNING); /* disturbs nobody elsewhere */
    run(BEAT_US);
    assert_int_equal(s.view, VIEW_KEYPAD);
    press_key(F12);
    release_key(F12);
    tap_box(BOX_HOME_BACK);
    assert_int_equal(s.view, VIEW_LEGACY);
}

/* A call or a prompt stands over it as over any other page, and leads back to it. */
static void calls_come_and_go_while_linux_is_off(void **state)
{
    (void)state;
    tell_call(DIAL_STATE_ACTIVE, ORIGIN_USER, TARIFF_FIXED, "030123");
    tell_legacy(LEGACY_STOPPED);
    assert_int_equal(s.view, VIEW_CALL);
    tell_call(DIAL_STATE_NONE, ORIGIN_USER, TARIFF_FIXED, "");
    assert_int_equal(s.view, VIEW_STOPPED);
}

/* ---- fuzz ------------------------------------------------------------------------------------ */

static uint32_t seed;

static uint32_t dice(uint32_t sides)
{
    seed = seed * 1664525 + 1013904223;
    return (seed >> 8) % sides;
}

/* The oracle's own memory: it never looks at the confirm machine. */
static struct {
    uint64_t asked, input, pressed; /* when */
    bool is_down, is_good_press;    /* the finger went down inside after enough quiet, and stayed */
    bool was_good_press;            /* it did, whether it stayed or not: that is no stray input */
    uint32_t keys;
    bool key[8];
    uint64_t key_down[8];
    unsigned confirmed;
} oracle;

static bool is_inside(int32_t x, int32_t y)
{
    return rect_contains(layout[BOX_CONFIRM], x, y);
}

static bool are_keys_up_or_stuck(void)
{
    for (unsigned i = 0; i < 8; i++) {
        if (oracle.key[i] && now < oracle.key_down[i] + 3 * SECOND) {
            return false;
        }
    }
    return true;
}

static void fuzz_touch(void)
{
    static const enum box targets[] = { BOX_CONFIRM, BOX_REFUSE, BOX_BAR, BOX_NUMBER, BOX_CONFIRM };
    enum box box = targets[dice(10) == 0 ? dice(4) : 4];
    int32_t x = layout[box].x + (int32_t)dice((uint32_t)layout[box].width);
    int32_t y = layout[box].y + (int32_t)dice((uint32_t)layout[box].height);

    if (!oracle.is_down) {
        oracle.is_good_press = s.prompt.is_waiting && is_inside(x, y) && are_keys_up_or_stuck() &&
                               now >= oracle.asked + ARM && now >= oracle.input + CONFIRM_QUIET_US;
        oracle.was_good_press = oracle.is_good_press;
        oracle.pressed = now;
        if (!oracle.is_good_press) {
            oracle.input = now;
        }
    }
    oracle.is_good_press &= is_inside(x, y);
    oracle.is_down = true;
    touch(x, y);
}

static void check_decision(bool is_hold, bool was_lifted)
{
    if (!s.outbox.is_decision_due) {
        return;
    }
    if (s.outbox.decision == DECISION_CONFIRMED) {
        assert_true(oracle.is_good_press);
        /* a plain one wants a hold, too, where touches were near */
        assert_true(now >= oracle.pressed + CONFIRM_HOLD_US || (!is_hold && was_lifted));
        oracle.confirmed++;
    }
    s.outbox.is_decision_due = false;
}

static void fuzz_key(void)
{
    uint32_t i = dice(8);

    while (oracle.keys > 0 &&
           !oracle.key[i]) { /* what is down goes up soon, or nothing ever arms */
        i = (i + 1) % 8;
    }
    oracle.key[i] = !oracle.key[i];
    if (oracle.key[i] ||
        now < oracle.key_down[i] + 3 * SECOND) { /* what counts no more may go up unheard */
        oracle.input = now;
        oracle.is_good_press = false;
    }
    oracle.key_down[i] = now;
    oracle.keys += oracle.key[i] ? 1 : -1u;
    if (oracle.key[i]) {
        press_key(20 + i);
    } else {
        release_key(20 + i);
    }
}

static void fuzz_step(bool *is_hold)
{
    bool was_lifted = false;

    switch (dice(8)) {
    case 0:
        fuzz_touch();
        break;
    case 1:
        was_lifted = oracle.is_down;
        lift();
        oracle.is_down = false;
        break;
    case 2:
        if (dice(4) == 0) {
            fuzz_key();
        }
        break;
    case 3:
        if (ask(*is_hold ? PLAIN_CALL : PREMIUM_CALL) == DISPLAY_OK) {
            *is_hold = !*is_hold;
            oracle.asked = now;
            oracle.is_good_press = false;
        }
        break;
    default:
        run(dice(3) == 0 ? dice(3 * SECOND) : dice(100 * MILLI));
        break;
    }
    check_decision(*is_hold, was_lifted);
    if (was_lifted) {
        oracle.is_good_press = false;
        oracle.input = oracle.was_good_press ? oracle.input : now;
    }
}

static void nothing_random_confirms_without_a_proper_press(void **state)
{
    (void)state;
    for (seed = 1; seed < 9; seed++) {
        uint32_t keep = seed;
        bool is_hold = false;

        boot_to_legacy();
        memset(&oracle, 0, sizeof oracle);
        for (unsigned i = 0; i < 4000; i++) {
            fuzz_step(&is_hold);
        }
        assert_true(oracle.confirmed > 0); /* the fuzzer does get through now and then */
        seed = keep;
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup(a_hold_confirms_and_echoes_what_was_drawn, start_at_prompt),
        cmocka_unit_test(a_plain_call_is_pressed_and_released_inside),
        cmocka_unit_test_setup(sliding_off_only_stops, start_at_prompt),
        cmocka_unit_test_setup(refuse_works_once_it_has_stood, start_at_prompt),
        cmocka_unit_test(taps_raining_on_the_button_gain_nothing),
        cmocka_unit_test(a_finger_or_key_from_before_confirms_nothing),
        cmocka_unit_test_setup(enter_and_space_never_confirm, start_at_prompt),
        cmocka_unit_test(these_refuse),
        cmocka_unit_test_setup(one_prompt_at_a_time, start_at_prompt),
        cmocka_unit_test(bad_requests_are_invalid),
        cmocka_unit_test(costly_is_held_whatever_the_request_says),
        cmocka_unit_test(only_what_is_plain_is_pressed),
        cmocka_unit_test(an_emergency_prompt_takes_one_press_after_a_short_quiet),
        cmocka_unit_test(rain_on_linuxs_112_calls_nobody),
        cmocka_unit_test(a_prompt_in_the_midst_of_a_game_wants_a_hold),
        cmocka_unit_test_setup(a_press_that_comes_too_early_is_told_so, start_at_prompt),
        cmocka_unit_test_setup(a_hold_outlives_the_deadline, start_at_prompt),
        cmocka_unit_test_setup(the_dialler_hears_when_the_prompt_stands, start_at_prompt),
        cmocka_unit_test(a_stuck_key_stops_counting),
        cmocka_unit_test(three_refusals_offer_to_block),
        cmocka_unit_test(a_service_code_is_echoed_as_a_code),
        cmocka_unit_test(practice_cannot_dial),
        cmocka_unit_test(every_yes_button_keeps_the_rules),
        cmocka_unit_test(emergency_goes_with_one_press),
        cmocka_unit_test(the_call_key_waits_for_price_and_quiet),
        cmocka_unit_test(keys_type_and_erase),
        cmocka_unit_test(a_flood_does_not_keep_the_user_from_dialling),
        cmocka_unit_test(prompts_that_are_taken_back_leave_time_to_hang_up),
        cmocka_unit_test(linuxs_112_opens_over_all_but_the_keypad),
        cmocka_unit_test(the_red_page_opens_over_any_page),
        cmocka_unit_test(nothing_of_linuxs_covers_an_emergency_call),
        cmocka_unit_test(the_red_page_comes_once),
        cmocka_unit_test(a_stuck_key_or_finger_keeps_nobody_from_112),
        cmocka_unit_test(enter_presses_only_what_needs_no_waiting),
        cmocka_unit_test(the_red_page_says_how_often_it_was_tried),
        cmocka_unit_test(hang_up_is_one_press_from_any_view),
        cmocka_unit_test(no_call_is_shown_with_a_number_that_would_be_cut),
        cmocka_unit_test(an_emergency_call_ends_by_a_hold_of_one_second),
        cmocka_unit_test(a_call_that_changes_ends_no_hold_on_hang_up),
        cmocka_unit_test(a_caller_that_changes_disarms_answer),
        cmocka_unit_test(no_request_gets_under_a_finger_that_holds),
        cmocka_unit_test(a_prompt_may_stand_beside_a_call),
        cmocka_unit_test(a_prompt_that_ends_no_call_any_more_is_asked_anew),
        cmocka_unit_test_setup(ringing_excludes_prompts, start_at_prompt),
        cmocka_unit_test(tones_go_out_in_a_call_only),
        cmocka_unit_test_setup(legacy_hears_its_own_input_in_its_own_coordinates, start),
        cmocka_unit_test(the_bar_and_the_reserved_keys_are_never_legacys),
        cmocka_unit_test_setup(a_take_over_lifts_what_legacy_holds, start),
        cmocka_unit_test_setup(legacy_never_hears_of_trusted_input, start),
        cmocka_unit_test_setup(a_pointer_is_a_finger_while_its_button_is_down, start),
        cmocka_unit_test_setup(short_messages_are_invalid, start),
        cmocka_unit_test_setup(nobody_speaks_for_another, start),
        cmocka_unit_test_setup(a_linux_that_stopped_is_not_shown, start),
        cmocka_unit_test_setup(a_linux_that_stopped_is_started_by_one_press, start),
        cmocka_unit_test(a_restarting_linux_never_shows_its_last_picture),
        cmocka_unit_test_setup(calls_come_and_go_while_linux_is_off, start),
        cmocka_unit_test(nothing_random_confirms_without_a_proper_press),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
