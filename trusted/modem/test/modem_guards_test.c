/* SPDX-License-Identifier: BSD-2-Clause */
/* One case for each check that no well-behaved modem reaches: each fails when its check is taken out. */
#include "modem_driver.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

enum { SECOND = 1000000 };

static struct modem_driver d;
static uint64_t now_us;
static const struct number number = { .length = 5, .packed = { 0x12390 } }; /* 09321 */

static bool has_sent(const char *text)
{
    bool is_it = d.output.length == strlen(text) && memcmp(d.output.bytes, text, d.output.length) == 0;

    modem_driver_output_taken(&d, d.output.length);
    return is_it;
}

static void says(const char *text)
{
    modem_driver_receive(&d, now_us, (const uint8_t *)text, (uint32_t)strlen(text));
}

static int start(void **state)
{
    (void)state;
    now_us = SECOND;
    modem_driver_start(&d, now_us);
    while (d.in_flight != COMMAND_NONE) {
        modem_driver_output_taken(&d, d.output.length);
        says("\r\nOK\r\n");
    }
    assert_true(d.is_up);
    while (d.event_count > 0)
        (void)modem_driver_take_event(&d, &(struct modem_notice){ 0 });
    return 0;
}

static void list(const char *lines)
{
    now_us = modem_driver_deadline(&d);
    modem_driver_advance(&d, now_us);
    assert_true(has_sent("AT+CLCC\r"));
    says(lines);
    says("\r\nOK\r\n");
}

static void active_call(void)
{
    const struct modem_request request = { .operation = MODEM_DIAL, .token = 1, .number = number };

    assert_int_equal(modem_driver_request(&d, now_us, &request), MODEM_OK);
    assert_true(has_sent("ATD09321;\r"));
    says("\r\nOK\r\n");
    list("\r\n+CLCC: 1,0,0,0,0,\"09321\",129\r\n");
    assert_int_equal(d.up.phase, CALL_ACTIVE);
    while (d.event_count > 0)
        (void)modem_driver_take_event(&d, &(struct modem_notice){ 0 });
}

/* M1: a dial command without a queued call writes nothing, wherever the wish came from. */
static void nothing_queued_nothing_dialled(void **state)
{
    (void)state;
    d.wanted |= 1u << COMMAND_DIAL;
    modem_driver_advance(&d, now_us);
    assert_int_equal(d.output.length, 0);
}

static void a_list_that_nobody_asked_for_is_not_believed(void **state)
{
    (void)state;
    active_call();
    says("\r\n+CLCC: 1,0,0,0,0,\"0900\",129\r\n");
    assert_int_equal(d.up.phase, CALL_ACTIVE);
    assert_int_equal(d.event_count, 0);
    assert_int_equal(d.output.length, 0);
}

/* TS 27.007 7.18: stat 5 is a waiting call. */
static void a_waiting_call_does_not_rename_the_running_one(void **state)
{
    (void)state;
    active_call();
    list("\r\n+CLCC: 1,0,0,0,0,\"09321\",129\r\n\r\n+CLCC: 2,1,5,0,0,\"030\",129\r\n");
    assert_int_equal(d.up.phase, CALL_ACTIVE);
    assert_true(number_is_equal(&d.up.number, &number));
    assert_int_equal(d.event_count, 1);
    assert_int_equal(d.events[d.first_event].event, MODEM_EVENT_RINGING);
}

/* A number that cannot even be read is not the one that was confirmed. */
static void a_number_that_is_none_is_hung_up(void **state)
{
    (void)state;
    active_call();
    list("\r\n+CLCC: 1,0,0,0,0,\"0900A\",129\r\n");
    assert_int_equal(d.up.phase, CALL_NONE);
    assert_true(has_sent("AT+CHUP\r"));
}

static void an_error_that_answers_nothing_ends_nothing(void **state)
{
    (void)state;
    active_call();
    says("\r\nERROR\r\n");
    assert_int_equal(d.up.phase, CALL_ACTIVE);
    assert_int_equal(d.event_count, 0);
}

static void a_line_that_was_never_up_is_not_lost(void **state)
{
    (void)state;
    modem_driver_start(&d, now_us);
    says("\r\nRDY\r\n");
    assert_int_equal(d.event_count, 0);
}

static void an_unanswered_command_wakes_the_driver(void **state)
{
    (void)state;
    active_call();
    now_us = modem_driver_deadline(&d);
    modem_driver_advance(&d, now_us);
    assert_true(modem_driver_deadline(&d) == now_us + 2 * SECOND);
}

#define CASE(name) cmocka_unit_test_setup(name, start)

int main(void)
{
    const struct CMUnitTest tests[] = {
        CASE(nothing_queued_nothing_dialled),
        CASE(a_list_that_nobody_asked_for_is_not_believed),
        CASE(a_waiting_call_does_not_rename_the_running_one),
        CASE(a_number_that_is_none_is_hung_up),
        CASE(an_error_that_answers_nothing_ends_nothing),
        CASE(a_line_that_was_never_up_is_not_lost),
        CASE(an_unanswered_command_wakes_the_driver),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
