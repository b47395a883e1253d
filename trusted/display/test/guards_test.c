/* SPDX-License-Identifier: BSD-2-Clause */
/* One case for each check that no ordinary day reaches: each fails when its check is taken out. */
#include "fixture.h"

enum {
    ARM = CONFIRM_FRAMES_US + CONFIRM_QUIET_US,
    RED_KEY = 107,
    F12 = 88,
    KEY_A = 30,
    KEY_5 = 6,
    BACKSPACE = 14
};

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

    for (struct event e = next_event(); e.kind != EVENT_NONE; e = next_event()) {
        count += e.kind == kind;
    }
    return count;
}

/* ---- keys ------------------------------------------------------------------------------------ */

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
    assert_int_equal(s.keypad.about.number.length, 0);
    type_key(KEY_5);
    type_key(KEY_5);
    type_key(BACKSPACE);
    assert_int_equal(s.keypad.about.number.length, 1);
    press_key(F12);
    release_key(F12);
    assert_int_equal(s.view, VIEW_HOME);
    type_key(KEY_A);
    assert_int_equal(s.view, VIEW_HOME);
    type_key(KEY_5); /* a number that is begun here goes on on the keypad */
    assert_int_equal(s.view, VIEW_KEYPAD);
    assert_int_equal(s.keypad.about.number.length, 2);
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
    for (unsigned i = 0; i < NUMBER_DIAL_MAX; i++) {
        type_key(KEY_5);
    }
    serial = s.keypad.serial;
    type_key(KEY_5);
    assert_int_equal(s.keypad.about.number.length, NUMBER_DIAL_MAX);
    assert_int_equal(s.keypad.serial, serial);
    assert_int_equal(s.hint, WORD_REASON + REASON_TOO_LONG); /* and says so */
    type_key(BACKSPACE);
    assert_int_equal(s.hint, WORD_NONE);
}

/* ---- touches --------------------------------------------------------------------------------- */

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
    for (int32_t y = 0; y < H; y += 4) {
        input(INPUT_MOVE, y == 0 ? W / 2 : 0, 4);
    }
    assert_true(s.prompt.is_waiting && !s.outbox.is_decision_due);
    assert_false(s.route.is_finger_down);
}

static void input_that_cannot_be_is_invalid(void **state)
{
    static const struct input_report bad[] = {
        { DISPLAY_INPUT, INPUT_KEY - 1, 0, 0 },        { DISPLAY_INPUT, INPUT_BUTTON + 1, 0, 0 },
        { DISPLAY_INPUT, INPUT_TOUCH, W, 0 },          { DISPLAY_INPUT, INPUT_TOUCH, 0, H },
        { DISPLAY_INPUT, INPUT_TOUCH, UINT32_MAX, 0 },
    };

    (void)state;
    for (unsigned i = 0; i < sizeof bad / sizeof bad[0]; i++) {
        assert_int_equal(SEND(DISPLAY_BADGE_INPUT, bad[i]), DISPLAY_INVALID);
    }
    assert_false(s.route.is_finger_down);
}

/* ---- the dialler's and root's messages ------------------------------------------------------- */

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
    assert_true(s.prompt.is_waiting && !s.outbox.is_decision_due);
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

/* Nor a question, which nobody could answer any more: two callers give up, one after the other, and
 * Linux asks for its own 112 in between. */
static void an_outcome_covers_no_open_question(void **state)
{
    (void)state;
    tell_call(DIAL_STATE_INCOMING, ORIGIN_NETWORK, TARIFF_UNKNOWN, "030123456");
    tell_call(DIAL_STATE_NONE, ORIGIN_NETWORK, TARIFF_UNKNOWN, "");
    tell_outcome(ORIGIN_NETWORK, DIAL_OUTCOME_MISSED, "030123456");
    assert_int_equal(s.view, VIEW_RESULT);
    tell_call(DIAL_STATE_INCOMING, ORIGIN_NETWORK, TARIFF_UNKNOWN, "030123457");
    assert_int_equal(ask(EMERGENCY), DISPLAY_OK);
    tell_call(DIAL_STATE_NONE, ORIGIN_NETWORK, TARIFF_UNKNOWN, "");
    tell_outcome(ORIGIN_NETWORK, DIAL_OUTCOME_MISSED, "030123457");
    assert_int_equal(s.view, VIEW_PROMPT);
    assert_true(s.prompt.is_waiting && confirm_is_open(s.confirm.state));
    assert_int_equal(s.home.history_count, 2);
    tell_call(DIAL_STATE_DIALLING, ORIGIN_USER, TARIFF_EMERGENCY, "112");
    assert_int_equal(s.view, VIEW_CALL);
    assert_true(has_decision(DECISION_WITHDRAWN));
}

static void what_is_out_of_range_is_invalid(void **state)
{
    struct outcome_view v = { .operation = DISPLAY_OUTCOME,
                              .origin = ORIGIN_LEGACY,
                              .outcome = DIAL_OUTCOME_REFUSED,
                              .about.number.length = NUMBER_SYMBOLS_MAX + 1 };

    (void)state;
    assert_int_equal(tell_outcome(ORIGIN_NETWORK + 1, DIAL_OUTCOME_REFUSED, ""), DISPLAY_INVALID);
    assert_int_equal(tell_outcome(ORIGIN_LEGACY, DIAL_OUTCOMES, ""), DISPLAY_INVALID);
    assert_int_equal(SEND(DISPLAY_BADGE_DIALLER, v), DISPLAY_INVALID);
    assert_int_equal(s.home.history_count, 0);
    assert_int_equal(tell_price(0, TARIFF_CATEGORIES, 0, PRICE_NONE), DISPLAY_INVALID);
    assert_int_equal(tell_legacy(LEGACY_STOPPED + 1), DISPLAY_INVALID);
}

static void a_linux_that_runs_withdraws_nothing(void **state)
{
    (void)state;
    ask(PREMIUM_CALL);
    tell_legacy(LEGACY_RUNNING);
    assert_true(s.prompt.is_waiting && !s.outbox.is_decision_due);
}

/* ---- incoming calls -------------------------------------------------------------------------- */

static bool is_drawn(enum item_kind kind, enum word word)
{
    for (uint32_t i = 0; i < item_count; i++) {
        if (items[i].kind == kind && (word == WORD_NONE || items[i].word == word) &&
            screen_has(&s, &items[i], screen_facts(&s))) {
            return true;
        }
    }
    return false;
}

static void incoming_comes_up_whatever_the_number(void **state)
{
    static const char *const numbers[] = { "", "030123456", "+4930123456" };

    for (unsigned i = 0; i < 3; i++) {
        start_at_keypad(state);
        type_key(KEY_5);
        tell_call(DIAL_STATE_INCOMING, ORIGIN_NETWORK, TARIFF_UNKNOWN, numbers[i]);
        assert_true(ringing_is_shown(&s));
        assert_int_equal(is_drawn(ITEM_TEXT, WORD_NO_NUMBER), i == 0);
        assert_int_equal(s.keypad.about.number.length,
                         1); /* and what was typed is there afterwards */
        tell_call(DIAL_STATE_NONE, ORIGIN_NETWORK, TARIFF_UNKNOWN, "");
        assert_int_equal(s.view, VIEW_KEYPAD);
    }
}

static bool meet(enum box a, enum box b)
{
    struct rect r = layout[a], q = layout[b];

    return r.x < q.x + q.width && q.x < r.x + r.width && r.y < q.y + q.height &&
           q.y < r.y + r.height;
}

/* A finger that types meets neither, wherever it is among the keys; nor does it decline at once. */
static void a_typing_finger_answers_and_declines_nothing(void **state)
{
    (void)state;
    for (enum box key = BOX_PAD_KEY; key <= BOX_PAD_KEY_LAST; key++) {
        assert_false(meet(key, BOX_DECLINE) || meet(key, BOX_ANSWER));
        for (unsigned i = 0; i < PAD_SYMBOLS; i++) {
            tell_call(DIAL_STATE_INCOMING, ORIGIN_NETWORK, TARIFF_UNKNOWN, "030");
            tap_box(key);
        }
    }
    tap_box(BOX_DECLINE);
    assert_int_equal(events_of(EVENT_DECLINE), 0);
    assert_int_equal(layout[BOX_DECLINE].height, 84); /* 9 mm */
    assert_in_range(layout[BOX_DECLINE].y, 610, 706); /* where a thumb is */
    assert_int_equal(layout[BOX_DECLINE].y, layout[BOX_ANSWER].y);
    run(NO_ARM);
    tap_box(BOX_DECLINE);
    assert_int_equal(events_of(EVENT_DECLINE), 1);
}

static void amber_stands_for_our_cost_only(void **state)
{
    (void)state;
    tell_call(DIAL_STATE_INCOMING, ORIGIN_NETWORK, TARIFF_UNKNOWN, "0900123456");
    assert_false(is_drawn(ITEM_BAND, WORD_NONE));
    tell_call(DIAL_STATE_ACTIVE, ORIGIN_NETWORK, TARIFF_PREMIUM_0900, "0900123456");
    assert_false(is_drawn(ITEM_BAND, WORD_NONE));
    assert_false(is_drawn(ITEM_TEXT, WORD_SO_FAR));
    tell_call(DIAL_STATE_NONE, ORIGIN_NETWORK, TARIFF_UNKNOWN, "");
    tell_call(DIAL_STATE_ACTIVE, ORIGIN_USER, TARIFF_PREMIUM_0900, "0900123456");
    assert_true(is_drawn(ITEM_BAND, WORD_NONE));
}

static void a_second_call_is_declined_or_held_to_be_answered(void **state)
{
    struct request r = {
        .origin = ORIGIN_USER, .category = TARIFF_FIXED, .number = "030123456", .second = "030999"
    };
    struct number second = number_of("030999");

    (void)state;
    tell_call(DIAL_STATE_ACTIVE, ORIGIN_USER, TARIFF_FIXED, "030123456");
    press_key(F12);
    release_key(F12);
    tell_call_of(DIAL_STATE_ACTIVE, r);
    assert_true(ringing_is_shown(&s));
    assert_memory_equal(&screen_subject(&s)->number, &second, sizeof second);
    run(USER_BUSY_US);
    assert_int_equal(ask(PLAIN_CALL), DISPLAY_BUSY);
    tap_box(BOX_ANSWER); /* it ends a call: a press is too little */
    assert_int_equal(events_of(EVENT_ANSWER), 0);
    touch_box(BOX_ANSWER);
    run(CONFIRM_HOLD_US);
    lift();
    assert_int_equal(events_of(EVENT_ANSWER), 1);
    run(NO_ARM);
    tap_box(BOX_DECLINE);
    assert_int_equal(events_of(EVENT_DECLINE), 1);
    r.second = NULL;
    tell_call_of(DIAL_STATE_ACTIVE, r);
    assert_false(ringing_is_shown(&s));
    assert_int_equal(s.view, VIEW_CALL);
    r.category = TARIFF_EMERGENCY;
    r.second = "";
    r.number = "112";
    tell_call_of(DIAL_STATE_ACTIVE, r);
    assert_true(emergency_is_shown(&s) &&
                is_drawn(ITEM_TEXT, WORD_SECOND_CALL)); /* told, but it covers nothing */
    assert_false(ringing_is_shown(&s) || is_drawn(ITEM_NO, WORD_DECLINE));
    assert_int_equal(s.yes, YES_HANG_UP);
}

static void linuxs_answer_brings_the_page_back(void **state)
{
    struct request r = { .origin = ORIGIN_NETWORK, .number = "030123456" };

    (void)state;
    tell_call_of(DIAL_STATE_INCOMING, r);
    press_key(F12);
    release_key(F12);
    tell_call_of(DIAL_STATE_INCOMING, r);
    assert_int_equal(s.view, VIEW_HOME);
    r.flags = CALL_FLAG_TO_FRONT;
    tell_call_of(DIAL_STATE_INCOMING, r);
    assert_true(ringing_is_shown(&s));
    r.flags = CALL_FLAG_RESCUERS;
    tell_call_of(DIAL_STATE_INCOMING, r);
    assert_true(is_drawn(ITEM_TEXT, WORD_RESCUERS));
}

/* … but not over the keypad in use: Linux and a caller could keep anybody from typing 112. */
static void linuxs_answer_covers_no_number_being_typed(void **state)
{
    struct request r = { .origin = ORIGIN_NETWORK, .number = "030123456" };
    struct request emergency = { .category = TARIFF_EMERGENCY,
                                 .number = "112",
                                 .flags = CALL_FLAG_TO_FRONT };

    (void)state;
    tell_call_of(DIAL_STATE_INCOMING, r);
    press_key(F12);
    release_key(F12);
    type_key(KEY_5);
    assert_int_equal(s.view, VIEW_KEYPAD);
    r.flags = CALL_FLAG_TO_FRONT;
    run(4 * SECOND);
    tell_call_of(DIAL_STATE_INCOMING, r);
    assert_int_equal(s.view, VIEW_KEYPAD);
    run(SECOND);
    tell_call_of(DIAL_STATE_INCOMING, r);
    assert_true(ringing_is_shown(&s));
    press_key(F12);
    release_key(F12);
    type_key(KEY_5);
    tell_call_of(DIAL_STATE_DIALLING, emergency);
    assert_true(emergency_is_shown(&s)); /* the user's own comes */
    emergency.second = r.number;         /* whoever rings beside it */
    tell_call_of(DIAL_STATE_DIALLING, emergency);
    press_key(F12);
    release_key(F12);
    type_key(KEY_5);
    assert_int_equal(s.view, VIEW_KEYPAD);
    tell_call_of(DIAL_STATE_DIALLING, emergency);
    assert_true(emergency_is_shown(&s));
}

/* ---- nothing vanishes without a word --------------------------------------------------------- */

static uint32_t typed_serial(void)
{
    uint32_t serial = 0;

    for (struct event e = next_event(); e.kind != EVENT_NONE; e = next_event()) {
        serial = e.kind == EVENT_TYPED ? e.value : serial;
    }
    return serial;
}

/* Every reason is told, in a sentence of its own, and what was typed stays. */
static void every_reason_has_its_sentence(void **state)
{
    for (uint32_t reason = REASON_NONE + 1; reason < REASONS; reason++) {
        enum word word = WORD_REASON + reason;
        uint32_t serial;

        for (uint32_t other = REASON_NONE + 1; other < reason; other++) {
            assert_string_not_equal(word_text[word], word_text[WORD_REASON + other]);
        }
        assert_true(word_text[word][0] != '\0');
        start_at_keypad(state);
        type_key(KEY_5);
        serial = typed_serial();
        tell_price(serial, TARIFF_FIXED, 0, PRICE_NONE);
        run(ARM);
        tap_box(BOX_PAD_CALL);
        assert_int_equal(tell_refusal(serial, reason), DISPLAY_OK);
        assert_int_equal(s.hint, word);
        assert_int_equal(s.yes, YES_DIAL_LATER);
        assert_true(is_drawn(ITEM_TEXT, WORD_HINT_PAD));
        assert_int_equal(s.keypad.about.number.length, 1);
        run(ARM);
        tap_box(BOX_PAD_CALL); /* asks for its price anew: nothing is dialled without one on the
                                  panel */
        assert_int_equal(s.hint, WORD_NONE);
        serial = typed_serial();
        tell_price(serial, TARIFF_FIXED, 0, PRICE_NONE);
        run(ARM);
        tap_box(BOX_PAD_CALL);
        assert_int_equal(events_of(EVENT_DIAL), 1);
    }
    assert_int_equal(tell_refusal(0, REASON_NONE), DISPLAY_INVALID);
    assert_int_equal(tell_refusal(0, REASONS), DISPLAY_INVALID);
    assert_int_equal(WORD_REASON_LAST - WORD_REASON + 1, REASONS);
}

static void what_cannot_be_called_says_so_and_is_not_offered(void **state)
{
    struct price_view v = { .operation = DISPLAY_PRICE, .reason = REASON_NOT_A_NUMBER };

    (void)state;
    type_key(KEY_5);
    v.serial = typed_serial();
    assert_int_equal(SEND(DISPLAY_BADGE_DIALLER, v), DISPLAY_OK);
    assert_int_equal(s.hint, WORD_REASON + REASON_NOT_A_NUMBER);
    assert_int_equal(s.yes, YES_DIAL_LATER);
    assert_false(is_drawn(ITEM_BAND, WORD_NONE));
    type_key(KEY_5);
    assert_int_equal(s.hint, WORD_NONE);
    v = (struct price_view){ .operation = DISPLAY_PRICE,
                             .serial = typed_serial(),
                             .notes = NOTE_NUMBER_HIDDEN,
                             .about.tariff.category = TARIFF_FIXED };
    SEND(DISPLAY_BADGE_DIALLER, v);
    assert_true(is_drawn(ITEM_TEXT, WORD_PAD_HIDDEN));
    assert_int_equal(s.yes, YES_DIAL);
}

/* ---- where Linux is visible ------------------------------------------------------------------ */

/* The keypad's call was asked for, and the person went to Linux at once. */
static void dial_and_leave(void **state)
{
    start_at_keypad(state);
    type_key(KEY_5);
    tell_price(typed_serial(), TARIFF_FIXED, 0, PRICE_NONE);
    run(ARM);
    tap_box(BOX_PAD_CALL);
    assert_int_equal(events_of(EVENT_DIAL), 1);
    press_key(F12);
    release_key(F12);
    tap_box(BOX_HOME_BACK);
    run(SECOND);
    assert_int_equal(s.view, VIEW_LEGACY);
}

static void why_not_has_a_page_where_linux_is_visible(void **state)
{
    for (uint32_t reason = REASON_NONE + 1; reason < REASONS; reason++) {
        dial_and_leave(state);
        assert_int_equal(tell_refusal(s.keypad.serial, reason), DISPLAY_OK);
        assert_int_equal(s.view, VIEW_RESULT);
        assert_true(is_drawn(ITEM_TEXT, WORD_NOT_CALLED) && s.result.word == WORD_NOT_DONE);
        assert_true(is_drawn(ITEM_TEXT, WORD_RESULT_REASON) && s.result.reason == reason);
        assert_true(is_drawn(ITEM_NUMBER, WORD_NONE) && s.result.about.number.length == 1);
        run(RESULT_US - 1);
        assert_int_equal(s.view, VIEW_RESULT);
        run(1);
        assert_int_equal(s.view, VIEW_LEGACY);
        run(SECOND);
        assert_int_equal(s.view, VIEW_LEGACY); /* once */
    }
}

/* Whatever Linux had the finger play: nothing there can be pressed, and Linux hears nothing. */
static void nothing_is_to_be_pressed_on_that_page(void **state)
{
    uint32_t heard;

    dial_and_leave(state);
    touch(240, 600); /* Linux' own, and still down when the page comes */
    tell_refusal(0, REASON_TOO_FAST);
    assert_int_equal(s.view, VIEW_RESULT);
    assert_false(is_drawn(ITEM_NUMBER, WORD_NONE));
    lift();
    heard = ring.head;
    for (int32_t y = BAR_HEIGHT + 10; y < H; y += 20) {
        for (int32_t x = 10; x < W; x += 40) {
            touch(x, y);
            lift();
            assert_int_equal(s.view, VIEW_RESULT);
        }
    }
    assert_int_equal(next_event().kind, EVENT_NONE);
    assert_int_equal(ring.head, heard);
}

static void nothing_of_linux_hides_why_not_but_112(void **state)
{
    dial_and_leave(state);
    tell_refusal(0, REASON_NO_MODEM);
    assert_int_equal(ask(PLAIN_CALL), DISPLAY_BUSY);
    assert_int_equal(s.view, VIEW_RESULT);
    assert_int_equal(ask(EMERGENCY), DISPLAY_OK);
    run(SECOND);
    dial_and_leave(state);
    tell_refusal(0, REASON_NO_MODEM);
    run(RESULT_US);
    assert_int_equal(ask(PLAIN_CALL), DISPLAY_OK);
}

/* A question stays as it is to the pixel; the reason comes when it has been answered. */
static void why_not_waits_for_a_place(void **state)
{
    static uint32_t before[W * H];

    dial_and_leave(state);
    assert_int_equal(ask(PREMIUM_CALL), DISPLAY_OK);
    run(ARM);
    memcpy(before, panel, sizeof before);
    tell_refusal(s.keypad.serial, REASON_CALL_UP);
    assert_memory_equal(panel, before, sizeof before);
    assert_int_equal(s.confirm.state, CONFIRM_ARMED);
    tap_box(BOX_REFUSE);
    assert_true(s.view == VIEW_RESULT && s.result.word == WORD_NOT_CALLED);
    run(RESULT_US);
    assert_true(s.view == VIEW_RESULT && s.result.word == WORD_NOT_DONE);
    run(RESULT_US);
    assert_int_equal(s.view, VIEW_LEGACY);
    assert_true(has_decision(DECISION_REFUSED));
    assert_int_equal(ask(PREMIUM_CALL), DISPLAY_OK);
    tell_refusal(0, REASON_CALL_UP);
    press_key(F12); /* refuses, and opens home, which has a place */
    assert_int_equal(s.view, VIEW_HOME);
    assert_true(is_drawn(ITEM_TEXT, WORD_HINT_HOME) && s.hint == WORD_REASON + REASON_CALL_UP);
}

static void why_not_is_said_while_linux_is_off_and_in_a_call(void **state)
{
    start(state);
    tell_legacy(LEGACY_STOPPED);
    tell_refusal(0, REASON_NO_CALL);
    assert_true(s.view == VIEW_RESULT && s.result.reason == REASON_NO_CALL);
    run(RESULT_US);
    assert_int_equal(s.view, VIEW_STOPPED);
    tell_call(DIAL_STATE_ACTIVE, ORIGIN_USER, TARIFF_FIXED, "030123456");
    type_key(KEY_5);
    tell_refusal(0, REASON_TOO_FAST); /* the tone */
    assert_true(s.view == VIEW_CALL && is_drawn(ITEM_TEXT, WORD_HINT_CALL));
    assert_int_equal(s.hint, WORD_REASON + REASON_TOO_FAST);
}

/* ---- last calls ------------------------------------------------------------------------------ */

static bool is_listed(const char *number)
{
    const struct number n = number_of(number);

    for (uint32_t i = 0; i < s.home.history_count; i++) {
        if (number_is_equal(&s.home.history[i].number, &n)) {
            return true;
        }
    }
    return false;
}

static void what_nobody_answered_pushes_no_call_off_the_list(void **state)
{
    (void)state;
    tell_outcome(ORIGIN_LEGACY, DIAL_OUTCOME_ENDED, "09005123456");
    for (char last = '0'; last <= '9'; last++) {
        tell_outcome(ORIGIN_LEGACY, last % 2 != 0 ? DIAL_OUTCOME_WITHDRAWN : DIAL_OUTCOME_TIMED_OUT,
                     (char[]){ '0', '3', '0', last, '\0' });
        assert_true(is_listed("09005123456") && is_listed((char[]){ '0', '3', '0', last, '\0' }));
    }
    tell_outcome(ORIGIN_NETWORK, DIAL_OUTCOME_MISSED, "040");
    tell_outcome(ORIGIN_LEGACY, DIAL_OUTCOME_REFUSED, "050");
    assert_true(is_listed("09005123456") && is_listed("040") && is_listed("050"));
    tell_outcome(ORIGIN_LEGACY, DIAL_OUTCOME_WITHDRAWN, "060");
    assert_false(is_listed("060"));
    tell_outcome(ORIGIN_USER, DIAL_OUTCOME_WITHDRAWN, "070"); /* the person's own is no noise */
    assert_true(is_listed("070") && is_listed("050") && is_listed("040"));
}

static void a_reason_stays_on_its_page(void **state)
{
    (void)state;
    type_key(KEY_5);
    assert_int_equal(tell_refusal(typed_serial(), REASON_NO_MODEM), DISPLAY_OK);
    assert_true(is_drawn(ITEM_TEXT, WORD_HINT_PAD));
    press_key(F12);
    release_key(F12);
    assert_false(is_drawn(ITEM_TEXT, WORD_HINT_HOME));
    touch(layout[BOX_HOME_RESTART].x + 4, layout[BOX_HOME_RESTART].y + 4); /* too early */
    assert_true(is_drawn(ITEM_TEXT, WORD_HINT_HOME));
    lift();
    assert_true(is_drawn(ITEM_TEXT, WORD_LINUX_RUNNING));
}

static void a_hold_on_the_keypad_that_comes_too_early_says_so(void **state)
{
    (void)state;
    type_key(KEY_5);
    tell_price(typed_serial(), TARIFF_PREMIUM_0900, 199, PRICE_PER_MINUTE);
    run(ARM - 1);
    touch_box(BOX_PAD_CALL);
    assert_true(is_drawn(ITEM_TEXT, WORD_HINT_PAD) && s.hint == WORD_LIFT);
    run(2 * SECOND);
    lift();
    assert_true(
        is_drawn(ITEM_BAND, WORD_NONE)); /* the price is back, and has to stand as long again */
    run(ARM - 1);
    assert_int_equal(s.confirm.state, CONFIRM_SETTLING);
    run(1);
    touch_box(BOX_PAD_CALL);
    run(CONFIRM_HOLD_US);
    assert_int_equal(events_of(EVENT_DIAL), 1);
}

static void a_double_tap_on_call_hangs_up_nothing(void **state)
{
    (void)state;
    type_key(KEY_5);
    tell_price(typed_serial(), TARIFF_FIXED, 0, PRICE_NONE);
    run(ARM);
    tap_box(BOX_PAD_CALL);
    tell_call(DIAL_STATE_DIALLING, ORIGIN_USER, TARIFF_FIXED, "5");
    for (unsigned i = 0; i < 5; i++) {
        run(200 * MILLI);
        tap_box(BOX_PAD_CALL);
    }
    assert_int_equal(events_of(EVENT_HANG_UP), 0);
    run(CONFIRM_QUIET_SHORT_US);
    tap_box(BOX_HANG_UP);
    assert_int_equal(events_of(EVENT_HANG_UP), 1);
    run(NO_ARM);
    tap_box(BOX_HANG_UP); /* again, if nothing came of it */
    assert_int_equal(events_of(EVENT_HANG_UP), 1);
}

static void a_result_tells_number_reason_length_and_cost(void **state)
{
    struct outcome_view v = { .operation = DISPLAY_OUTCOME,
                              .origin = ORIGIN_USER,
                              .outcome = DIAL_OUTCOME_ENDED,
                              .seconds = 161,
                              .about = { .tariff = { TARIFF_PREMIUM_0900, 199, PRICE_PER_MINUTE },
                                         .number = number_of("09005123456") } };
    struct text cost = { 0 };

    (void)state;
    SEND(DISPLAY_BADGE_DIALLER, v);
    assert_int_equal(s.view, VIEW_RESULT);
    text_add_cents(&cost, 3 * 199);
    assert_string_equal(screen_filling(&s, WITH_COST).bytes, cost.bytes);
    assert_string_equal(screen_filling(&s, WITH_CLOCK).bytes, "02:41");
    assert_memory_equal(&screen_subject(&s)->number, &v.about.number, sizeof v.about.number);
    assert_true(is_drawn(ITEM_NUMBER, WORD_NONE) && is_drawn(ITEM_TEXT, WORD_LASTED) &&
                is_drawn(ITEM_TEXT, WORD_COST));
    run(RESULT_US);
    assert_int_equal(s.view, VIEW_LEGACY);
    v = (struct outcome_view){ .operation = DISPLAY_OUTCOME,
                               .origin = ORIGIN_NETWORK,
                               .outcome = DIAL_OUTCOME_MISSED,
                               .reason = REASON_NETWORK };
    SEND(DISPLAY_BADGE_DIALLER, v);
    assert_int_equal(s.result.word, WORD_CALL_MISSED);
    assert_int_equal(s.result.reason, REASON_NETWORK);
    assert_false(is_drawn(ITEM_NUMBER, WORD_NONE) || is_drawn(ITEM_TEXT, WORD_LASTED) ||
                 is_drawn(ITEM_TEXT, WORD_COST));
}

/* ---- the keypad's and a keyboard's keys ------------------------------------------------------ */

static void a_long_press_on_zero_is_a_plus(void **state)
{
    struct number plus = number_of("+"), zero = number_of("0"), two = number_of("00");

    (void)state;
    touch_box(BOX_PAD_KEY + 10);
    assert_int_equal(server_wake_us(&s), now + PLUS_US);
    run(PLUS_US - 1);
    assert_memory_equal(&s.keypad.about.number, &zero, sizeof zero);
    run(1);
    assert_memory_equal(&s.keypad.about.number, &plus, sizeof plus);
    lift();
    tap_box(BOX_PAD_ERASE);
    tap_box(BOX_PAD_KEY + 10);
    run(SECOND); /* it went up in time */
    assert_memory_equal(&s.keypad.about.number, &zero, sizeof zero);
    touch_box(BOX_PAD_KEY + 10);
    run(SECOND); /* a plus stands in front only */
    assert_memory_equal(&s.keypad.about.number, &two, sizeof two);
}

static void the_keypad_leads_home_and_keeps_its_number(void **state)
{
    (void)state;
    type_key(KEY_5);
    tap_box(BOX_PAD_HOME);
    assert_int_equal(s.view, VIEW_HOME);
    tap_box(BOX_HOME_KEYPAD);
    assert_int_equal(s.keypad.about.number.length, 1);
    type_key(1); /* Esc */
    assert_int_equal(s.view, VIEW_HOME);
}

static void every_kind_of_keypad_types(void **state)
{
    static const uint32_t one_by_one[] = { 78, 11, 82, 2, 79, 80, 81, 75, 76, 77, 71, 72, 73, 55 };
    static const uint32_t phones[] = { 0x200, 0x201, 0x209, 0x20a, 0x20b };
    struct number first = number_of("+0011234567"
                                    "89*"),
                  second = number_of("019*##*");

    (void)state;
    for (unsigned i = 0; i < sizeof one_by_one / sizeof one_by_one[0]; i++) {
        type_key(one_by_one[i]);
    }
    assert_memory_equal(&s.keypad.about.number, &first, sizeof first);
    for (unsigned i = 0; i < sizeof one_by_one / sizeof one_by_one[0]; i++) {
        type_key(BACKSPACE);
    }
    for (unsigned i = 0; i < sizeof phones / sizeof phones[0]; i++) {
        type_key(phones[i]);
    }
    press_key(42); /* shift */
    type_key(4);
    type_key(9);
    type_key(KEY_5); /* a percent sign: nothing */
    release_key(42);
    assert_memory_equal(&s.keypad.about.number, &second, sizeof second);
}

static void digits_in_a_call_are_tones(void **state)
{
    (void)state;
    tell_call(DIAL_STATE_ACTIVE, ORIGIN_USER, TARIFF_FIXED, "030123456");
    type_key(KEY_5);
    type_key(0x20b);
    assert_int_equal(events_of(EVENT_TONE), 2);
}

/* Linux hears nothing of it then; without a call the key is Linux' own. */
static void the_red_key_ends_a_call_in_every_view(void **state)
{
    static const enum view views[] = { VIEW_LEGACY, VIEW_HOME,   VIEW_KEYPAD,
                                       VIEW_CALL,   VIEW_RESULT, VIEW_STOPPED };

    for (unsigned i = 0; i < sizeof views / sizeof views[0]; i++) {
        uint32_t before;

        start(state);
        tell_call(DIAL_STATE_ACTIVE, ORIGIN_LEGACY, TARIFF_PREMIUM_0900, "09005123456");
        view_enter(&s, views[i]);
        before = ring.head;
        type_key(RED_KEY);
        assert_int_equal(events_of(EVENT_HANG_UP), 1);
        assert_int_equal(ring.head, before);
        tell_call(DIAL_STATE_INCOMING, ORIGIN_NETWORK, TARIFF_UNKNOWN, "");
        view_enter(&s, views[i]);
        type_key(RED_KEY);
        assert_int_equal(events_of(EVENT_DECLINE), 1);
        tell_call(DIAL_STATE_DIALLING, ORIGIN_USER, TARIFF_EMERGENCY, "112");
        view_enter(&s, views[i]);
        type_key(RED_KEY);
        assert_int_equal(events_of(EVENT_HANG_UP), 0);
        assert_true(emergency_is_shown(&s)); /* where it takes a hold */
    }
    start(state);
    type_key(RED_KEY);
    assert_int_equal(ring.head, 2);
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
        CASE(an_outcome_covers_no_open_question),
        CASE(what_is_out_of_range_is_invalid),
        CASE(a_linux_that_runs_withdraws_nothing),
        CASE(incoming_comes_up_whatever_the_number),
        CASE(a_typing_finger_answers_and_declines_nothing),
        CASE(amber_stands_for_our_cost_only),
        CASE(a_second_call_is_declined_or_held_to_be_answered),
        CASE(linuxs_answer_brings_the_page_back),
        CASE(linuxs_answer_covers_no_number_being_typed),
        CASE(every_reason_has_its_sentence),
        KEYPAD_CASE(what_cannot_be_called_says_so_and_is_not_offered),
        KEYPAD_CASE(a_reason_stays_on_its_page),
        CASE(why_not_has_a_page_where_linux_is_visible),
        CASE(nothing_is_to_be_pressed_on_that_page),
        CASE(nothing_of_linux_hides_why_not_but_112),
        CASE(why_not_waits_for_a_place),
        CASE(why_not_is_said_while_linux_is_off_and_in_a_call),
        CASE(what_nobody_answered_pushes_no_call_off_the_list),
        KEYPAD_CASE(a_hold_on_the_keypad_that_comes_too_early_says_so),
        KEYPAD_CASE(a_double_tap_on_call_hangs_up_nothing),
        CASE(a_result_tells_number_reason_length_and_cost),
        KEYPAD_CASE(a_long_press_on_zero_is_a_plus),
        KEYPAD_CASE(the_keypad_leads_home_and_keeps_its_number),
        KEYPAD_CASE(every_kind_of_keypad_types),
        CASE(digits_in_a_call_are_tones),
        CASE(the_red_key_ends_a_call_in_every_view),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
