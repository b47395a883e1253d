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
