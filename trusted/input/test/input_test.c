/* SPDX-License-Identifier: BSD-2-Clause */
/* Tests of input devices and their events. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "driver.h"

static struct finger f;
static struct input_event out[TRANSLATE_OUT_MAX];

static uint32_t send(uint16_t type, uint16_t code, uint32_t value)
{
    return translate_event(&f, (struct virtio_input_event){ type, code, value }, out);
}

static int be_tablet(void **state)
{
    (void)state;
    f = (struct finger){ .axis = { { 0, 0x7fff, 480, 0 }, { 0, 0x7fff, 800, 0 } } };
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
    assert_int_equal(send(2, 0, 5), 0);     /* EV_REL: no such device is ours */
    assert_int_equal(send(3, 2, 5), 0);     /* pressure */
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

/* ---- device ---------------------------------------------------------------------------------- */

static struct queue_memory memory;
static uint32_t registers[128];
static struct device d;

/* A transport that agrees with everything: it keeps what is written to it. */
static int be_transport(void **state)
{
    (void)state;
    memset(registers, 0, sizeof registers);
    registers[0x00 / 4] = 0x74726976;
    registers[0x04 / 4] = 2;
    registers[0x08 / 4] = 18;
    registers[0x10 / 4] = 1;  /* VIRTIO_F_VERSION_1 */
    registers[0x34 / 4] = 64; /* buffers */
    return 0;
}

static bool start(uint64_t physical)
{
    return device_start(&d, (uintptr_t)registers, &memory, physical);
}

static void a_device_is_found_and_started(void **state)
{
    (void)state;
    assert_true(device_is_at((uintptr_t)registers));
    registers[0x108 / 4] = 0; /* minimum and maximum */
    registers[0x10c / 4] = 0x0fff;
    ((uint8_t *)registers)[0x102] = 20;
    assert_true(start(0x140001000));
    assert_int_equal(registers[0x70 / 4], 1 | 2 | 4 | 8);
    assert_int_equal(registers[0x80 / 4], 0x40001000);
    assert_int_equal(registers[0x84 / 4], 1);
    assert_int_equal(registers[0x90 / 4],
                     0x40001000 + offsetof(struct queue_memory, available_flags));
    assert_int_equal(registers[0xa0 / 4], 0x40001000 + offsetof(struct queue_memory, used_flags));
    assert_int_equal(registers[0x44 / 4], 1);
    assert_int_equal(d.finger.axis[0].maximum, 0x0fff);
    assert_int_equal(d.finger.axis[1].extent, 800);
}

static void what_is_no_input_device_is_left_alone(void **state)
{
    static const unsigned at[] = { 0x00, 0x04, 0x08 };

    for (unsigned i = 0; i < 3; i++) {
        be_transport(state);
        registers[at[i] / 4]++;
        assert_false(device_is_at((uintptr_t)registers));
    }
    be_transport(state);
    registers[0x10 / 4] = 0; /* a legacy device */
    assert_false(start(0));
    be_transport(state);
    registers[0x34 / 4] = 31; /* too few buffers */
    assert_false(start(0));
    assert_int_equal(registers[0x70 / 4] & 4, 0);
}

static void device_writes(uint16_t id, uint32_t length, struct virtio_input_event e)
{
    memory.events[id % QUEUE_BUFFERS] = e;
    memory.used[memory.used_index % QUEUE_BUFFERS] = (struct queue_used){ id, length };
    memory.used_index++;
}

static void the_queue_offers_all_and_returns_each(void **state)
{
    struct virtio_input_event e;

    (void)state;
    assert_true(start(0x40001000));
    assert_int_equal(memory.available_index, QUEUE_BUFFERS);
    assert_int_equal(memory.descriptors[1].address - memory.descriptors[0].address, 8);
    assert_int_equal(memory.descriptors[31].flags, 2);
    assert_false(device_take(&d, &e));
    for (uint32_t i = 0; i < 70000; i++) { /* past the wrap of the 16-bit indices */
        device_writes((uint16_t)(i % QUEUE_BUFFERS), 8, (struct virtio_input_event){ 1, 2, i });
        assert_true(device_take(&d, &e));
        assert_int_equal(e.value, i);
        assert_int_equal(memory.available_index, (uint16_t)(QUEUE_BUFFERS + i + 1));
    }
}

static void a_broken_device_is_not_believed(void **state)
{
    struct virtio_input_event e;

    (void)state;
    assert_true(start(0));
    memory.used_index = QUEUE_BUFFERS + 1;
    assert_false(device_take(&d, &e));
    be_transport(state);
    assert_true(start(0));
    device_writes(QUEUE_BUFFERS, 8, (struct virtio_input_event){ 1, 2, 3 });
    assert_false(device_take(&d, &e));
    device_writes(3, 4, (struct virtio_input_event){ 1, 2, 3 }); /* too short to be an event */
    assert_true(device_take(&d, &e));
    assert_int_equal(e.type, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup(keys_pass_at_once_and_repeats_are_dropped, be_tablet),
        cmocka_unit_test_setup(the_panel_is_covered_to_its_last_pixel, be_tablet),
        cmocka_unit_test_setup(a_tap_in_one_report_goes_down_and_up, be_tablet),
        cmocka_unit_test_setup(a_lift_and_a_new_touch_in_one_report_are_two, be_tablet),
        cmocka_unit_test_setup(a_device_is_found_and_started, be_transport),
        cmocka_unit_test(what_is_no_input_device_is_left_alone),
        cmocka_unit_test_setup(the_queue_offers_all_and_returns_each, be_transport),
        cmocka_unit_test_setup(a_broken_device_is_not_believed, be_transport),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
