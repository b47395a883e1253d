/* SPDX-License-Identifier: BSD-2-Clause */
/* Tests of the pointer that boards with a mouse draw. */
#include "fixture.h"

enum { RIM = 0x1b0b2e };

static uint32_t before[W * H];

static void move(int32_t dx, int32_t dy)
{
    assert_int_equal(input(INPUT_MOVE, (uint32_t)dx, (uint32_t)dy), DISPLAY_OK);
}

static void button(uint32_t is_down)
{
    assert_int_equal(input(INPUT_BUTTON, 0, is_down), DISPLAY_OK);
}

static void move_to(int32_t x, int32_t y)
{
    move(-W, -H);
    move(x, y);
}

/* Unseen, in the upper left corner. */
static int start(void **state)
{
    (void)state;
    boot_to_legacy();
    move(-W, -H);
    s.damage |= DAMAGE_ALL;
    redraw();
    return 0;
}

static void keep_picture(void)
{
    memcpy(before, panel, sizeof before);
}

/* How many pixels differ from what was kept, none of them outside the 12 x 17 of the pointer at (x,
 * y). */
static uint32_t changed_at(int32_t x, int32_t y)
{
    uint32_t count = 0;

    for (int32_t i = 0; i < W * H; i++) {
        int32_t column = i % W - x, row = i / W - y;

        if (panel[i] == before[i]) {
            continue;
        }
        assert_true(column >= 0 && column < 12 && row >= 0 && row < 17);
        count++;
    }
    return count;
}

static void nobody_sees_it_before_it_moves(void **state)
{
    (void)state;
    for (int32_t i = 0; i < W * H; i++) {
        assert_int_not_equal(panel[i], RIM);
    }
}

static void it_lies_on_the_picture_and_leaves_it_as_it_was(void **state)
{
    (void)state;
    keep_picture();
    move(100, 300);
    assert_int_equal(panel[300 * W + 100], RIM);
    assert_int_equal(panel[302 * W + 101], 0xffffff);
    assert_true(changed_at(100, 300) > 80);
    move(5, 7);
    assert_int_equal(panel[307 * W + 105], RIM);
    assert_true(changed_at(105, 307) > 80);
    s.damage |= DAMAGE_LEGACY; /* painting over it takes nothing with it */
    redraw();
    assert_true(changed_at(105, 307) > 80);
}

static void it_stays_on_the_panel(void **state)
{
    (void)state;
    keep_picture();
    move(INT32_MAX, INT32_MAX);
    move(INT32_MAX, INT32_MAX);
    assert_int_equal(changed_at(W - 1, H - 1), 1);
    move(-1, 0);
    move(INT32_MIN, INT32_MIN);
    assert_int_equal(panel[0], RIM);
    assert_true(changed_at(0, 0) > 60);
}

/* A number that has just been shown is whole. */
static void a_new_picture_comes_without_it(void **state)
{
    (void)state;
    assert_int_equal(ask(PREMIUM_CALL), DISPLAY_OK);
    run(SECOND);
    keep_picture();
    tap_box(BOX_REFUSE);
    assert_true(has_decision(DECISION_REFUSED));
    run(3 * SECOND);
    move_to(100, 180);
    assert_int_equal(panel[180 * W + 100], RIM);
    assert_int_equal(ask(PREMIUM_CALL), DISPLAY_OK);
    run(SECOND);
    assert_int_equal(changed_at(0, 0), 0);
    move(1, 1); /* who wants it there has it there */
    assert_int_equal(panel[181 * W + 101], RIM);
}

/* Only a person can move it, but a move is no touch: it starts no count again. A press does. */
static void a_move_is_no_touch(void **state)
{
    struct rect confirm = layout[BOX_CONFIRM];

    (void)state;
    move_to(0, 799);
    assert_int_equal(ask(PLAIN_CALL), DISPLAY_OK);
    run(650 * MILLI);
    move(confirm.x + 50, confirm.y + 20 - 799);
    run(150 * MILLI);
    button(1);
    run(50 * MILLI);
    button(0);
    assert_true(has_decision(DECISION_CONFIRMED));
}

static void a_press_beside_the_button_is_a_touch(void **state)
{
    struct rect confirm = layout[BOX_CONFIRM];

    (void)state;
    move_to(2, 790);
    assert_int_equal(ask(PLAIN_CALL), DISPLAY_OK);
    run(650 * MILLI);
    button(1);
    button(0);
    move_to(confirm.x + 50, confirm.y + 20);
    run(150 * MILLI);
    button(1);
    run(50 * MILLI);
    button(0);
    assert_false(s.outbox.is_decision_due);
}

/* Down and up count inside the button only. */
static void who_leaves_the_button_has_not_confirmed(void **state)
{
    struct rect confirm = layout[BOX_CONFIRM];

    (void)state;
    move_to(confirm.x + 50, confirm.y + 20);
    assert_int_equal(ask(PLAIN_CALL), DISPLAY_OK);
    run(SECOND);
    button(1);
    move(0, -100);
    move(0, 100);
    button(0);
    assert_false(s.outbox.is_decision_due);
}

/* Linux hears where it points while the button is down, and in its own view only. */
static void linux_hears_of_presses_alone(void **state)
{
    uint32_t heard = ring.head;

    (void)state;
    move_to(200, 400);
    assert_int_equal(ring.head, heard);
    button(1);
    assert_int_equal(ring.head, heard + 1);
    assert_int_equal(ring.events[heard % INPUT_RING_EVENTS].a, 200);
    assert_int_equal(ring.events[heard % INPUT_RING_EVENTS].b, 352);
    button(0);
    heard = ring.head;
    assert_int_equal(ask(PLAIN_CALL), DISPLAY_OK);
    move(1, 1);
    button(1);
    button(0);
    assert_int_equal(ring.head, heard);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup(nobody_sees_it_before_it_moves, start),
        cmocka_unit_test_setup(it_lies_on_the_picture_and_leaves_it_as_it_was, start),
        cmocka_unit_test_setup(it_stays_on_the_panel, start),
        cmocka_unit_test_setup(a_new_picture_comes_without_it, start),
        cmocka_unit_test_setup(a_move_is_no_touch, start),
        cmocka_unit_test_setup(a_press_beside_the_button_is_a_touch, start),
        cmocka_unit_test_setup(who_leaves_the_button_has_not_confirmed, start),
        cmocka_unit_test_setup(linux_hears_of_presses_alone, start),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
