/* SPDX-License-Identifier: BSD-2-Clause */
/* Tests of the rings between driver and modem, with a peer that lies. */
#include "line_ring.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

static struct modem_line page;
static struct line_end driver, modem;

static int start(void **state)
{
    (void)state;
    memset(&page, 0, sizeof page);
    line_open(&driver, &page.from_modem, &page.to_modem);
    line_open(&modem, &page.to_modem, &page.from_modem);
    return 0;
}

static void bytes_arrive_in_order(void **state)
{
    uint8_t sent[700], got[700];

    (void)state;
    for (unsigned round = 0; round < 50; round++) {
        for (unsigned i = 0; i < sizeof sent; i++) {
            sent[i] = (uint8_t)(round * 7 + i);
        }
        assert_int_equal(line_write(&driver, sent, sizeof sent), sizeof sent);
        assert_int_equal(line_read(&modem, got, 300), 300);
        assert_int_equal(line_read(&modem, got + 300, 500 - 100), 400);
        assert_memory_equal(sent, got, sizeof sent);
        assert_int_equal(line_read(&modem, got, sizeof got), 0);
    }
}

static void a_full_ring_takes_what_fits(void **state)
{
    uint8_t bytes[LINE_RING_BYTES + 10] = { 0 };

    (void)state;
    assert_int_equal(line_write(&driver, bytes, sizeof bytes), LINE_RING_BYTES);
    assert_int_equal(line_write(&driver, bytes, 1), 0);
    assert_int_equal(line_read(&modem, bytes, 5), 5);
    assert_int_equal(line_write(&driver, bytes, 10), 5);
}

/* A modem that resets between two halves of a dial command must not meet the second with another
 * command behind it. */
static void a_command_is_written_whole_or_not_at_all(void **state)
{
    uint8_t full[LINE_RING_BYTES - 4] = { 0 }, got[LINE_RING_BYTES];
    const uint8_t dial[] = { 'A', 'T', 'D', '1', '1', '2', ';', '\r' };

    (void)state;
    assert_int_equal(line_write(&driver, full, sizeof full), sizeof full);
    assert_int_equal(line_write_whole(&driver, dial, sizeof dial), 0);
    assert_int_equal(line_read(&modem, got, sizeof got), sizeof full);
    assert_int_equal(line_write_whole(&driver, dial, sizeof dial), sizeof dial);
    assert_int_equal(line_read(&modem, got, sizeof got), sizeof dial);
    assert_memory_equal(got, dial, sizeof dial);
    page.to_modem.tail = 0x80000000;
    assert_int_equal(line_write_whole(&driver, dial, sizeof dial), 0);
}

static void a_reader_survives_a_lying_writer(void **state)
{
    uint8_t bytes[LINE_RING_BYTES];

    (void)state;
    page.from_modem.head = LINE_RING_BYTES + 1;
    assert_int_equal(line_read(&driver, bytes, sizeof bytes), 0);
    page.from_modem.head = LINE_RING_BYTES + 4;
    assert_int_equal(line_read(&driver, bytes, sizeof bytes), 3);
    page.from_modem.head = LINE_RING_BYTES; /* backwards */
    assert_int_equal(line_read(&driver, bytes, sizeof bytes), 0);
    page.from_modem.tail = 12345; /* ours: nobody reads what the page says */
    page.from_modem.head++;
    assert_int_equal(line_read(&driver, bytes, sizeof bytes), 1);
}

static void a_writer_survives_a_lying_reader(void **state)
{
    uint8_t bytes[16] = { 0 };

    (void)state;
    page.to_modem.tail = 1; /* read before it was written */
    assert_int_equal(line_write(&driver, bytes, sizeof bytes), 0);
    page.to_modem.tail = 0x80000000;
    assert_int_equal(line_write(&driver, bytes, sizeof bytes), 0);
    page.to_modem.tail = 0;
    assert_int_equal(line_write(&driver, bytes, sizeof bytes), sizeof bytes);
}

static void indices_wrap(void **state)
{
    uint8_t bytes[100] = { 0 };

    (void)state;
    page.to_modem.head = page.to_modem.tail = UINT32_MAX - 10;
    line_open(&driver, &page.from_modem, &page.to_modem);
    line_open(&modem, &page.to_modem, &page.from_modem);
    assert_int_equal(line_write(&driver, bytes, sizeof bytes), sizeof bytes);
    assert_int_equal(line_read(&modem, bytes, sizeof bytes), sizeof bytes);
    assert_int_equal(page.to_modem.head, 89);
}

#define CASE(name) cmocka_unit_test_setup(name, start)

int main(void)
{
    const struct CMUnitTest tests[] = {
        CASE(bytes_arrive_in_order),
        CASE(a_full_ring_takes_what_fits),
        CASE(a_reader_survives_a_lying_writer),
        CASE(a_writer_survives_a_lying_reader),
        CASE(indices_wrap),
        CASE(a_command_is_written_whole_or_not_at_all),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
