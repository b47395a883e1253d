/* SPDX-License-Identifier: BSD-2-Clause */
/* What is on the panel, pixel by pixel. */
#include <signal.h>
#include <stdio.h>
#include <sys/mman.h>

#include "fixture.h"

enum {
    ARM = CONFIRM_FRAMES_US + CONFIRM_QUIET_US,
    GARBAGE = 0x00badbad,
    LEGACY_PIXEL = 0x00abcdef,
    F12 = 88,
    FRAME = 6
};

static uint32_t saved[W * H];

static void save(void)
{
    memcpy(saved, panel, sizeof panel);
}

static uint64_t hash_rows(int32_t from, int32_t to) /* FNV-1a */
{
    uint64_t hash = 0xcbf29ce484222325u;

    for (int32_t i = from * W; i < to * W; i++) {
        hash = (hash ^ panel[i]) * 0x100000001b3u;
    }
    return hash;
}

static int32_t count_pixels(uint32_t colour)
{
    int32_t count = 0;

    for (size_t i = 0; i < W * H; i++) {
        count += panel[i] == colour;
    }
    return count;
}

/* Outside of the given boxes nothing differs from what was saved. */
static void assert_same_but(const enum box *boxes)
{
    for (int32_t i = 0; i < W * H; i++) {
        bool may_differ = false;

        for (const enum box *box = boxes; *box != BOX_NONE; box++) {
            may_differ |= rect_contains(layout[*box], i % W, i / W);
        }
        if (!may_differ && panel[i] != saved[i]) {
            fail_msg("pixel %d,%d changed", i % W, i / W);
        }
    }
}

static void the_prompt_stands_still_from_shown_to_answered(void **state)
{
    static const enum box moving[] = { BOX_CONFIRM, BOX_COUNTDOWN, BOX_NONE };

    (void)state;
    boot_to_legacy();
    ask(PREMIUM_CALL);
    save();
    run(ARM);
    assert_same_but(moving);
    touch_box(BOX_CONFIRM);
    for (unsigned i = 0; i < 15; i++) {
        run(CONFIRM_HOLD_US / 15);
        assert_same_but(moving);
    }
    assert_true(has_decision(DECISION_CONFIRMED));
}

/* Number and band, country and groups with them, stand on through the call. */
static void the_call_screen_keeps_number_and_band(void **state)
{
    static const uint32_t states[] = { DIAL_STATE_DIALLING, DIAL_STATE_ALERTING,
                                       DIAL_STATE_ACTIVE };
    static const struct request abroad = { .kind = PROMPT_CALL,
                                           FROM_LINUX,
                                           .category = TARIFF_FOREIGN,
                                           .groups = 1 << 4 | 1 << 7,
                                           .country = 42,
                                           .number = "+9601234567" };
    const struct request requests[] = { PREMIUM_CALL, abroad };

    (void)state;
    for (unsigned i = 0; i < 2; i++) {
        boot_to_legacy();
        ask(requests[i]);
        save();
        run(ARM);
        touch_box(BOX_CONFIRM);
        run(CONFIRM_HOLD_US);
        assert_true(has_decision(DECISION_CONFIRMED));
        for (unsigned j = 0; j < 3; j++) {
            tell_call_of(states[j], requests[i]);
            assert_int_equal(s.view, VIEW_CALL);
            assert_memory_equal(panel + layout[BOX_NUMBER].y * W, saved + layout[BOX_NUMBER].y * W,
                                (LAYOUT_NUMBER_ROW + 40 + 104) * W * 4);
        }
    }
}

/* The keypad says it too. */
static void a_country_stands_in_the_band(void **state)
{
    const int32_t band = layout[BOX_PAD_BAND].y * W;
    uint32_t serial;

    (void)state;
    boot_to_legacy();
    press_key(F12);
    release_key(F12);
    tap_box(BOX_HOME_KEYPAD);
    tap_box(BOX_PAD_KEY + 10);
    serial = s.keypad.serial;
    tell_price_in(serial, (struct tariff){ .category = TARIFF_FOREIGN }, 7);
    save();
    tell_price_in(serial, (struct tariff){ .category = TARIFF_FOREIGN }, 8);
    assert_memory_not_equal(panel + band, saved + band, 104 * W * 4);
    assert_int_equal(
        tell_price_in(serial, (struct tariff){ .category = TARIFF_FOREIGN }, COUNTRIES),
        DISPLAY_INVALID);
}

static void an_outline_turns_solid_and_fills_from_the_left(void **state)
{
    const struct rect box = layout[BOX_CONFIRM];
    const uint32_t *row = panel + (box.y + 6) * W;
    uint32_t grown = 0;

    (void)state;
    boot_to_legacy();
    ask(PREMIUM_CALL);
    assert_int_equal(row[box.x + 20], COLOUR_PAGE);
    run(ARM);
    assert_int_equal(row[box.x + 20], COLOUR_CONFIRM);
    touch_box(BOX_CONFIRM);
    for (unsigned i = 0; i < 14; i++) {
        uint32_t filled = 12;

        run(CONFIRM_HOLD_US / 15);
        while (filled < 420 && row[box.x + (int32_t)filled] == COLOUR_HELD) {
            filled++;
        }
        assert_true(filled >= grown);
        grown = filled;
    }
    assert_in_range(grown, 380, 420);
    lift(); /* it only stops: empty again */
    assert_int_equal(row[box.x + 20], COLOUR_CONFIRM);
}

static void check_whole_screen(void)
{
    for (size_t i = 0; i < W * H; i++) {
        panel[i] = GARBAGE;
    }
    s.damage = DAMAGE_ALL;
    paint(&s);
    assert_int_equal(count_pixels(GARBAGE), 0);
    if (s.view != VIEW_LEGACY) {
        assert_int_equal(count_pixels(LEGACY_PIXEL), 0);
    }
}

/* Every state that can be reached; `check` runs in each. */
static void visit_all_views(void (*check)(void))
{
    boot();
    check();
    boot_to_legacy();
    check();
    press_key(F12);
    release_key(F12);
    check();
    tap_box(BOX_HOME_KEYPAD);
    check();
    tap_box(BOX_PAD_KEY + 4);
    check();
    tell_price(s.keypad.serial, TARIFF_PREMIUM, 99, PRICE_PER_MINUTE);
    check();
    ask((struct request){ .kind = PROMPT_MMI, PREMIUM, .number = "**21*09005123456#" });
    check();
    tap_box(BOX_REFUSE);
    check();
    has_decision(DECISION_REFUSED);
    ask(PREMIUM_CALL);
    check();
    tell_call(DIAL_STATE_INCOMING, ORIGIN_NETWORK, TARIFF_UNKNOWN, "030123");
    check();
    has_decision(DECISION_WITHDRAWN);
    tell_call(DIAL_STATE_ACTIVE, ORIGIN_NETWORK, TARIFF_UNKNOWN, "030123");
    check();
    tap_box(BOX_TONES);
    check();
    tell_call(DIAL_STATE_NONE, ORIGIN_USER, TARIFF_FIXED, "");
    ask(EMERGENCY);
    check();
    boot_to_legacy();
    tell_legacy(LEGACY_STOPPED);
    check();
    tell_legacy(LEGACY_RESTARTING);
    check();
}

static void every_view_covers_every_pixel(void **state)
{
    (void)state;
    visit_all_views(check_whole_screen);
}

/* Whatever has been drawn bit by bit is what drawing all of it at once gives. */
static void check_parts(void)
{
    SEND(DISPLAY_BADGE_DIALLER, (struct log_view){ DISPLAY_LOG, 77, { 1, 2, 3, 4 } });
    tell_outcome(ORIGIN_LEGACY, DIAL_OUTCOME_REFUSED, "7");
    touch(380, 260); /* a button at home, nothing elsewhere */
    run(1300 * MILLI);
    lift();
    run(100 * MILLI);
    save();
    s.damage = DAMAGE_ALL;
    paint(&s);
    assert_memory_equal(panel, saved, sizeof panel);
}

static void parts_are_drawn_as_the_whole_is(void **state)
{
    (void)state;
    visit_all_views(check_parts);
}

/* ---- a half-drawn picture -------------------------------------------------------------------- */

enum { PAGE_BYTES = 4096, BAR_PIXELS = 48 * W };

static struct {
    uintptr_t first;
    size_t bytes;
    int32_t from, end;
    bool was_touched, was_there;
} guarded;

/* The first store to the guarded rows: do the pixels that must be there before look as in `saved`?
 */
static void on_store(int signal_number, siginfo_t *info, void *context)
{
    (void)signal_number;
    (void)context;
    if ((uintptr_t)info->si_addr - guarded.first >= guarded.bytes) {
        abort();
    }
    guarded.was_touched = true;
    guarded.was_there = memcmp(panel + guarded.from, saved + guarded.from,
                               (size_t)(guarded.end - guarded.from) * sizeof *panel) == 0;
    mprotect((void *)guarded.first, guarded.bytes, PROT_READ | PROT_WRITE);
}

/* Pixels from `from` to `end` must be there before the first store to the others; the first and
 * last page of these stay open. */
static void guard_others_than(int32_t from, int32_t end)
{
    struct sigaction action = { .sa_sigaction = on_store, .sa_flags = SA_SIGINFO };
    uintptr_t first = (uintptr_t)(from == 0 ? panel + end : panel);
    uintptr_t last = (uintptr_t)(from == 0 ? panel + W * H : panel + from);

    guarded.first = (first + PAGE_BYTES - 1) / PAGE_BYTES * PAGE_BYTES;
    guarded.bytes = last / PAGE_BYTES * PAGE_BYTES - guarded.first;
    guarded.from = from;
    guarded.end = end;
    guarded.was_touched = guarded.was_there = false;
    sigaction(SIGSEGV, &action, NULL);
    assert_int_equal(mprotect((void *)guarded.first, guarded.bytes, PROT_READ), 0);
}

/* Whoever dumps the panel at the worst moment sees Robin's bar over all of the prompt, or no bar of
 * Robin's. */
static void robins_bar_comes_when_all_else_is_there(void **state)
{
    (void)state;
    boot_to_legacy();
    ask(PREMIUM_CALL);
    save();
    tap_no(BOX_REFUSE);
    has_decision(DECISION_REFUSED);
    run(RESULT_US);
    assert_int_equal(s.view, VIEW_LEGACY);
    guard_others_than(BAR_PIXELS, W * H);
    ask(PREMIUM_CALL);
    assert_true(guarded.was_touched);
    assert_true(guarded.was_there);
}

/* And no pixel of Linux's stands below Robin's bar. */
static void linuxs_bar_comes_before_its_picture(void **state)
{
    (void)state;
    boot_to_legacy();
    save();
    press_key(F12);
    release_key(F12);
    guard_others_than(0, BAR_PIXELS);
    tap_box(BOX_HOME_BACK);
    assert_true(guarded.was_touched);
    assert_true(guarded.was_there);
}

/* Nothing but the right part of it is written again while a prompt counts down, not even with what
 * is there. */
static void the_bar_is_written_once(void **state)
{
    int32_t end = layout[BOX_BAR_RIGHT].x;

    (void)state;
    boot_to_legacy();
    ask(PREMIUM_CALL);
    for (int32_t i = 0; i < layout[BOX_BAR].height * W; i++) {
        panel[i] = i % W < end ? GARBAGE : panel[i];
    }
    run(5 * SECOND);
    for (int32_t i = 0; i < layout[BOX_BAR].height * W; i++) {
        assert_true(i % W >= end || panel[i] == GARBAGE);
    }
}

static uint64_t trusted_bar;

static void check_bar(void)
{
    uint64_t bar;
    bool has_own_bar =
        call_is_up(&s.call) || (s.view == VIEW_PROMPT && s.prompt.kind == PROMPT_EMERGENCY);

    for (int32_t i = 0; i < layout[BOX_BAR].height * W; i++) {
        panel[i] = GARBAGE;
    }
    s.damage = DAMAGE_ALL;
    paint(&s);
    bar = hash_rows(0, layout[BOX_BAR].height);
    trusted_bar = trusted_bar == 0 ? bar : trusted_bar;
    if (s.view == VIEW_LEGACY) {
        assert_true(bar != trusted_bar);
    } else if (!has_own_bar) {
        assert_true(bar == trusted_bar);
    }
}

static void the_bar_is_the_same_on_every_trusted_view(void **state)
{
    (void)state;
    trusted_bar = 0;
    visit_all_views(check_bar);
}

static void legacys_pixels_never_change_the_bar(void **state)
{
    uint64_t bar;

    (void)state;
    boot_to_legacy();
    bar = hash_rows(0, layout[BOX_BAR].height);
    for (uint32_t round = 0; round < 20; round++) {
        for (size_t i = 0; i < sizeof legacy / sizeof legacy[0]; i++) {
            legacy[i] = (uint32_t)i * 2654435761u + round;
        }
        run(BEAT_US);
        assert_true(hash_rows(0, layout[BOX_BAR].height) == bar);
        assert_memory_equal(panel + 48 * W, legacy, sizeof legacy);
    }
}

static void legacy_is_copied_at_most_twenty_times_a_second(void **state)
{
    unsigned copies = 0;

    (void)state;
    boot_to_legacy();
    for (unsigned i = 0; i < 1000; i++) {
        now += MILLI;
        server_tick(&s, now);
        copies += (s.damage & DAMAGE_LEGACY) != 0;
        redraw();
    }
    assert_in_range(copies, 19, 20);
    press_key(F12);
    run(SECOND);
    assert_int_equal(s.damage & DAMAGE_LEGACY, 0);
    save();
    memset(legacy, 0x55, sizeof legacy);
    run(SECOND);
    assert_memory_equal(panel, saved, sizeof panel); /* not visible: not a pixel */
}

static void a_long_label_never_hides_that_it_is_untrusted(void **state)
{
    (void)state;
    boot_with_label("WWWWWWWWWWWW");
    assert_in_range(text_width(FONT_STRONG, s.legacy_label), 60, layout[BOX_BAR_NAME].width);
    view_enter(&s, VIEW_LEGACY);
    redraw();
    /* right of the label there is the plain ground before "> Robin" */
    for (int32_t y = 0; y < 48; y++) {
        assert_int_equal(
            panel[y * W + W - 16 - 6 - text_width(FONT_STRONG, word_text[WORD_BAR_ROBIN]) - 4],
            COLOUR_LEGACY);
    }
}

static void the_frame_runs_round_every_white_page(void **state)
{
    (void)state;
    boot_to_legacy();
    ask(PREMIUM_CALL);
    for (int32_t y = 48; y < H; y++) {
        for (int32_t x = 0; x < FRAME; x++) {
            assert_int_equal(panel[y * W + x], COLOUR_TRUSTED);
            assert_int_equal(panel[y * W + W - 1 - x], COLOUR_TRUSTED);
        }
    }
    for (int32_t i = (H - FRAME) * W; i < H * W; i++) {
        assert_int_equal(panel[i], COLOUR_TRUSTED);
    }
}

static void the_clock_of_a_call_moves_and_the_number_does_not(void **state)
{
    static const enum box moving[] = { BOX_CALL_STATE, BOX_BAR_RIGHT, BOX_NONE };

    (void)state;
    boot_to_legacy();
    tell_call(DIAL_STATE_ACTIVE, ORIGIN_USER, TARIFF_PREMIUM_0900, "09005123456");
    run(SECOND); /* hang up is armed */
    save();
    run(5 * SECOND);
    assert_int_equal(call_seconds(&s.call, s.now_us), 6);
    assert_same_but(moving);
    assert_memory_not_equal(panel, saved, sizeof panel);
    run(54 * SECOND); /* the second minute has begun: so has its price */
    assert_memory_not_equal(panel + (s.below + layout[BOX_SO_FAR].y) * W,
                            saved + (s.below + layout[BOX_SO_FAR].y) * W, 40 * W * 4);
}

/* A page that is drawn again is the same one: nothing of it depends on what stood there. */
static void a_prompt_drawn_again_is_the_same(void **state)
{
    static const enum box nothing[] = { BOX_NONE };

    (void)state;
    boot_to_legacy();
    ask(PREMIUM_CALL);
    save();
    for (unsigned i = 0; i < 50; i++) {
        memset(panel, (int)i, sizeof panel);
        s.damage = DAMAGE_ALL;
        paint(&s);
        assert_same_but(nothing);
    }
}

/* ... and is seen before the number that it types. */
static void a_pressed_key_is_seen_first(void **state)
{
    const enum box five = BOX_PAD_KEY + 4;
    static uint32_t before[W * H];

    (void)state;
    boot_to_legacy();
    press_key(88);
    release_key(88);
    tap_box(BOX_HOME_KEYPAD);
    memcpy(before, panel, sizeof before);
    server_tick(&s, now);
    assert_int_equal(
        server_handle(&s, (struct server_message){ DISPLAY_BADGE_INPUT,
                                                   (abi_word[]){ DISPLAY_INPUT, INPUT_TOUCH,
                                                                 (abi_word)layout[five].x + 20,
                                                                 (abi_word)layout[five].y + 20 },
                                                   4 }),
        DISPLAY_OK);
    paint(&s);
    for (int32_t i = 0; i < W * H; i++) {
        if (!rect_contains(layout[five], i % W, i / W)) {
            assert_int_equal(panel[i], before[i]);
        }
    }
    assert_int_not_equal(panel[(layout[five].y + 20) * W + layout[five].x + 20],
                         before[(layout[five].y + 20) * W + layout[five].x + 20]);
    assert_true((s.damage & DAMAGE_PAD) != 0);
    redraw();
    assert_int_equal(s.damage, 0);
}

/* A pressed key repaints itself, and the key that was pressed before it: not the pad. */
static void a_key_repaints_itself_only(void **state)
{
    const enum box five = BOX_PAD_KEY + 4;
    const uint32_t poison = 0x00badbad;

    (void)state;
    boot_to_legacy();
    press_key(88);
    release_key(88);
    tap_box(BOX_HOME_KEYPAD);
    for (enum box box = BOX_PAD_KEY; box <= BOX_PAD_ERASE; box++) {
        panel[(layout[box].y + 20) * W + layout[box].x + 20] = poison;
    }
    for (unsigned i = 0; i < 2; i++) { /* pressed, and no longer */
        if (i == 0) {
            touch_box(five);
        } else {
            lift();
        }
        for (enum box box = BOX_PAD_KEY; box <= BOX_PAD_ERASE; box++) {
            const uint32_t there = panel[(layout[box].y + 20) * W + layout[box].x + 20];

            assert_int_equal(there, box != five ? poison
                                    : i == 0    ? theme[ROLE_KEY_PRESSED].paper
                                                : theme[ROLE_KEY].paper);
        }
    }
    redraw();
    s.damage = DAMAGE_ALL;
    redraw();
    assert_int_not_equal(panel[(layout[five].y + 20) * W + layout[BOX_PAD_KEY].x + 20], poison);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_key_repaints_itself_only),
        cmocka_unit_test(a_pressed_key_is_seen_first),
        cmocka_unit_test(the_prompt_stands_still_from_shown_to_answered),
        cmocka_unit_test(the_call_screen_keeps_number_and_band),
        cmocka_unit_test(a_country_stands_in_the_band),
        cmocka_unit_test(an_outline_turns_solid_and_fills_from_the_left),
        cmocka_unit_test(every_view_covers_every_pixel),
        cmocka_unit_test(parts_are_drawn_as_the_whole_is),
        cmocka_unit_test(robins_bar_comes_when_all_else_is_there),
        cmocka_unit_test(linuxs_bar_comes_before_its_picture),
        cmocka_unit_test(the_bar_is_written_once),
        cmocka_unit_test(the_bar_is_the_same_on_every_trusted_view),
        cmocka_unit_test(legacys_pixels_never_change_the_bar),
        cmocka_unit_test(legacy_is_copied_at_most_twenty_times_a_second),
        cmocka_unit_test(a_long_label_never_hides_that_it_is_untrusted),
        cmocka_unit_test(the_frame_runs_round_every_white_page),
        cmocka_unit_test(the_clock_of_a_call_moves_and_the_number_does_not),
        cmocka_unit_test(a_prompt_drawn_again_is_the_same),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
