/* SPDX-License-Identifier: BSD-2-Clause */
/* Tests of PS/2 scan codes and mouse packets. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "ps2.h"

static struct ps2_keyboard k;
static struct ps2_mouse m;
static struct input_event out[PS2_OUT_MAX + 1];
static uint64_t now_us;

static int start(void **state)
{
    (void)state;
    k = (struct ps2_keyboard){ 0 };
    m = (struct ps2_mouse){ 0 };
    now_us = 1000000;
    return 0;
}

static uint32_t type(const char *bytes, size_t count)
{
    uint32_t events = 0;

    for (size_t i = 0; i < count; i++) {
        events = ps2_keyboard_take(&k, (uint8_t)bytes[i], out);
    }
    return events;
}
#define TYPE(bytes) type(bytes, sizeof(bytes) - 1)

static void expect_key(const struct input_event *e, int32_t code, int32_t value)
{
    assert_int_equal(e->kind, INPUT_KEY);
    assert_int_equal(e->a, code);
    assert_int_equal(e->b, value);
}

static void keys_go_down_and_up_once(void **state)
{
    static const struct {
        const char *make, *release;
        int32_t code;
    } keys[] = {
        { "\x1c", "\xf0\x1c", 30 },          /* A */
        { "\x16", "\xf0\x16", 2 },           /* 1 */
        { "\x45", "\xf0\x45", 11 },          /* 0 */
        { "\x76", "\xf0\x76", 1 },           /* Esc */
        { "\x66", "\xf0\x66", 14 },          /* backspace */
        { "\x07", "\xf0\x07", 88 },          /* F12: attention */
        { "\x83", "\xf0\x83", 65 },          /* F7, the last code */
        { "\xe0\x69", "\xe0\xf0\x69", 107 }, /* End: the red key */
        { "\xe0\x3a", "\xe0\xf0\x3a", 172 }, /* home page: attention */
        { "\xe0\x75", "\xe0\xf0\x75", 103 }, /* up, and 8 on the number pad */
        { "\x75", "\xf0\x75", 72 },
    };

    (void)state;
    for (unsigned i = 0; i < sizeof keys / sizeof keys[0]; i++) {
        assert_int_equal(type(keys[i].make, strlen(keys[i].make)), 1);
        expect_key(out, keys[i].code, 1);
        assert_int_equal(type(keys[i].make, strlen(keys[i].make)), 0); /* it repeats */
        assert_int_equal(type(keys[i].release, strlen(keys[i].release)), 1);
        expect_key(out, keys[i].code, 0);
        assert_int_equal(type(keys[i].release, strlen(keys[i].release)), 0);
    }
}

static void no_two_keys_have_one_code(void **state)
{
    uint8_t seen[256] = { 0 };

    (void)state;
    for (unsigned extended = 0; extended < 2; extended++) {
        for (unsigned code = 1; code < 0x84; code++) {
            k = (struct ps2_keyboard){ .is_extended = extended };
            if (ps2_keyboard_take(&k, (uint8_t)code, out) == 1) {
                assert_int_equal(seen[out[0].a]++, 0);
            }
        }
    }
    assert_int_equal(seen[0], 0);
}

static void pause_is_down_and_up_and_half_of_it_is_nothing(void **state)
{
    (void)state;
    assert_int_equal(TYPE("\xe1\x14\x77\xe1\xf0\x14\xf0\x77"), 2);
    expect_key(&out[0], 119, 1);
    expect_key(&out[1], 119, 0);
    assert_int_equal(TYPE("\xe1\x14\x1c"), 1); /* cut off: the A counts */
    expect_key(out, 30, 1);
    assert_int_equal(TYPE("\xe1\xe1\x14\x77\xe1\xf0\x14\xf0\x77"), 2);
}

static void shifts_that_nobody_pressed_are_dropped(void **state)
{
    (void)state;
    assert_int_equal(TYPE("\xe0\x12"), 0);
    assert_int_equal(TYPE("\xe0\x70"), 1); /* insert */
    assert_int_equal(TYPE("\xe0\xf0\x59"), 0);
    assert_int_equal(k.held_count, 1);
}

static void lost_bytes_release_what_is_held(void **state)
{
    static const char lost[] = { 0x00, (char)0xff, (char)0xaa };

    (void)state;
    for (unsigned i = 0; i < sizeof lost; i++) {
        assert_int_equal(TYPE("\x1c\x1b"), 1);
        assert_int_equal(type(&lost[i], 1), 2);
        expect_key(&out[0], 30, 0);
        expect_key(&out[1], 31, 0);
        assert_int_equal(TYPE("\xf0\x1c"), 0);
    }
    (void)TYPE("\xe0\xf0");
    (void)type(lost, 1);
    assert_int_equal(TYPE("\x1c"), 1); /* no half of a code is left */
    expect_key(out, 30, 1);
}

static void fists_and_noise_stay_in_bounds(void **state)
{
    uint32_t down = 0, seed = 1;

    (void)state;
    for (unsigned code = 1; code < 0x84; code++) {
        down += ps2_keyboard_take(&k, (uint8_t)code, out);
    }
    assert_int_equal(down, PS2_KEYS_HELD_MAX);
    assert_int_equal(ps2_keyboard_take(&k, 0x00, out), PS2_KEYS_HELD_MAX);
    for (unsigned i = 0; i < 1000000; i++) {
        uint8_t byte = (uint8_t)((seed = seed * 1103515245u + 12345u) >> 16);

        out[PS2_OUT_MAX].kind = 99;
        assert_true(ps2_keyboard_take(&k, byte, out) <= PS2_OUT_MAX);
        assert_true(ps2_mouse_take(&m, byte, now_us + i, out) <= 2);
        assert_int_equal(out[PS2_OUT_MAX].kind, 99);
    }
}

/* ---- mouse ----------------------------------------------------------------------------------- */

static uint32_t packet(uint8_t flags, uint8_t x, uint8_t y)
{
    assert_int_equal(ps2_mouse_take(&m, flags, now_us, out), 0);
    assert_int_equal(ps2_mouse_take(&m, x, now_us, out), 0);
    return ps2_mouse_take(&m, y, now_us, out);
}

static void expect(const struct input_event *e, uint32_t kind, int32_t a, int32_t b)
{
    assert_int_equal(e->kind, kind);
    assert_int_equal(e->a, a);
    assert_int_equal(e->b, b);
}

static void movements_have_nine_bits_and_y_points_up(void **state)
{
    (void)state;
    assert_int_equal(packet(0x08, 127, 1), 1);
    expect(out, INPUT_MOVE, 127, -1);
    assert_int_equal(packet(0x18, 0x01, 0), 1);
    expect(out, INPUT_MOVE, -255, 0);
    assert_int_equal(packet(0x28, 0, 0xff), 1);
    expect(out, INPUT_MOVE, 0, 1);
    assert_int_equal(packet(0x08, 0, 0), 0);
}

static void the_left_button_changes_after_the_movement(void **state)
{
    (void)state;
    assert_int_equal(packet(0x09, 5, 0), 2);
    expect(&out[0], INPUT_MOVE, 5, 0);
    expect(&out[1], INPUT_BUTTON, 0, 1);
    assert_int_equal(packet(0x0f, 0, 0), 0); /* the others mean nothing */
    assert_int_equal(packet(0x0e, 0, 0), 1);
    expect(out, INPUT_BUTTON, 0, 0);
}

static void what_overflowed_does_not_move(void **state)
{
    (void)state;
    assert_int_equal(packet(0x48, 100, 100), 0);
    assert_int_equal(packet(0x89, 100, 100), 1);
    expect(out, INPUT_BUTTON, 0, 1);
}

static void a_byte_that_cannot_be_the_first_is_dropped(void **state)
{
    (void)state;
    assert_int_equal(ps2_mouse_take(&m, 0x01, now_us, out), 0);
    assert_int_equal(ps2_mouse_take(&m, 0xf7, now_us, out), 0);
    assert_int_equal(packet(0x08, 3, 0), 1);
    expect(out, INPUT_MOVE, 3, 0);
}

static void half_a_packet_is_dropped_after_a_while(void **state)
{
    (void)state;
    assert_int_equal(ps2_mouse_take(&m, 0x08, now_us, out), 0);
    assert_int_equal(ps2_mouse_take(&m, 0x09, now_us, out), 0);
    now_us += 500001;
    assert_int_equal(packet(0x08, 7, 0), 1);
    expect(out, INPUT_MOVE, 7, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup(keys_go_down_and_up_once, start),
        cmocka_unit_test_setup(no_two_keys_have_one_code, start),
        cmocka_unit_test_setup(pause_is_down_and_up_and_half_of_it_is_nothing, start),
        cmocka_unit_test_setup(shifts_that_nobody_pressed_are_dropped, start),
        cmocka_unit_test_setup(lost_bytes_release_what_is_held, start),
        cmocka_unit_test_setup(fists_and_noise_stay_in_bounds, start),
        cmocka_unit_test_setup(movements_have_nine_bits_and_y_points_up, start),
        cmocka_unit_test_setup(the_left_button_changes_after_the_movement, start),
        cmocka_unit_test_setup(what_overflowed_does_not_move, start),
        cmocka_unit_test_setup(a_byte_that_cannot_be_the_first_is_dropped, start),
        cmocka_unit_test_setup(half_a_packet_is_dropped_after_a_while, start),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
