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
    if (line_write_whole(&end, d.output.bytes, d.output.length) > 0) {
        modem_driver_output_taken(&d);
    }
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

    for (; *digits != '\0'; digits++) {
        number_append(&r.number, *digits == '+' ? SYMBOL_PLUS : (unsigned)(*digits - '0'));
    }
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
    static const struct {
        const char *number;
        enum modem_event event;
        enum modem_cause cause;
        unsigned taken;
    } rows[] = {
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
                notice.event == MODEM_EVENT_LOST) {
                end_of_call = notice;
            }
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

/* What the dialler hears until `us` have passed; the last of each kind. */
static struct modem_notice heard[MODEM_EVENT_KINDS];
static unsigned heard_count[MODEM_EVENT_KINDS];

static void forget(void)
{
    memset(heard, 0, sizeof heard);
    memset(heard_count, 0, sizeof heard_count);
}

static void listen(uint64_t us)
{
    for (uint64_t until = now_us + us; now_us < until;) {
        struct modem_notice notice;

        run(SECOND / 4);
        while (modem_driver_take_event(&d, &notice)) {
            heard[notice.event] = notice;
            heard_count[notice.event]++;
        }
    }
}

static void in_a_call(const char *digits)
{
    start(NULL);
    forget();
    dial(digits);
    listen(3 * SECOND);
    print_message("%s\n", digits);
}

/* However the modem lists the call: it is the one that was dialled, and stays. */
static void ways_of_listing(void **state)
{
    static const char *const numbers[] = {
        "03023125200", "03023125201",   "03023125202",    "03023125203",   "03023125204",
        "03023125207", "+493023125200", "00493023125203", "+493023125204",
    };

    (void)state;
    for (unsigned i = 0; i < sizeof numbers / sizeof numbers[0]; i++) {
        in_a_call(numbers[i]);
        assert_int_equal(heard_count[MODEM_EVENT_ACTIVE], 1);
        listen(60 * (uint64_t)SECOND);
        assert_int_equal(d.up.phase, CALL_ACTIVE);
        assert_int_equal(sim_peer_count("RX AT+CHUP"), 1); /* at the start */
    }
}

/* What cannot be read, is not there or is too much is hung up, and the carrier's call ends. */
static void what_is_hung_up(void **state)
{
    static const struct {
        const char *number;
        enum modem_event event;
    } rows[] = {
        { "03023125208", MODEM_EVENT_MISMATCH },
        { "03023125209", MODEM_EVENT_ENDED },
        { "03023125213", MODEM_EVENT_MISMATCH },
        { "03023125144", MODEM_EVENT_MISMATCH },
    };

    (void)state;
    for (unsigned i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        in_a_call(rows[i].number);
        listen(2 * SECOND);
        assert_int_equal(heard_count[rows[i].event], 1);
        assert_int_equal(sim_peer_count(" ended local\n"), 1);
        assert_int_equal(d.up.phase, CALL_NONE);
        assert_false(d.must_clear);
    }
}

static void a_call_waits(void **state)
{
    static const char *const numbers[] = { "03023125210", "03023125211", "03023125212" };

    (void)state;
    for (unsigned i = 0; i < 3; i++) {
        in_a_call(numbers[i]);
        listen(2 * SECOND);
        assert_int_equal(heard_count[MODEM_EVENT_RINGING], 1);
        assert_int_equal(heard[MODEM_EVENT_RINGING].token, MODEM_TOKEN_INCOMING | 1);
        assert_int_equal(heard[MODEM_EVENT_RINGING].number.length, 11);
        assert_int_equal(d.up.phase, CALL_ACTIVE);
        assert_int_equal(sim_peer_count(" ended "), 0);
        request(MODEM_DECLINE, MODEM_TOKEN_INCOMING | 1, 0, "");
        listen(SECOND);
        assert_int_equal(sim_peer_count("CALL 01719999999 ended local\n"), 1);
        assert_int_equal(heard[MODEM_EVENT_ENDED].token, MODEM_TOKEN_INCOMING | 1);
        assert_int_equal(d.up.phase, CALL_ACTIVE);
    }
}

static void a_waiting_call_is_taken(void **state)
{
    (void)state;
    in_a_call("03023125211");
    listen(2 * SECOND);
    request(MODEM_ANSWER, MODEM_TOKEN_INCOMING | 1, 0, "");
    forget();
    listen(2 * SECOND);
    assert_int_equal(heard[MODEM_EVENT_ENDED].token, token);
    assert_int_equal(heard[MODEM_EVENT_ACTIVE].token, MODEM_TOKEN_INCOMING | 1);
    assert_int_equal(sim_peer_count("CALL 03023125211 ended local\n"), 1);
    assert_int_equal(sim_peer_count("CALL 01719999999 active\n"), 1);
    listen(30 * (uint64_t)SECOND);
    assert_int_equal(d.up.phase, CALL_ACTIVE);
    request(MODEM_HANG_UP, MODEM_TOKEN_INCOMING | 1, 0, "");
    listen(SECOND);
    assert_int_equal(sim_peer_count("CALL 01719999999 ended local\n"), 1);
}

static void ways_of_hanging_up(void **state)
{
    static const struct {
        const char *number;
        unsigned hang_ups;
        uint64_t us;
    } rows[] = {
        { "03023125214", 3, 2 * SECOND },
        { "03023125215", 1, 4 * SECOND },
        { "03023125200", 1, SECOND / 2 },
    };

    (void)state;
    for (unsigned i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        in_a_call(rows[i].number);
        request(MODEM_HANG_UP, token, 0, "");
        listen(rows[i].us);
        assert_int_equal(sim_peer_count("RX AT+CHUP"), 1 + rows[i].hang_ups);
        assert_int_equal(sim_peer_count(" ended local\n"), 1);
        assert_int_equal(heard_count[MODEM_EVENT_ENDED], 1);
        assert_int_equal(heard_count[MODEM_EVENT_LOST], 0);
    }
}

static void who_calls(void **state)
{
    static const struct {
        const char *number;
        uint32_t length;
    } rows[] = {
        { "03023125220", 13 }, { "03023125221", 0 },  { "03023125222", 0 }, { "03023125223", 0 },
        { "03023125224", 0 },  { "03023125225", 13 }, { "03023125226", 0 },
    };
    unsigned ended;

    (void)state;
    for (unsigned i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        in_a_call(rows[i].number);
        listen(SECOND + SECOND / 4);
        assert_int_equal(heard_count[MODEM_EVENT_RINGING], 1);
        heard_count[MODEM_EVENT_ENDED] = 0;
        ended = sim_peer_count(" ended local\n");
        assert_int_equal(heard[MODEM_EVENT_RINGING].number.length, rows[i].length);
        request(MODEM_DECLINE, heard[MODEM_EVENT_RINGING].token, 0, "");
        listen(SECOND);
        assert_int_equal(heard_count[MODEM_EVENT_ENDED], 1);
        assert_int_equal(heard[MODEM_EVENT_ENDED].token, heard[MODEM_EVENT_RINGING].token);
        assert_int_equal(sim_peer_count(" incoming\n"), 1);
        assert_int_equal(sim_peer_count(" ended local\n"), ended + 1);
    }
}

static void an_answer_may_take_seconds(void **state)
{
    (void)state;
    in_a_call("03023125227");
    listen(2 * SECOND);
    heard_count[MODEM_EVENT_ACTIVE] = 0;
    request(MODEM_ANSWER, heard[MODEM_EVENT_RINGING].token, 0, "");
    listen(5 * SECOND);
    assert_int_equal(heard_count[MODEM_EVENT_ACTIVE], 1);
    assert_int_equal(heard_count[MODEM_EVENT_LOST], 0);
    assert_int_equal(d.up.phase, CALL_ACTIVE);
}

static void a_modem_without_a_card_says_so(void **state)
{
    (void)state;
    in_a_call("03023125217");
    listen(3 * SECOND);
    assert_int_equal(heard_count[MODEM_EVENT_READY], 1);
    assert_int_equal(heard[MODEM_EVENT_READY].cause, 0);
    dial("0301234567"); /* which it refuses */
    listen(2 * SECOND);
    assert_int_equal(d.up.phase, CALL_NONE);
    assert_int_equal(heard[MODEM_EVENT_ENDED].cause, MODEM_CAUSE_ERROR);
    request(MODEM_DIAL, ++token, MODEM_FLAG_EMERGENCY, "08");
    listen(3 * SECOND);
    assert_int_equal(d.up.phase, CALL_ACTIVE);
}

static void emergency_calls_by_any_name(void **state)
{
    static const struct {
        const char *before;
        unsigned differs;
    } rows[] = {
        { "03023125205", 0 }, { "03023125206", 1 }, { "03023125208", 1 },
        { "03023125209", 1 }, { "03023125213", 0 }, { "03023125204", 0 },
        { "03023125207", 0 }, { "03023125214", 0 }, { "03023125215", 0 },
    };

    (void)state;
    for (unsigned i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        in_a_call(rows[i].before);
        request(MODEM_DIAL, ++token, MODEM_FLAG_EMERGENCY, "112");
        listen(60 * (uint64_t)SECOND);
        assert_int_equal(sim_peer_count("CALL 112 active\n"), 1);
        assert_int_equal(sim_peer_count("CALL 112 ended"), 0);
        assert_int_equal(heard[MODEM_EVENT_TAKEN].token, token);
        assert_int_equal(heard_count[MODEM_EVENT_DIFFERS], rows[i].differs);
        assert_int_equal(d.up.token, token);
    }
}

/* The modem resets and is deaf for 20 s: the call goes out when it hears again, within seconds. */
static void an_emergency_call_outlives_a_deaf_modem(void **state)
{
    (void)state;
    in_a_call("03023125216");
    listen(3 * SECOND);
    assert_int_equal(heard_count[MODEM_EVENT_LOST], 1);
    request(MODEM_DIAL, ++token, MODEM_FLAG_EMERGENCY, "112");
    listen(15 * (uint64_t)SECOND);
    assert_int_equal(sim_peer_count("CALL 112 "), 0);
    assert_int_equal(d.up.token, token);
    listen(18 * (uint64_t)SECOND);
    assert_int_equal(sim_peer_count("CALL 112 dialling\n"), 1);
    listen(4 * SECOND);
    assert_int_equal(heard[MODEM_EVENT_ACTIVE].token, token);
    assert_int_equal(heard_count[MODEM_EVENT_LOST], 1);
}

static void tones_go_out_in_order(void **state)
{
    (void)state;
    in_a_call("0301234567");
    for (uint32_t i = 0; i < 32; i++) {
        request(MODEM_TONE, token, i % 12, "");
    }
    listen(2 * SECOND);
    assert_int_equal(sim_peer_count("RX AT+VTS="), 32);
    assert_int_equal(sim_peer_count("RX AT+VTS=#\n"), 2);
    assert_true(strstr(sim_peer_wire_log(), "AT+VTS=0") < strstr(sim_peer_wire_log(), "AT+VTS=1"));
    assert_true(strstr(sim_peer_wire_log(), "AT+VTS=1") < strstr(sim_peer_wire_log(), "AT+VTS=*"));
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
        CASE(a_call_from_end_to_end),
        CASE(a_call_of_ten_minutes_writes_little),
        CASE(what_numbers_do),
        CASE(an_incoming_call_is_answered),
        CASE(an_incoming_call_is_missed),
        CASE(ways_of_listing),
        CASE(what_is_hung_up),
        CASE(a_call_waits),
        CASE(a_waiting_call_is_taken),
        CASE(ways_of_hanging_up),
        CASE(who_calls),
        CASE(an_answer_may_take_seconds),
        CASE(a_modem_without_a_card_says_so),
        CASE(emergency_calls_by_any_name),
        CASE(an_emergency_call_outlives_a_deaf_modem),
        CASE(tones_go_out_in_order),
        CASE(an_emergency_call_does_not_wait_for_a_dial_command),
        CASE(a_restarted_driver_leaves_no_call_behind),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
