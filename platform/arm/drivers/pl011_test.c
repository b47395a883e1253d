/* SPDX-License-Identifier: BSD-2-Clause */
/* The kernel's last words must not wait for a UART that somebody else has stopped. */
#include "drivers.h"
#include "mmio.h"

#include <setjmp.h>
#include <stdarg.h>
#include <string.h>

#include <cmocka.h>

enum { BASE = 0x1000, DR = 0x00, FR = 0x18, FULL = 1 << 5, POLLS_ENOUGH = 200000 };

static const struct board_uart uart = { .base = BASE, .clock_hz = 24000000, .baud = 115200 };
static char written[64];
static unsigned count, polls, busy_polls; /* full so many times more, each time it is asked */
static bool is_stopped;

uint32_t mmio_read32(uint64_t address)
{
    assert_int_equal(address, BASE + FR);
    polls++;
    assert_true(polls < POLLS_ENOUGH);
    if (busy_polls != 0) {
        busy_polls--;
        return FULL;
    }
    return is_stopped ? FULL : 0;
}

void mmio_write32(uint64_t address, uint32_t value)
{
    assert_int_equal(address, BASE + DR);
    assert_false(is_stopped);
    assert_true(count < sizeof(written) - 1);
    written[count++] = (char)value;
}

static int begin(void **state)
{
    (void)state;
    memset(written, 0, sizeof(written));
    count = polls = busy_polls = 0;
    is_stopped = false;
    return 0;
}

static void lines_end_with_a_carriage_return(void **state)
{
    (void)state;
    pl011.write(&uart, "ab\nc", 4);
    assert_string_equal(written, "ab\r\nc");
}

static void a_full_one_is_waited_for(void **state)
{
    (void)state;
    busy_polls = 1500;
    pl011.write(&uart, "slow", 4);
    assert_string_equal(written, "slow");
}

/* One wait for all that is still to be said; when it takes bytes again, it gets all that follow. */
static void a_stopped_one_is_given_up(void **state)
{
    (void)state;
    is_stopped = true;
    for (unsigned i = 0; i < 1000; i++) {
        pl011.write(&uart, "panic", 5);
    }
    assert_int_equal(count, 0);
    is_stopped = false;
    polls = 0;
    pl011.write(&uart, "on", 2);
    busy_polls = 1500;
    pl011.write(&uart, " again", 6);
    assert_string_equal(written, "on again");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup(lines_end_with_a_carriage_return, begin),
        cmocka_unit_test_setup(a_full_one_is_waited_for, begin),
        cmocka_unit_test_setup(a_stopped_one_is_given_up, begin),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
