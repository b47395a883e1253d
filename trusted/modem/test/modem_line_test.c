/* SPDX-License-Identifier: BSD-2-Clause */
/* The shipped driver and the shipped modem-sim over the shipped rings; only the clock is ours. */
#include "line_ring.h"
#include "modem_driver.h"
#include "sim_peer.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

enum { SECOND = 1000000 };

static struct modem_line page;
static struct modem_driver d;
static struct line_end end;
static uint64_t now_us;

static void driver_turn(void)
{
    uint8_t bytes[LINE_RING_BYTES];
    size_t count = line_read(&end, bytes, sizeof bytes);

    modem_driver_receive(&d, now_us, bytes, (uint32_t)count);
    modem_driver_advance(&d, now_us);
    modem_driver_output_taken(&d, (uint32_t)line_write(&end, d.output.bytes, d.output.length));
}

static void exchange(void)
{
    for (unsigned i = 0; i < 20; i++) {
        driver_turn();
        sim_peer_turn(now_us);
    }
}

/* From deadline to deadline, as the two components sleep. */
static void run(uint64_t us)
{
    uint64_t until = now_us + us;

    exchange();
    while (now_us < until) {
        uint64_t a = modem_driver_deadline(&d), b = sim_peer_deadline();
        uint64_t next = a != 0 && (b == 0 || a < b) ? a : b;

        now_us = next != 0 && next < until ? (next > now_us ? next : now_us + 1) : until;
        exchange();
    }
}

static struct modem_notice assert_event(enum modem_event event, uint32_t cause)
{
    struct modem_notice notice = { 0 };

    modem_driver_take_event(&d, &notice);
    assert_int_equal(notice.event, event);
    assert_int_equal(notice.cause, cause);
    return notice;
}

static int start(void **state)
{
    (void)state;
    memset(&page, 0, sizeof page);
    now_us = SECOND;
    sim_peer_start(&page, now_us);
    line_open(&end, &page.from_modem, &page.to_modem);
    modem_driver_start(&d, now_us);
    run(SECOND);
    assert_true(d.is_up);
    assert_event(MODEM_EVENT_READY, 1);
    return 0;
}

static void request(uint32_t operation, uint32_t of, uint32_t value, const char *digits)
{
    struct modem_request r = { .operation = operation, .token = of, .value = value };

    for (; *digits != '\0'; digits++)
        number_append(&r.number, *digits == '+' ? SYMBOL_PLUS : (unsigned)(*digits - '0'));
    assert_int_equal(modem_driver_request(&d, now_us, &r), MODEM_OK);
}

static uint32_t token;

static void dial(const char *digits)
{
    request(MODEM_DIAL, ++token, 0, digits);
}

static void a_call_from_end_to_end(void **state)
{
    (void)state;
    dial("09005123456");
    run(4 * SECOND);
    assert_event(MODEM_EVENT_SENT, 1);
    assert_event(MODEM_EVENT_TAKEN, MODEM_CAUSE_NORMAL);
    assert_event(MODEM_EVENT_ALERTING, MODEM_CAUSE_NORMAL);
    assert_event(MODEM_EVENT_ACTIVE, MODEM_CAUSE_NORMAL);
    request(MODEM_TONE, token, 7, "");
    run(SECOND);
    request(MODEM_HANG_UP, MODEM_ANY_CALL, 0, "");
    run(SECOND);
    assert_event(MODEM_EVENT_ENDED, MODEM_CAUSE_NORMAL);
    assert_int_equal(sim_peer_count("RX ATD09005123456;\n"), 1);
    assert_int_equal(sim_peer_count("CALL 09005123456 active\n"), 1);
    assert_int_equal(sim_peer_count("RX AT+VTS=7\n"), 1);
    assert_int_equal(sim_peer_count("CALL 09005123456 ended local\n"), 1);
}

static void a_call_of_ten_minutes_writes_little(void **state)
{
    (void)state;
    dial("+493023125042");
    run(600 * (uint64_t)SECOND);
    assert_in_range(strlen(sim_peer_wire_log()), 1000, 10000);
}

static void what_numbers_do(void **state)
{
    static const struct { const char *number; enum modem_event event; enum modem_cause cause; unsigned taken; } rows[] = {
        { "03023125133", MODEM_EVENT_ENDED, MODEM_CAUSE_ERROR, 0 },
        { "03023125122", MODEM_EVENT_ENDED, MODEM_CAUSE_TIMEOUT, 0 },
        { "03023125155", MODEM_EVENT_ENDED, MODEM_CAUSE_BUSY, 1 },
        { "03023125188", MODEM_EVENT_ENDED, MODEM_CAUSE_NORMAL, 1 },
        { "03023125166", MODEM_EVENT_ENDED, MODEM_CAUSE_NO_ANSWER, 1 },
        { "03023125177", MODEM_EVENT_ENDED, MODEM_CAUSE_NORMAL, 1 },
        { "03023125144", MODEM_EVENT_MISMATCH, MODEM_CAUSE_ERROR, 1 },
        { "03023125111", MODEM_EVENT_LOST, MODEM_CAUSE_ERROR, 1 },
    };

    (void)state;
    for (unsigned i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        struct modem_notice notice = { 0 }, end_of_call = { 0 };
        char command[40] = "RX ATD";

        print_message("%s\n", rows[i].number);
        start(NULL);
        dial(rows[i].number);
        run(15 * SECOND);
        while (modem_driver_take_event(&d, &notice)) {
            if (notice.event == MODEM_EVENT_ENDED || notice.event == MODEM_EVENT_MISMATCH ||
                notice.event == MODEM_EVENT_LOST)
                end_of_call = notice;
        }
        assert_int_equal(end_of_call.event, rows[i].event);
        assert_int_equal(end_of_call.cause, rows[i].cause);
        assert_int_equal(sim_peer_count(strcat(strcat(command, rows[i].number), ";\n")), 1);
        assert_int_equal(sim_peer_count(" dialling\n"), rows[i].taken);
        assert_int_equal(sim_peer_count(" ended "), rows[i].taken);
        dial("112"); /* the line works again, whatever happened */
        run(SECOND);
        assert_int_equal(sim_peer_count("CALL 112 dialling\n"), 1);
    }
}

static void an_incoming_call_is_answered(void **state)
{
    uint32_t incoming;

    (void)state;
    sim_peer_incoming(now_us + SECOND, "+493023125042");
    run(2 * SECOND);
    incoming = assert_event(MODEM_EVENT_RINGING, MODEM_CAUSE_NORMAL).token;
    request(MODEM_ANSWER, incoming, 0, "");
    run(2 * SECOND);
    assert_event(MODEM_EVENT_ACTIVE, MODEM_CAUSE_NORMAL);
    request(MODEM_HANG_UP, MODEM_ANY_CALL, 0, "");
    run(SECOND);
    assert_event(MODEM_EVENT_ENDED, MODEM_CAUSE_NORMAL);
    assert_int_equal(sim_peer_count("CALL +493023125042 active\n"), 1);
}

static void an_incoming_call_is_missed(void **state)
{
    (void)state;
    sim_peer_incoming(now_us + SECOND, "+493023125042");
    run(40 * SECOND);
    assert_event(MODEM_EVENT_RINGING, MODEM_CAUSE_NORMAL);
    assert_event(MODEM_EVENT_ENDED, MODEM_CAUSE_NORMAL);
}

/* The modem is busy with a number that it never answers for: the next character ends that. */
static void an_emergency_call_does_not_wait_for_a_dial_command(void **state)
{
    uint64_t asked_us;

    (void)state;
    dial("03023125122");
    run(2 * SECOND);
    asked_us = now_us;
    request(MODEM_DIAL, ++token, MODEM_FLAG_EMERGENCY, "112");
    exchange();
    assert_int_equal(sim_peer_count("RX ATD112;\n"), 1);
    assert_int_equal(sim_peer_count("CALL 112 dialling\n"), 1);
    assert_true(now_us == asked_us);
}

static void a_restarted_driver_leaves_no_call_behind(void **state)
{
    (void)state;
    dial("0301234567");
    run(4 * SECOND);
    modem_driver_start(&d, now_us);
    run(SECOND);
    assert_true(d.is_up);
    assert_int_equal(sim_peer_count("CALL 0301234567 ended local\n"), 1);
}

#define CASE(name) cmocka_unit_test_setup(name, start)

int main(void)
{
    const struct CMUnitTest tests[] = {
        CASE(a_call_from_end_to_end),     CASE(a_call_of_ten_minutes_writes_little), CASE(what_numbers_do),
        CASE(an_incoming_call_is_answered), CASE(an_incoming_call_is_missed),
        CASE(an_emergency_call_does_not_wait_for_a_dial_command),
        CASE(a_restarted_driver_leaves_no_call_behind),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
