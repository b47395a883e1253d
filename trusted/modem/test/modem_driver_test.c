/* SPDX-License-Identifier: BSD-2-Clause */
/* The driver against a modem that is typed by hand, so that it can misbehave in every way. */
#include "typed_modem.h"

#include "modem_calls.h"
#include "dialler.h"

static enum modem_answer ask(uint32_t operation, uint32_t value)
{
    struct modem_request r = { .operation = operation, .token = value, .number = a_number };

    if (operation == MODEM_TONE) {
        r.value = value;
        r.token = d.up.token;
    }
    return modem_driver_request(&d, now_us, &r);
}

/* SENT stands between the others: it is looked at in cases of its own. */
static void assert_event(enum modem_event event, enum modem_cause cause)
{
    struct modem_notice notice = { 0 };

    while (modem_driver_take_event(&d, &notice) && notice.event == MODEM_EVENT_SENT &&
           event != MODEM_EVENT_SENT) {
        notice = (struct modem_notice){ 0 };
    }
    assert_int_equal(notice.event, event);
    assert_int_equal(notice.cause, cause);
}

static void assert_no_event(void)
{
    assert_event(MODEM_EVENT_NONE, 0);
}

static void finish_init(void)
{
    assert_exchange("ATE0V1Q0\r", "ATE0V1Q0\r\r\nOK\r\n");
    assert_exchange("AT+CMEE=1\r", "\r\nOK\r\n");
    assert_exchange("AT+CRC=0\r", "\r\nOK\r\n");
    assert_exchange("AT+CCWA=1\r", "\r\nOK\r\n");
    assert_exchange("AT+CNMI=2,0,0,0\r", "\r\nOK\r\n");
    assert_exchange("AT+CUSD=0\r", "\r\nOK\r\n");
    assert_exchange("AT+CSCS=\"GSM\"\r", "\r\nOK\r\n");
    assert_exchange("AT+CPIN?\r", "\r\n+CPIN: READY\r\n\r\nOK\r\n");
    assert_true(d.is_up);
    assert_event(MODEM_EVENT_READY, 1);
    assert_exchange("AT+CHUP\r", "\r\nERROR\r\n");
    assert_exchange("AT+CLCC\r", "\r\nOK\r\n");
    assert_string_equal(sent(), "");
}

static int start(void **state)
{
    (void)state;
    now_us = 5 * SECOND;
    modem_driver_start(&d, now_us);
    finish_init();
    return 0;
}

static void dial(uint32_t token)
{
    assert_int_equal(ask(MODEM_DIAL, token), MODEM_OK);
    assert_string_equal(sent(), "ATD09321;\r");
}

static void dialled(void)
{
    dial(1);
    says("\r\nOK\r\n");
    assert_event(MODEM_EVENT_TAKEN, MODEM_CAUSE_NORMAL);
}

static void list(const char *answer)
{
    time_passes(500000);
    assert_exchange("AT+CLCC\r", answer);
    says("\r\nOK\r\n");
}

static void every_cell_of_the_table(void **state)
{
    static const struct {
        enum call_phase from;
        enum call_step step;
        enum call_phase to;
    } arrows[] = {
        { CALL_NONE, CALL_QUEUE, CALL_QUEUED },      { CALL_QUEUED, CALL_WRITE, CALL_SENT },
        { CALL_SENT, CALL_ACCEPT, CALL_DIALLING },   { CALL_SENT, CALL_RETRY, CALL_QUEUED },
        { CALL_DIALLING, CALL_RETRY, CALL_QUEUED },  { CALL_DIALLING, CALL_ALERT, CALL_ALERTING },
        { CALL_DIALLING, CALL_ANSWER, CALL_ACTIVE }, { CALL_ALERTING, CALL_ANSWER, CALL_ACTIVE },
        { CALL_NONE, CALL_OFFER, CALL_INCOMING },    { CALL_INCOMING, CALL_ANSWER, CALL_ACTIVE },
        { CALL_SENT, CALL_HANG, CALL_ENDING },       { CALL_DIALLING, CALL_HANG, CALL_ENDING },
        { CALL_ALERTING, CALL_HANG, CALL_ENDING },   { CALL_ACTIVE, CALL_HANG, CALL_ENDING },
        { CALL_QUEUED, CALL_GONE, CALL_NONE },       { CALL_SENT, CALL_GONE, CALL_NONE },
        { CALL_DIALLING, CALL_GONE, CALL_NONE },     { CALL_ALERTING, CALL_GONE, CALL_NONE },
        { CALL_ACTIVE, CALL_GONE, CALL_NONE },       { CALL_INCOMING, CALL_GONE, CALL_NONE },
        { CALL_ENDING, CALL_GONE, CALL_NONE },
    };

    (void)state;
    for (int phase = 0; phase < CALL_PHASES; phase++) {
        for (int step = 0; step < CALL_STEPS; step++) {
            struct modem_call call = { .phase = (enum call_phase)phase };
            enum call_phase expected = CALL_PHASES;

            for (unsigned i = 0; i < sizeof arrows / sizeof arrows[0]; i++) {
                if ((int)arrows[i].from == phase && (int)arrows[i].step == step) {
                    expected = arrows[i].to;
                }
            }
            assert_int_equal(modem_call_step(&call, (enum call_step)step), expected != CALL_PHASES);
            assert_int_equal((int)call.phase, expected != CALL_PHASES ? (int)expected : phase);
        }
    }
}

static void a_call(void **state)
{
    (void)state;
    dialled();
    list("\r\n+CLCC: 1,0,2,0,0,\"09321\",129\r\n");
    assert_no_event();
    list("\r\n+CLCC: 1,0,3,0,0,\"09321\",129\r\n");
    assert_event(MODEM_EVENT_ALERTING, MODEM_CAUSE_NORMAL);
    list("\r\n+CLCC: 1,0,0,0,0,\"09321\",129\r\n");
    assert_event(MODEM_EVENT_ACTIVE, MODEM_CAUSE_NORMAL);
    assert_int_equal(ask(MODEM_TONE, 5), MODEM_OK);
    assert_exchange("AT+VTS=5\r", "\r\nOK\r\n");
    assert_int_equal(ask(MODEM_TONE, SYMBOL_HASH), MODEM_OK);
    assert_exchange("AT+VTS=#\r", "\r\nOK\r\n");
    assert_int_equal(ask(MODEM_TONE, SYMBOL_PLUS), MODEM_INVALID);
    assert_int_equal(ask(MODEM_HANG_UP, 1), MODEM_OK);
    assert_exchange("AT+CHUP\r", "\r\nOK\r\n");
    assert_no_event(); /* M5 */
    assert_exchange("AT+CLCC\r", "\r\nOK\r\n");
    assert_event(MODEM_EVENT_ENDED, MODEM_CAUSE_NORMAL);
    time_passes(20 * SECOND);
    assert_string_equal(sent(), "");
}

static void only_while_it_is_set_up_is_it_asked_often(void **state)
{
    (void)state;
    dialled();
    list("\r\n+CLCC: 1,0,0,0,0,\"09321\",129\r\n");
    time_passes(9 * SECOND);
    assert_string_equal(sent(), "");
    time_passes(2 * SECOND);
    assert_string_equal(sent(), "AT+CLCC\r");
}

static void ends_from_outside(void **state)
{
    static const struct {
        const char *text;
        enum modem_cause cause;
    } ends[] = {
        { "\r\nNO CARRIER\r\n", MODEM_CAUSE_NORMAL },
        { "\r\nBUSY\r\n", MODEM_CAUSE_BUSY },
        { "\r\nNO ANSWER\r\n", MODEM_CAUSE_NO_ANSWER },
    };

    (void)state;
    for (unsigned i = 0; i < 3; i++) {
        dial(i + 1);
        says("\r\nOK\r\n");
        assert_event(MODEM_EVENT_TAKEN, MODEM_CAUSE_NORMAL);
        says(ends[i].text);
        assert_event(MODEM_EVENT_ENDED, ends[i].cause);
        assert_exchange("AT+CLCC\r", "\r\nOK\r\n"); /* M5 */
        dial(i + 11); /* the same words as the answer to the dial command */
        says(ends[i].text);
        assert_event(MODEM_EVENT_ENDED, ends[i].cause);
        assert_string_equal(sent(), "");
    }
}

static void a_refused_dial_is_not_repeated(void **state)
{
    (void)state;
    dial(1);
    says("\r\n+CME ERROR: 3\r\n");
    assert_event(MODEM_EVENT_ENDED, MODEM_CAUSE_ERROR);
    time_passes(5 * SECOND);
    assert_string_equal(sent(), "");
    assert_int_equal(ask(MODEM_DIAL, 1), MODEM_INVALID); /* its token is used up */
    dial(2);
}

static void a_dial_without_an_answer_is_hung_up_not_repeated(void **state)
{
    (void)state;
    dial(1);
    time_passes(9 * SECOND);
    assert_string_equal(sent(), "");
    time_passes(SECOND);
    assert_event(MODEM_EVENT_ENDED, MODEM_CAUSE_TIMEOUT);
    assert_string_equal(sent(), "\r"); /* ends the command, or what follows would */
    time_passes(SECOND);
    assert_exchange("AT+CHUP\r", "\r\nOK\r\n");
    assert_exchange("AT+CLCC\r", "\r\nOK\r\n");
    time_passes(20 * SECOND);
    assert_string_equal(sent(), "");
}

/* The line was full all the time: what was given up is not written when there is room. */
static void a_dial_that_never_left_is_dropped(void **state)
{
    (void)state;
    assert_int_equal(ask(MODEM_DIAL, 1), MODEM_OK);
    time_passes(10 * SECOND);
    assert_event(MODEM_EVENT_ENDED, MODEM_CAUSE_TIMEOUT);
    assert_string_equal(sent(), "");
    dial(2);
    says("\r\nBUSY\r\n");
    assert_event(MODEM_EVENT_ENDED, MODEM_CAUSE_BUSY);
    assert_int_equal(ask(MODEM_DIAL, 3), MODEM_OK); /* nor when the person hangs up */
    assert_int_equal(ask(MODEM_HANG_UP, 3), MODEM_OK);
    assert_event(MODEM_EVENT_ENDED, MODEM_CAUSE_NORMAL);
    assert_string_equal(sent(), "");
    time_passes(SECOND);
    assert_string_equal(sent(), "");
}

static void a_dead_line_is_set_up_again_without_the_call(void **state)
{
    (void)state;
    dialled();
    time_passes(500000);
    sent();
    time_passes(2 * SECOND);
    sent();
    assert_no_event();
    time_passes(2 * SECOND);
    assert_event(MODEM_EVENT_LOST, MODEM_CAUSE_ERROR);
    assert_int_equal(ask(MODEM_DIAL, 9), MODEM_NO_LINE);
    for (unsigned i = 0; i < 5; i++) {
        assert_string_equal(sent(), "ATE0V1Q0\r");
        time_passes(2 * SECOND);
    }
    finish_init();
}

static void a_modem_reset_loses_the_call(void **state)
{
    (void)state;
    dialled();
    says("\r\nRDY\r\n");
    assert_event(MODEM_EVENT_LOST, MODEM_CAUSE_ERROR);
    finish_init();
}

static void a_reset_with_the_dial_in_flight_does_not_dial_again(void **state)
{
    (void)state;
    dial(1);
    says("\r\nRDY\r\n");
    assert_event(MODEM_EVENT_LOST, MODEM_CAUSE_ERROR);
    finish_init();
}

static void an_idle_line_is_watched(void **state)
{
    (void)state;
    time_passes(60 * SECOND);
    assert_exchange("AT+CLCC\r", "\r\nOK\r\n");
    time_passes(60 * SECOND);
    sent();
    time_passes(2 * SECOND);
    time_passes(60 * SECOND);
    sent();
    time_passes(2 * SECOND);
    assert_event(MODEM_EVENT_LOST, MODEM_CAUSE_ERROR);
}

static void another_number_is_hung_up(void **state)
{
    (void)state;
    dialled();
    list("\r\n+CLCC: 1,0,2,0,0,\"0900\",129\r\n");
    assert_event(MODEM_EVENT_MISMATCH, MODEM_CAUSE_ERROR);
    assert_exchange("AT+CHUP\r", "\r\nOK\r\n");
    assert_no_event();
}

static void a_second_call_is_hung_up(void **state)
{
    (void)state;
    dialled();
    list("\r\n+CLCC: 1,0,2,0,0,\"09321\",129\r\n+CLCC: 2,0,2,0,0,\"09321\",129\r\n");
    assert_event(MODEM_EVENT_MISMATCH, MODEM_CAUSE_ERROR);
    assert_exchange("AT+CHUP\r", "\r\nOK\r\n");
}

static void the_plus_may_be_in_the_type(void **state)
{
    struct modem_request r = { .operation = MODEM_DIAL, .token = 4, .number = { 4, { 0x321c } } };

    (void)state;
    assert_int_equal(modem_driver_request(&d, now_us, &r), MODEM_OK);
    assert_exchange("ATD+123;\r", "\r\nOK\r\n");
    assert_event(MODEM_EVENT_TAKEN, MODEM_CAUSE_NORMAL);
    list("\r\n+CLCC: 1,0,3,0,0,\"123\",145\r\n");
    assert_event(MODEM_EVENT_ALERTING, MODEM_CAUSE_NORMAL);
    list("\r\n+CLCC: 1,0,3,0,0,\"123\",129\r\n");
    assert_event(MODEM_EVENT_MISMATCH, MODEM_CAUSE_ERROR);
}

static void a_call_that_nobody_asked_for_is_hung_up(void **state)
{
    (void)state;
    time_passes(60 * SECOND);
    assert_exchange("AT+CLCC\r", "\r\n+CLCC: 1,0,0,0,0,\"0900\",129\r\n\r\nOK\r\n");
    assert_exchange("AT+CHUP\r", "\r\nOK\r\n");
    assert_exchange("AT+CLCC\r", "\r\nOK\r\n");
    assert_no_event();
    time_passes(60 * SECOND);
    assert_string_equal(sent(), "AT+CLCC\r");
    assert_int_equal(ask(MODEM_DIAL, 1), MODEM_OK); /* is not what this list tells of */
    says("\r\n+CLCC: 1,0,0,0,0,\"0900\",129\r\n\r\nOK\r\n");
    assert_exchange("AT+CHUP\r", "\r\nOK\r\n");
    assert_exchange("AT+CLCC\r", "\r\nOK\r\n"); /* a call begins on an empty line */
    assert_exchange("ATD09321;\r", "\r\nOK\r\n");
    assert_event(MODEM_EVENT_TAKEN, MODEM_CAUSE_NORMAL);
}

static void flags_are_letters(void **state)
{
    static const char *const commands[] = { "ATD09321;\r", "ATD09321I;\r", "ATD09321i;\r" };

    (void)state;
    for (uint32_t flags = 0; flags < DIAL_FLAGS_ALL; flags++) {
        struct modem_request r = {
            .operation = MODEM_DIAL, .token = 1 + flags, .value = flags, .number = a_number
        };

        assert_int_equal(modem_driver_request(&d, now_us, &r), MODEM_OK);
        assert_exchange(commands[flags], "\r\nBUSY\r\n");
    }
}

static void a_vanished_call_is_hung_up(void **state)
{
    (void)state;
    dialled();
    list("");
    assert_no_event(); /* perhaps it is not listed yet */
    list("");
    assert_exchange("AT+CHUP\r", "\r\nOK\r\n");
    assert_no_event();
    assert_exchange("AT+CLCC\r", "\r\nOK\r\n");
    assert_event(MODEM_EVENT_ENDED, MODEM_CAUSE_NORMAL);
}

static void an_incoming_call(void **state)
{
    struct modem_notice notice;

    (void)state;
    assert_int_equal(ask(MODEM_ANSWER, 0), MODEM_INVALID);
    says("\r\nRING\r\n");
    assert_exchange("AT+CLCC\r", "\r\n+CLCC: 1,1,4,0,0,\"030\",129\r\n\r\nOK\r\n");
    assert_true(modem_driver_take_event(&d, &notice));
    assert_int_equal(notice.event, MODEM_EVENT_RINGING);
    assert_int_equal(notice.token, MODEM_TOKEN_INCOMING | 1);
    assert_int_equal(notice.number.packed[0], 0x030);
    says("\r\nRING\r\n");
    assert_exchange("AT+CLCC\r", "\r\n+CLCC: 1,1,4,0,0,\"030\",129\r\n\r\nOK\r\n");
    assert_no_event();
    assert_int_equal(ask(MODEM_DIAL, 3), MODEM_BUSY);
    assert_int_equal(ask(MODEM_ANSWER, notice.token + 1), MODEM_INVALID);
    assert_int_equal(ask(MODEM_ANSWER, notice.token), MODEM_OK);
    assert_exchange("ATA\r", "\r\nOK\r\n");
    assert_exchange("AT+CLCC\r", "\r\n+CLCC: 1,1,0,0,0,\"030\",129\r\n\r\nOK\r\n");
    assert_event(MODEM_EVENT_ACTIVE, MODEM_CAUSE_NORMAL);
    assert_int_equal(ask(MODEM_HANG_UP, MODEM_ANY_CALL), MODEM_OK);
    assert_exchange("AT+CHUP\r", "\r\nOK\r\n");
    assert_exchange("AT+CLCC\r", "\r\nOK\r\n");
    assert_event(MODEM_EVENT_ENDED, MODEM_CAUSE_NORMAL);
}

static void a_missed_call(void **state)
{
    (void)state;
    says("\r\nRING\r\n");
    assert_exchange("AT+CLCC\r", "\r\n+CLCC: 1,1,4,0,0\r\n\r\nOK\r\n");
    assert_event(MODEM_EVENT_RINGING, MODEM_CAUSE_NORMAL);
    says("\r\nNO CARRIER\r\n");
    assert_event(MODEM_EVENT_ENDED, MODEM_CAUSE_NORMAL);
}

static void a_queued_dial_can_be_taken_back(void **state)
{
    (void)state;
    time_passes(60 * SECOND);
    assert_string_equal(sent(), "AT+CLCC\r"); /* keeps the dial command waiting */
    assert_int_equal(ask(MODEM_DIAL, 1), MODEM_OK);
    assert_int_equal(ask(MODEM_DIAL, 2), MODEM_BUSY);
    assert_int_equal(ask(MODEM_HANG_UP, 7), MODEM_INVALID);
    assert_int_equal(ask(MODEM_HANG_UP, 1), MODEM_OK);
    assert_event(MODEM_EVENT_ENDED, MODEM_CAUSE_NORMAL);
    says("\r\nOK\r\n");
    assert_string_equal(sent(), "");
}

static void a_late_no_carrier_does_not_end_a_queued_dial(void **state)
{
    (void)state;
    time_passes(60 * SECOND);
    sent();
    assert_int_equal(ask(MODEM_DIAL, 1), MODEM_OK);
    says("\r\nNO CARRIER\r\n");
    assert_no_event();
    says("\r\nOK\r\n");
    assert_string_equal(sent(), "ATD09321;\r");
}

static void a_modem_that_cannot_hang_up_is_set_up_anew(void **state)
{
    (void)state;
    dialled();
    assert_int_equal(ask(MODEM_HANG_UP, 1), MODEM_OK);
    assert_exchange("AT+CHUP\r", "\r\nERROR\r\n");
    assert_exchange("AT+CLCC\r", "\r\n+CLCC: 1,0,0,0,0,\"09321\",129\r\n\r\nOK\r\n");
    assert_event(MODEM_EVENT_LOST, MODEM_CAUSE_ERROR);
    finish_init();
}

static void bad_requests(void **state)
{
    struct modem_request r = { .operation = MODEM_DIAL, .token = 1, .number = a_number };

    (void)state;
    assert_int_equal(ask(99, 1), MODEM_INVALID);
    assert_int_equal(ask(MODEM_DIAL, 0), MODEM_INVALID);
    r.value = 3;
    assert_int_equal(modem_driver_request(&d, now_us, &r), MODEM_INVALID);
    r.value = 0;
    r.number.packed[0] |= 0xd0;
    assert_int_equal(modem_driver_request(&d, now_us, &r), MODEM_INVALID);
    r.number = (struct number){ .length = NUMBER_DIAL_MAX + 1 };
    assert_int_equal(modem_driver_request(&d, now_us, &r), MODEM_INVALID);
    assert_int_equal(ask(MODEM_TONE, 1), MODEM_INVALID);
    assert_int_equal(ask(MODEM_HANG_UP, 0), MODEM_OK);
    assert_string_equal(sent(), "");
}

static void events_that_nobody_fetches_become_lost(void **state)
{
    struct modem_notice notice, last = { 0 };
    unsigned count = 0;

    (void)state;
    for (uint32_t i = 1; i < 50; i++) {
        dial(i);
        says("\r\nBUSY\r\n");
    }
    while (modem_driver_take_event(&d, &notice)) {
        count++;
        if (count == 1) {
            assert_int_equal(notice.event, MODEM_EVENT_LOST);
        }
        last = notice;
    }
    assert_in_range(count, 1, MODEM_EVENTS);
    assert_int_equal(last.token, 49);
}

/* A hostile modem and a hostile caller at once: each accepted request is written at most once. */
static void at_most_one_dial_a_request(void **state)
{
    static const char *const lines[] = { "\r\nOK\r\n",
                                         "\r\nERROR\r\n",
                                         "\r\nNO CARRIER\r\n",
                                         "\r\nBUSY\r\n",
                                         "\r\nRING\r\n",
                                         "\r\nRDY\r\n",
                                         "\r\n+CLCC: 1,0,0,0,0,\"09321\",129\r\n",
                                         "\r\n+CLCC: 1,0,3,0,0,\"09321\",129\r\n",
                                         "\r\n+CREG: 1\r\n",
                                         "\r\n+CLCC: 1,1,4,0,0,\"030\",129\r\n",
                                         "\r\nNO ANSWER\r\n",
                                         "\x80\xff" };
    unsigned accepted = 0, written = 0;
    uint64_t seed = 7;

    (void)state;
    for (unsigned round = 0; round < 1000000; round++) {
        struct modem_notice notice;
        unsigned choice;

        seed = seed * 6364136223846793005u + 1442695040888963407u;
        choice = (unsigned)(seed >> 33) % 20;
        if (choice < 12) {
            says(lines[seed % 3 ? 0 : choice]);
        } else if (choice < 16) {
            accepted += ask(MODEM_DIAL, round + 1) == MODEM_OK;
        } else if (choice < 17) {
            ask(MODEM_HANG_UP, 0);
        } else if (choice < 18) {
            ask(MODEM_ANSWER, 0);
        } else {
            time_passes(seed >> 44);
        }
        written += strncmp(sent(), "ATD", 3) == 0;
        modem_driver_take_event(&d, &notice);
        assert_true(written <= accepted);
    }
    assert_true(written > 1000);
    print_message("%u accepted, %u written\n", accepted, written);
}

#define CASE(name) cmocka_unit_test_setup(name, start)

int main(void)
{
    const struct CMUnitTest tests[] = {
        CASE(every_cell_of_the_table),
        CASE(a_call),
        CASE(only_while_it_is_set_up_is_it_asked_often),
        CASE(ends_from_outside),
        CASE(a_refused_dial_is_not_repeated),
        CASE(a_dial_without_an_answer_is_hung_up_not_repeated),
        CASE(a_dial_that_never_left_is_dropped),
        CASE(a_dead_line_is_set_up_again_without_the_call),
        CASE(a_modem_reset_loses_the_call),
        CASE(a_reset_with_the_dial_in_flight_does_not_dial_again),
        CASE(an_idle_line_is_watched),
        CASE(another_number_is_hung_up),
        CASE(a_second_call_is_hung_up),
        CASE(the_plus_may_be_in_the_type),
        CASE(a_call_that_nobody_asked_for_is_hung_up),
        CASE(flags_are_letters),
        CASE(a_vanished_call_is_hung_up),
        CASE(an_incoming_call),
        CASE(a_missed_call),
        CASE(a_queued_dial_can_be_taken_back),
        CASE(a_late_no_carrier_does_not_end_a_queued_dial),
        CASE(a_modem_that_cannot_hang_up_is_set_up_anew),
        CASE(bad_requests),
        CASE(events_that_nobody_fetches_become_lost),
        CASE(at_most_one_dial_a_request),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
