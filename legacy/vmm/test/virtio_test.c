/* SPDX-License-Identifier: BSD-2-Clause */
/* Tests of virtio queues, with drivers that lie. */
#include <string.h>

#include "check.h"
#include "guest_input.h"
#include "machine_bench.h"

enum {
    TOUCH = MACHINE_TOUCH,
    KEYS = MACHINE_KEYS,
    SIZE = 8,
    RING = MACHINE_RAM + 0x1000,
    AVAILABLE = RING + 0x400,
    USED = RING + 0x800,
    BUFFERS = MACHINE_RAM + 0x4000,
    STATUS_NEEDS_RESET = 64,
};

static void poke_16(uint64_t address, uint32_t value)
{
    memcpy(bench_ram + (address - MACHINE_RAM), &(uint16_t){ (uint16_t)value }, 2);
}

static uint32_t peek_16(uint64_t address)
{
    uint16_t value;
    memcpy(&value, bench_ram + (address - MACHINE_RAM), 2);
    return value;
}

static uint32_t peek_32(uint64_t address)
{
    return peek_16(address) | peek_16(address + 2) << 16;
}

static void poke_descriptor(uint32_t index, uint64_t address, uint32_t bytes, uint32_t flags,
                            uint32_t next)
{
    uint8_t *at = bench_ram + (RING - MACHINE_RAM) + index * 16;
    memcpy(at, &address, 8);
    memcpy(at + 8, &bytes, 4);
    memcpy(at + 12, &(uint16_t){ (uint16_t)flags }, 2);
    memcpy(at + 14, &(uint16_t){ (uint16_t)next }, 2);
}

static void set_up_queue(uint64_t device, uint32_t queue)
{
    guest_store(device + 0x30, 4, queue);
    guest_store(device + 0x38, 4, SIZE);
    guest_store(device + 0x80, 4, RING);
    guest_store(device + 0x84, 4, 0);
    guest_store(device + 0x90, 4, AVAILABLE);
    guest_store(device + 0x94, 4, 0);
    guest_store(device + 0xa0, 4, USED);
    guest_store(device + 0xa4, 4, 0);
    guest_store(device + 0x44, 4, 1);
}

static void negotiate(uint64_t device)
{
    guest_store(device + 0x70, 4, 0);
    guest_store(device + 0x70, 4, 3);
    guest_store(device + 0x24, 4, 1);
    guest_store(device + 0x20, 4, 1);
    guest_store(device + 0x70, 4, 0xb);
}

/* A driver as it should be: eight write-only buffers of one event each, all offered. */
static void start_driver(uint64_t device)
{
    bench_power_on();
    negotiate(device);
    set_up_queue(device, 0);
    guest_store(device + 0x70, 4, 0xf);
    for (uint32_t i = 0; i < SIZE; i++) {
        poke_descriptor(i, BUFFERS + 8 * i, 8, 2, 0);
        poke_16(AVAILABLE + 4 + 2 * i, i);
    }
    poke_16(AVAILABLE + 2, SIZE);
}

static uint32_t status_of(uint64_t device)
{
    return guest_load(device + 0x70, 4);
}

static void assert_event(uint32_t index, uint32_t type, uint32_t code, uint32_t value)
{
    assert_int_equal(peek_16(BUFFERS + 8 * index), type);
    assert_int_equal(peek_16(BUFFERS + 8 * index + 2), code);
    assert_int_equal(peek_32(BUFFERS + 8 * index + 4), value);
}

static void identity_and_features(void **state)
{
    (void)state;
    bench_power_on();
    assert_int_equal(guest_load(TOUCH, 4), 0x74726976);
    assert_int_equal(guest_load(TOUCH + 4, 4), 2);
    assert_int_equal(guest_load(TOUCH + 8, 4), 18);
    assert_int_equal(guest_load(TOUCH + 0x10, 4), 0);
    guest_store(TOUCH + 0x14, 4, 1);
    assert_int_equal(guest_load(TOUCH + 0x10, 4), 1);
    guest_store(TOUCH + 0x14, 4, 0xffffffff);
    assert_int_equal(guest_load(TOUCH + 0x10, 4), 0);
    assert_int_equal(guest_load(TOUCH + 0xb0, 4), 0xffffffff);
    guest_store(TOUCH + 0x70, 4, 0xb); /* no features accepted yet */
    assert_int_equal(status_of(TOUCH), 3);
    negotiate(TOUCH);
    assert_int_equal(status_of(TOUCH), 0xb);
    guest_store(TOUCH + 0x24, 4, 0x80000000); /* a page that does not exist */
    guest_store(TOUCH + 0x20, 4, 0xffffffff);
    assert_int_equal(status_of(TOUCH), 0xb);
}

static uint32_t config_size(uint64_t device, uint32_t select, uint32_t subselect)
{
    guest_store(device + 0x100, 1, select);
    guest_store(device + 0x101, 1, subselect);
    return guest_load(device + 0x102, 1);
}

static void configuration(void **state)
{
    (void)state;
    bench_power_on();
    assert_int_equal(config_size(TOUCH, 1, 0), strlen("Robin touch screen"));
    assert_int_equal(guest_load(TOUCH + 0x108, 1), 'R');
    assert_int_equal(config_size(KEYS, 1, 0), strlen("Robin keyboard"));
    assert_int_equal(config_size(TOUCH, 3, 0), 8);
    assert_int_equal(config_size(TOUCH, 0x10, 0), 1);
    assert_int_equal(guest_load(TOUCH + 0x108, 1), 2); /* INPUT_PROP_DIRECT */
    assert_int_equal(config_size(KEYS, 0x10, 0), 0);
    assert_int_equal(config_size(TOUCH, 0x11, 3), 1);
    assert_int_equal(guest_load(TOUCH + 0x108, 1), 3);
    assert_int_equal(config_size(TOUCH, 0x11, 1), 0x14a / 8 + 1);
    assert_int_equal(guest_load(TOUCH + 0x108 + 0x14a / 8, 1), 1 << (0x14a % 8));
    assert_int_equal(config_size(KEYS, 0x11, 1), 31);
    assert_int_equal(config_size(KEYS, 0x11, 3), 0);
    assert_int_equal(config_size(TOUCH, 0x12, 0), 20);
    assert_int_equal(guest_load(TOUCH + 0x10c, 4), 479);
    assert_int_equal(config_size(TOUCH, 0x12, 1), 20);
    assert_int_equal(guest_load(TOUCH + 0x10c, 2), 751);
    assert_int_equal(config_size(TOUCH, 0x12, 2), 0);
    for (uint32_t select = 0; select < 256; select++) { /* no selector reads past anything */
        for (uint32_t subselect = 0; subselect < 256; subselect += 5) {
            (void)config_size(TOUCH, select, subselect);
            assert_true(guest_can_load(TOUCH + 0x1fc, 4));
        }
    }
    assert_false(guest_can_load(TOUCH + 0x1fe, 4));
    assert_false(guest_can_load(TOUCH + 0x100, 8));
}

static void a_touch_is_a_frame(void **state)
{
    (void)state;
    start_driver(TOUCH);
    virtio_input_touch(&bench.touch, 100, 751);
    assert_int_equal(peek_16(USED + 2), 4);
    assert_event(0, 3, 0, 100);
    assert_event(1, 3, 1, 751);
    assert_event(2, 1, 0x14a, 1);
    assert_event(3, 0, 0, 0);
    assert_int_equal(peek_32(USED + 8), 8); /* bytes written */
    assert_int_equal(guest_load(TOUCH + 0x60, 4), 1);
    assert_int_equal(bench.gic.line[1] >> 16 & 1, 1);
    guest_store(TOUCH + 0x64, 4, 1);
    assert_int_equal(bench.gic.line[1] >> 16 & 1, 0);
    virtio_input_touch_up(&bench.touch);
    assert_event(4, 1, 0x14a, 0);
    assert_event(5, 0, 0, 0);
}

static void coordinates_are_kept_on_the_screen(void **state)
{
    (void)state;
    start_driver(TOUCH);
    virtio_input_touch(&bench.touch, -5, 100000);
    assert_event(0, 3, 0, 0);
    assert_event(1, 3, 1, 751);
}

static void keys_out_of_range_do_not_exist(void **state)
{
    (void)state;
    start_driver(KEYS);
    virtio_input_key(&bench.keys, 0, true);
    virtio_input_key(&bench.keys, 248, true);
    virtio_input_key(&bench.keys, 0xffffffff, true);
    assert_int_equal(peek_16(USED + 2), 0);
    virtio_input_key(&bench.keys, 30, true);
    assert_event(0, 1, 30, 1);
    assert_event(1, 0, 0, 0);
}

static void events_wait_for_buffers_and_overflow_by_frames(void **state)
{
    (void)state;
    start_driver(KEYS);
    for (uint32_t i = 0; i < 200; i++) {
        virtio_input_key(&bench.keys, 30, i % 2 == 0);
    }
    assert_int_equal(peek_16(USED + 2), SIZE);
    uint32_t seen = SIZE;
    while (bench.keys.head != bench.keys.tail) { /* the driver gives them back */
        for (uint32_t i = 0; i < SIZE; i++) {
            poke_16(AVAILABLE + 4 + 2 * ((seen + i) % SIZE), i);
        }
        seen += SIZE;
        poke_16(AVAILABLE + 2, seen);
        guest_store(KEYS + 0x50, 4, 0);
    }
    assert_int_equal(peek_16(USED + 2), SIZE + INPUT_BACKLOG);
    assert_int_equal(status_of(KEYS) & STATUS_NEEDS_RESET, 0);
}

static void led_requests_are_swallowed(void **state)
{
    (void)state;
    bench_power_on();
    negotiate(KEYS);
    set_up_queue(KEYS, 1);
    guest_store(KEYS + 0x70, 4, 0xf);
    poke_descriptor(3, BUFFERS, 8, 0, 0);
    poke_16(AVAILABLE + 4, 3);
    poke_16(AVAILABLE + 2, 1);
    guest_store(KEYS + 0x50, 4, 1);
    assert_int_equal(peek_16(USED + 2), 1);
    assert_int_equal(peek_32(USED + 4), 3);
}

static void nothing_before_driver_ok(void **state)
{
    (void)state;
    bench_power_on();
    negotiate(KEYS);
    set_up_queue(KEYS, 0);
    poke_16(AVAILABLE + 2, 1);
    poke_descriptor(0, BUFFERS, 8, 2, 0);
    guest_store(KEYS + 0x50, 4, 0);
    virtio_input_key(&bench.keys, 30, true);
    assert_int_equal(peek_16(USED + 2), 0);
    guest_store(KEYS + 0x50, 4, 0xffffffff);
}

/* Each row spoils one thing of a good driver; the device must ask for a reset, and live after it.
 */
struct spoiler {
    const char *name;
    void (*spoil)(void);
};
static void spoil_address_zero(void)
{
    poke_descriptor(0, 0, 8, 2, 0);
}
static void spoil_address_high(void)
{
    poke_descriptor(0, UINT64_C(0xfffffffffffff000), 8, 2, 0);
}
static void spoil_address_mmio(void)
{
    poke_descriptor(0, MACHINE_GICD, 8, 2, 0);
}
static void spoil_address_end(void)
{
    poke_descriptor(0, MACHINE_RAM + BENCH_RAM_BYTES - 4, 8, 2, 0);
}
static void spoil_wrap(void)
{
    poke_descriptor(0, MACHINE_RAM, 0xffffffff, 2, 0);
}
static void spoil_length_zero(void)
{
    poke_descriptor(0, BUFFERS, 0, 2, 0);
}
static void spoil_self_loop(void)
{
    poke_descriptor(0, BUFFERS, 8, 3, 0);
}
static void spoil_next(void)
{
    poke_descriptor(0, BUFFERS, 8, 3, 0xffff);
}
static void spoil_indirect(void)
{
    poke_descriptor(0, BUFFERS, 16, 4, 0);
}
static void spoil_head(void)
{
    poke_16(AVAILABLE + 4, SIZE);
}
static void spoil_index(void)
{
    poke_16(AVAILABLE + 2, 0x8000);
}
static void spoil_cycle(void)
{
    poke_descriptor(0, BUFFERS, 8, 3, 1);
    poke_descriptor(1, BUFFERS, 8, 3, 0);
}

static void broken_rings_end_the_request_not_the_machine(void **state)
{
    (void)state;
    const struct spoiler spoilers[] = {
        { "address 0", spoil_address_zero },
        { "address -4096", spoil_address_high },
        { "address of a device", spoil_address_mmio },
        { "across the end of RAM", spoil_address_end },
        { "length wraps", spoil_wrap },
        { "length 0", spoil_length_zero },
        { "next is itself", spoil_self_loop },
        { "next outside", spoil_next },
        { "indirect", spoil_indirect },
        { "head outside", spoil_head },
        { "index far ahead", spoil_index },
        { "cycle of two", spoil_cycle },
    };
    for (size_t i = 0; i < sizeof(spoilers) / sizeof(spoilers[0]); i++) {
        start_driver(KEYS);
        spoilers[i].spoil();
        virtio_input_key(&bench.keys, 30, true);
        if ((status_of(KEYS) & STATUS_NEEDS_RESET) == 0) {
            fail_msg("%s: not noticed", spoilers[i].name);
        }
        assert_int_equal(peek_16(USED + 2), 0);
        assert_int_equal(guest_load(KEYS + 0x60, 4), 2);
        guest_store(KEYS + 0x70, 4, 0);
        assert_int_equal(status_of(KEYS), 0);
    }
}

static void a_buffer_too_small_or_read_only_is_given_back_empty(void **state)
{
    (void)state;
    start_driver(KEYS);
    poke_descriptor(0, BUFFERS, 4, 2, 0);
    poke_descriptor(1, BUFFERS, 8, 0, 0);
    virtio_input_key(&bench.keys, 30, true);
    assert_int_equal(peek_16(USED + 2), 4);
    assert_int_equal(peek_32(USED + 8), 0);
    assert_int_equal(peek_32(USED + 16), 0);
    assert_event(2, 1, 30, 1);
}

static void queue_set_up_is_checked(void **state)
{
    (void)state;
    const uint32_t sizes[] = { 0, 3, 65, 128, 65535, 0xffffffff };
    bench_power_on();
    negotiate(KEYS);
    guest_store(KEYS + 0x30, 4, 2); /* no such queue: every register of it is dead */
    assert_int_equal(guest_load(KEYS + 0x34, 4), 0);
    set_up_queue(KEYS, 2);
    set_up_queue(KEYS, 0xffffffff);
    assert_int_equal(guest_load(KEYS + 0x44, 4), 0);
    guest_store(KEYS + 0x30, 4, 0);
    for (size_t i = 0; i < sizeof(sizes) / sizeof(sizes[0]); i++) {
        guest_store(KEYS + 0x38, 4, sizes[i]);
        assert_int_equal(bench.keys.device.queues[0].size, VIRTIO_QUEUE_SIZE);
    }
    guest_store(KEYS + 0x80, 4, RING + 8); /* not aligned */
    guest_store(KEYS + 0x44, 4, 1);
    assert_int_equal(guest_load(KEYS + 0x44, 4), 0);
    assert_int_equal(status_of(KEYS) & STATUS_NEEDS_RESET, STATUS_NEEDS_RESET);
    negotiate(KEYS);
    set_up_queue(KEYS, 0);
    assert_int_equal(guest_load(KEYS + 0x44, 4), 1);
    guest_store(KEYS + 0x80, 4, 0); /* too late: it is ready */
    guest_store(KEYS + 0x38, 4, 64);
    assert_int_equal(bench.keys.device.queues[0].descriptors, RING);
    assert_int_equal(bench.keys.device.queues[0].size, SIZE);
}

static void used_ring_outside_ram_is_refused(void **state)
{
    (void)state;
    bench_power_on();
    negotiate(KEYS);
    guest_store(KEYS + 0x30, 4, 0);
    guest_store(KEYS + 0x80, 4, RING);
    guest_store(KEYS + 0x90, 4, AVAILABLE);
    guest_store(KEYS + 0xa0, 4, MACHINE_RAM + BENCH_RAM_BYTES - 16);
    guest_store(KEYS + 0x44, 4, 1);
    assert_int_equal(guest_load(KEYS + 0x44, 4), 0);
}

static struct input_ring ring;

static void put_event(uint32_t kind, int32_t a, int32_t b)
{
    ring.events[ring.head++ % INPUT_RING_EVENTS] = (struct input_event){ kind, a, b, 0 };
}

static void the_displays_ring_is_read(void **state)
{
    (void)state;
    struct guest_input input;
    start_driver(TOUCH);
    ring = (struct input_ring){ 0 };
    put_event(INPUT_TOUCH, 1, 1); /* before our time */
    guest_input_init(&input, &ring);
    put_event(INPUT_TOUCH, 7, 9);
    put_event(INPUT_MOVE, 1, 1);
    put_event(99, 1, 1);
    put_event(INPUT_TOUCH_UP, 0, 0);
    guest_input_poll(&input, &bench.touch, &bench.keys);
    assert_int_equal(peek_16(USED + 2), 6);
    assert_event(0, 3, 0, 7);
    assert_event(4, 1, 0x14a, 0);
    ring.head += 0x7fffffff; /* a writer gone mad costs one ring full */
    guest_input_poll(&input, &bench.touch, &bench.keys);
    assert_int_equal(input.tail, ring.head);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(identity_and_features),
        cmocka_unit_test(configuration),
        cmocka_unit_test(a_touch_is_a_frame),
        cmocka_unit_test(coordinates_are_kept_on_the_screen),
        cmocka_unit_test(keys_out_of_range_do_not_exist),
        cmocka_unit_test(events_wait_for_buffers_and_overflow_by_frames),
        cmocka_unit_test(led_requests_are_swallowed),
        cmocka_unit_test(nothing_before_driver_ok),
        cmocka_unit_test(broken_rings_end_the_request_not_the_machine),
        cmocka_unit_test(a_buffer_too_small_or_read_only_is_given_back_empty),
        cmocka_unit_test(queue_set_up_is_checked),
        cmocka_unit_test(used_ring_outside_ram_is_refused),
        cmocka_unit_test(the_displays_ring_is_read),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
