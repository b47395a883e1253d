/* SPDX-License-Identifier: BSD-2-Clause */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "queue.h"

static struct translate t;
static struct input_event out[TRANSLATE_OUT_MAX];

static uint32_t send(uint16_t type, uint16_t code, uint32_t value)
{
    return translate_event(&t, (struct virtio_input_event){ type, code, value }, out);
}

static int be_tablet(void **state)
{
    (void)state;
    t = (struct translate){ .is_absolute = true,
                            .axis = { { 0, 0x7fff, 480, 0 }, { 0, 0x7fff, 800, 0 } } };
    return 0;
}

static int be_mouse(void **state)
{
    (void)state;
    t = (struct translate){ .is_absolute = false };
    return 0;
}

static void expect(uint32_t i, uint32_t kind, int32_t a, int32_t b)
{
    assert_int_equal(out[i].kind, kind);
    assert_int_equal(out[i].a, a);
    assert_int_equal(out[i].b, b);
}

static void keys_pass_at_once_and_repeats_are_dropped(void **state)
{
    (void)state;
    assert_int_equal(send(1, 30, 1), 1);
    expect(0, INPUT_KEY, 30, 1);
    assert_int_equal(send(1, 30, 2), 0);
    assert_int_equal(send(1, 30, 0), 1);
    expect(0, INPUT_KEY, 30, 0);
    assert_int_equal(send(1, 0x1be, 1), 1);
    assert_int_equal(send(1, 0x111, 1), 0); /* right button */
    assert_int_equal(send(4, 4, 1), 0);     /* EV_MSC */
    assert_int_equal(send(0, 0, 0), 0);
}

static void the_panel_is_covered_to_its_last_pixel(void **state)
{
    (void)state;
    send(3, 0, 0x7fff);
    send(3, 1, 0x7fff);
    send(1, 0x110, 1);
    assert_int_equal(send(0, 0, 0), 1);
    expect(0, INPUT_TOUCH, 479, 799);
    send(3, 0, 0);
    send(3, 1, 0xffffffff); /* beyond what the device announced */
    assert_int_equal(send(0, 0, 0), 1);
    expect(0, INPUT_TOUCH, 0, 799);
    send(1, 0x110, 0);
    assert_int_equal(send(0, 0, 0), 1);
    expect(0, INPUT_TOUCH_UP, 0, 0);
    send(3, 0, 5); /* hovering */
    assert_int_equal(send(0, 0, 0), 0);
}

static void a_tap_in_one_report_goes_down_and_up(void **state)
{
    (void)state;
    send(3, 0, 0x4000);
    send(3, 1, 0x4000);
    send(1, 0x14a, 1);
    send(1, 0x14a, 0);
    assert_int_equal(send(0, 0, 0), 2);
    expect(0, INPUT_TOUCH, 240, 400);
    expect(1, INPUT_TOUCH_UP, 0, 0);
}

static void a_lift_and_a_new_touch_in_one_report_are_two(void **state)
{
    (void)state;
    send(1, 0x110, 1);
    assert_int_equal(send(0, 0, 0), 1);
    send(1, 0x110, 0);
    send(3, 0, 0x2000);
    send(1, 0x110, 1);
    assert_int_equal(send(0, 0, 0), 2);
    expect(0, INPUT_TOUCH_UP, 0, 0);
    expect(1, INPUT_TOUCH, 120, 0);
}

static void a_mouse_moves_and_clicks(void **state)
{
    (void)state;
    send(2, 0, (uint32_t)-3);
    send(2, 1, 7);
    send(1, 0x110, 1);
    assert_int_equal(send(0, 0, 0), 2);
    expect(0, INPUT_MOVE, -3, 7);
    expect(1, INPUT_BUTTON, 0, 1);
    send(1, 0x110, 0);
    assert_int_equal(send(0, 0, 0), 1);
    expect(0, INPUT_BUTTON, 0, 0);
}

static struct queue_memory memory;

static void device_writes(uint16_t id, uint32_t length, struct virtio_input_event e)
{
    memory.events[id % QUEUE_BUFFERS] = e;
    memory.used[memory.used_index % QUEUE_BUFFERS] = (struct queue_used){ id, length };
    memory.used_index++;
}

static void the_queue_offers_all_and_returns_each(void **state)
{
    struct queue q;
    struct virtio_input_event e;

    (void)state;
    queue_start(&q, &memory, 0x40001000);
    assert_int_equal(memory.available_index, QUEUE_BUFFERS);
    assert_int_equal(memory.descriptors[1].address - memory.descriptors[0].address, 8);
    assert_int_equal(memory.descriptors[31].flags, 2);
    assert_false(queue_take(&q, &e));
    for (uint32_t i = 0; i < 70000; i++) { /* past the wrap of the 16-bit indices */
        device_writes((uint16_t)(i % QUEUE_BUFFERS), 8, (struct virtio_input_event){ 1, 2, i });
        assert_true(queue_take(&q, &e));
        assert_int_equal(e.value, i);
        assert_int_equal(memory.available_index, (uint16_t)(QUEUE_BUFFERS + i + 1));
    }
}

static void a_broken_device_is_not_believed(void **state)
{
    struct queue q;
    struct virtio_input_event e;

    (void)state;
    queue_start(&q, &memory, 0);
    memory.used_index = QUEUE_BUFFERS + 1;
    assert_false(queue_take(&q, &e));
    queue_start(&q, &memory, 0);
    device_writes(QUEUE_BUFFERS, 8, (struct virtio_input_event){ 1, 2, 3 });
    assert_false(queue_take(&q, &e));
    device_writes(3, 4, (struct virtio_input_event){ 1, 2, 3 }); /* too short to be an event */
    assert_true(queue_take(&q, &e));
    assert_int_equal(e.type, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup(keys_pass_at_once_and_repeats_are_dropped, be_tablet),
        cmocka_unit_test_setup(the_panel_is_covered_to_its_last_pixel, be_tablet),
        cmocka_unit_test_setup(a_tap_in_one_report_goes_down_and_up, be_tablet),
        cmocka_unit_test_setup(a_lift_and_a_new_touch_in_one_report_are_two, be_tablet),
        cmocka_unit_test_setup(a_mouse_moves_and_clicks, be_mouse),
        cmocka_unit_test(the_queue_offers_all_and_returns_each),
        cmocka_unit_test(a_broken_device_is_not_believed),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
