/* SPDX-License-Identifier: BSD-2-Clause */
/* One case for each check that no well-behaved modem reaches: each fails when its check is taken
 * out. */
#include "typed_modem.h"

static void list(const char *lines)
{
    now_us = modem_driver_deadline(&d);
    modem_driver_advance(&d, now_us);
    assert_string_equal(sent(), "AT+CLCC\r");
    says(lines);
    says("\r\nOK\r\n");
}

static void active_call(void)
{
    const struct modem_request request = { .operation = MODEM_DIAL,
                                           .token = 1,
                                           .number = a_number };

    assert_int_equal(modem_driver_request(&d, now_us, &request), MODEM_OK);
    assert_string_equal(sent(), "ATD09321;\r");
    says("\r\nOK\r\n");
    list("\r\n+CLCC: 1,0,0,0,0,\"09321\",129\r\n");
    assert_int_equal(d.up.phase, CALL_ACTIVE);
    drain();
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
    assert_true(number_is_equal(&d.up.number, &a_number));
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
    assert_string_equal(sent(), "AT+CHUP\r");
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

static enum modem_answer ask(uint32_t operation, uint32_t token, uint32_t value)
{
    const struct modem_request r = {
        .operation = operation, .token = token, .value = value, .number = a_number
    };

    return modem_driver_request(&d, now_us, &r);
}

/* Noise on the line is not a call; twice the same is. */
static void a_line_that_cannot_be_read_is_suspicious(void **state)
{
    static const char listed[] = "\r\n+CLCC: 1,0,0,0,0,\"09321\",129\r\n";

    (void)state;
    active_call();
    list("\r\n+CLCC: 1,0,\r\n");
    assert_int_equal(d.up.phase, CALL_ACTIVE);
    list(listed);
    list("\r\n+CLCC: 1,0,\r\n");
    assert_int_equal(d.up.phase, CALL_ACTIVE);
    assert_true(modem_driver_deadline(&d) <= now_us + SECOND / 2); /* it is asked again soon */
    list("\r\n+CLCC: 1,0,\r\n");
    assert_int_equal(next_event().event, MODEM_EVENT_MISMATCH);
    assert_string_equal(sent(), "AT+CHUP\r");
}

/* Beside our own, too; but a call that rings may be the one that nobody can read. */
static void an_unreadable_line_may_be_the_call_that_waits(void **state)
{
    static const char both[] = "\r\n+CLCC: 1,0,0,0,0,\"09321\",129\r\n\r\n+CLCC: 2,?\r\n";

    (void)state;
    active_call();
    says("\r\n+CCWA: ?\r\n");
    assert_string_equal(sent(), "AT+CLCC\r");
    says("\r\nERROR\r\n");
    for (unsigned i = 0; i < 5; i++) {
        list(both);
    }
    assert_int_equal(d.up.phase, CALL_ACTIVE);
    assert_int_equal(next_event().event, MODEM_EVENT_RINGING);
    typed_modem_start(NULL);
    active_call();
    list(both);
    list(both);
    assert_int_equal(d.up.phase, CALL_NONE);
}

static void an_idle_modem_with_an_unreadable_call_is_told_to_hang_up(void **state)
{
    (void)state;
    list("\r\n+CLCC: what\r\n");
    list("\r\n+CLCC: what\r\n");
    assert_string_equal(sent(), "AT+CHUP\r");
    says("\r\nOK\r\n");
    assert_string_equal(sent(), "AT+CLCC\r");
    says("\r\n+CLCC: what\r\n\r\nOK\r\n");
    list("\r\n+CLCC: what\r\n"); /* half a second later */
    assert_string_equal(sent(), "AT+CHUP\r");
}

/* A call that the modem answered by itself listens to whoever called. */
static void an_incoming_call_that_nobody_answered_is_hung_up(void **state)
{
    (void)state;
    says("\r\nRING\r\n");
    assert_string_equal(sent(), "AT+CLCC\r");
    says("\r\n+CLCC: 1,1,4,0,0,\"030\",129\r\n\r\nOK\r\n");
    assert_int_equal(next_event().event, MODEM_EVENT_RINGING);
    list("\r\n+CLCC: 1,1,0,0,0,\"030\",129\r\n");
    assert_string_equal(sent(), "AT+CHUP\r");
}

static void a_number_that_cannot_be_called_back_is_not_told(void **state)
{
    static const char *const lines[] = {
        "\r\n+CLCC: 1,1,4,0,0,\"030*1#\",129\r\n\r\nOK\r\n",
        "\r\n+CLCC: 1,1,4,0,0,\"012345678901234567890\",129\r\n\r\nOK\r\n",
        "\r\n+CLCC: 1,1,4,0,0,\"BANK\",129\r\n\r\nOK\r\n",
        "\r\n+CLCC: 1,1,4,0,0,\"+\",145\r\n\r\nOK\r\n",
    };

    (void)state;
    for (unsigned i = 0; i < sizeof(lines) / sizeof(lines[0]); i++) {
        struct modem_notice notice;

        typed_modem_start(NULL);
        says("\r\nRING\r\n");
        assert_string_equal(sent(), "AT+CLCC\r");
        says(lines[i]);
        notice = next_event();
        assert_int_equal(notice.event, MODEM_EVENT_RINGING);
        assert_int_equal(notice.number.length, 0);
    }
}

/* RING, and no list that tells who it is: the dialler hears of it within a second. */
static void ringing_is_told_within_a_second(void **state)
{
    (void)state;
    says("\r\nRING\r\n");
    assert_string_equal(sent(), "AT+CLCC\r");
    assert_int_equal(d.event_count, 0);
    assert_true(modem_driver_deadline(&d) <= now_us + SECOND);
    now_us = modem_driver_deadline(&d);
    modem_driver_advance(&d, now_us);
    assert_int_equal(next_event().event, MODEM_EVENT_RINGING);
}

static void each_caller_has_a_token(void **state)
{
    uint32_t first;

    (void)state;
    says("\r\nRING\r\n");
    assert_string_equal(sent(), "AT+CLCC\r");
    says("\r\n+CLCC: 1,1,4,0,0\r\n\r\nOK\r\n");
    first = next_event().token;
    assert_true(first >= MODEM_TOKEN_INCOMING);
    says("\r\nNO CARRIER\r\n");
    assert_int_equal(next_event().token, first);
    assert_string_equal(sent(), "AT+CLCC\r");
    says("\r\nOK\r\n\r\nRING\r\n");
    assert_string_equal(sent(), "AT+CLCC\r");
    says("\r\n+CLCC: 1,1,4,0,0\r\n\r\nOK\r\n");
    assert_int_equal(next_event().token, first + 1);
    assert_int_equal(ask(MODEM_DECLINE, first, 0), MODEM_INVALID);
    assert_int_equal(ask(MODEM_DECLINE, first + 1, 0), MODEM_OK);
    assert_string_equal(sent(), "AT+CHUP\r");
}

/* Answered, and declined before the list shows that it was: the modem has no call to decline any
 * more. */
static void who_declines_too_late_hangs_up(void **state)
{
    uint32_t caller;

    (void)state;
    says("\r\nRING\r\n");
    assert_string_equal(sent(), "AT+CLCC\r");
    says("\r\n+CLCC: 1,1,4,0,0\r\n\r\nOK\r\n");
    caller = next_event().token;
    assert_int_equal(ask(MODEM_ANSWER, caller, 0), MODEM_OK);
    assert_string_equal(sent(), "ATA\r");
    says("\r\nOK\r\n");
    assert_string_equal(sent(), "AT+CLCC\r");
    assert_int_equal(ask(MODEM_DECLINE, caller, 0), MODEM_OK);
    says("\r\n+CLCC: 1,1,0,0,0\r\n\r\nOK\r\n");
    assert_int_equal(next_event().event, MODEM_EVENT_ACTIVE);
    assert_string_equal(sent(), "AT+CHUP\r");
    says("\r\nOK\r\n");
    assert_string_equal(sent(), "AT+CLCC\r");
    says("\r\nOK\r\n");
    assert_int_equal(next_event().event, MODEM_EVENT_ENDED);
    now_us += 60 * (uint64_t)SECOND;
    modem_driver_advance(&d, now_us);
    assert_string_equal(sent(), "AT+CLCC\r");
}

/* The dialler has not yet fetched that it was answered. */
static void a_decline_of_an_answered_call_hangs_up(void **state)
{
    uint32_t caller;

    (void)state;
    says("\r\nRING\r\n");
    assert_string_equal(sent(), "AT+CLCC\r");
    says("\r\n+CLCC: 1,1,4,0,0\r\n\r\nOK\r\n");
    caller = next_event().token;
    assert_int_equal(ask(MODEM_ANSWER, caller, 0), MODEM_OK);
    assert_string_equal(sent(), "ATA\r");
    says("\r\nOK\r\n");
    assert_string_equal(sent(), "AT+CLCC\r");
    says("\r\n+CLCC: 1,1,0,0,0\r\n\r\nOK\r\n");
    assert_int_equal(ask(MODEM_DECLINE, caller, 0), MODEM_OK);
    assert_string_equal(sent(), "AT+CHUP\r");
    assert_int_equal(ask(MODEM_DECLINE, 0, 0), MODEM_INVALID);
    assert_int_equal(ask(MODEM_DECLINE, 1, 0), MODEM_INVALID);
}

static void a_decline_without_an_answer_is_repeated(void **state)
{
    (void)state;
    says("\r\nRING\r\n");
    assert_string_equal(sent(), "AT+CLCC\r");
    says("\r\n+CLCC: 1,1,4,0,0\r\n\r\nOK\r\n");
    assert_int_equal(ask(MODEM_DECLINE, next_event().token, 0), MODEM_OK);
    assert_string_equal(sent(), "AT+CHUP\r");
    now_us += 10 * (uint64_t)SECOND;
    modem_driver_advance(&d, now_us);
    assert_string_equal(sent(), "AT+CHUP\r");
    says("\r\nOK\r\n");
    assert_int_equal(next_event().event, MODEM_EVENT_ENDED);
}

/* NO CARRIER with two calls: the list says whose it was. */
static void the_list_says_which_call_ended(void **state)
{
    (void)state;
    active_call();
    says("\r\n+CCWA: \"030\",129,1\r\n");
    assert_string_equal(sent(), "AT+CLCC\r");
    says("\r\n+CLCC: 1,0,0,0,0,\"09321\",129\r\n\r\n+CLCC: 2,1,5,0,0,\"030\",129\r\n\r\nOK\r\n");
    assert_int_equal(next_event().event, MODEM_EVENT_RINGING);
    says("\r\nNO CARRIER\r\n");
    assert_int_equal(d.event_count, 0);
    assert_string_equal(sent(), "AT+CLCC\r");
    says("\r\n+CLCC: 1,0,0,0,0,\"09321\",129\r\n\r\nOK\r\n");
    assert_true(next_event().token >= MODEM_TOKEN_INCOMING);
    assert_int_equal(d.up.phase, CALL_ACTIVE);
    assert_int_equal(d.ringing.phase, CALL_NONE);
}

/* The dialler does not fetch. What it finds in the end is true: what there is is told after what is
 * lost. */
static void a_full_queue_keeps_the_truth(void **state)
{
    struct modem_notice last = { 0 };

    (void)state;
    active_call();
    for (unsigned i = 0; i < 40; i++) { /* callers come and go */
        says("\r\n+CCWA: \"030\",129,1\r\n");
        assert_string_equal(sent(), "AT+CLCC\r");
        says(
            "\r\n+CLCC: 1,0,0,0,0,\"09321\",129\r\n\r\n+CLCC: 2,1,5,0,0,\"030\",129\r\n\r\nOK\r\n");
        says("\r\nNO CARRIER\r\n");
        assert_string_equal(sent(), "AT+CLCC\r");
        says("\r\n+CLCC: 1,0,0,0,0,\"09321\",129\r\n\r\nOK\r\n");
    }
    last = next_event();
    assert_int_equal(last.event, MODEM_EVENT_LOST);
    assert_int_equal(last.kept[0], 1); /* the call that is up is not lost */
    last = next_event();
    assert_int_equal(last.event, MODEM_EVENT_ACTIVE);
    assert_int_equal(last.token, 1);
}

/* Nor is a call that came in and was answered. */
static void a_full_queue_keeps_an_answered_call(void **state)
{
    const struct modem_request answer = { .operation = MODEM_ANSWER,
                                          .token = MODEM_TOKEN_INCOMING | 1 };
    struct modem_notice lost;

    (void)state;
    says("\r\nRING\r\n");
    assert_string_equal(sent(), "AT+CLCC\r");
    says("\r\n+CLCC: 1,1,4,0,0,\"030\",129\r\n\r\nOK\r\n");
    assert_int_equal(modem_driver_request(&d, now_us, &answer), MODEM_OK);
    assert_string_equal(sent(), "ATA\r");
    says("\r\nOK\r\n");
    assert_string_equal(sent(), "AT+CLCC\r");
    says("\r\n+CLCC: 1,1,0,0,0,\"030\",129\r\n\r\nOK\r\n");
    assert_int_equal(d.up.phase, CALL_ACTIVE);
    for (unsigned i = 0; i < 40; i++) {
        says("\r\n+CCWA: \"040\",129,1\r\n");
        assert_string_equal(sent(), "AT+CLCC\r");
        says("\r\n+CLCC: 1,1,0,0,0,\"030\",129\r\n\r\n+CLCC: 2,1,5,0,0,\"040\",129\r\n\r\nOK\r\n");
        says("\r\nNO CARRIER\r\n");
        assert_string_equal(sent(), "AT+CLCC\r");
        says("\r\n+CLCC: 1,1,0,0,0,\"030\",129\r\n\r\nOK\r\n");
    }
    lost = next_event();
    assert_int_equal(lost.event, MODEM_EVENT_LOST);
    assert_int_equal(lost.kept[0], MODEM_TOKEN_INCOMING | 1);
}

static void lost_names_the_last_dial_request(void **state)
{
    struct modem_notice notice;

    (void)state;
    active_call();
    says("\r\nRDY\r\n");
    notice = next_event();
    assert_int_equal(notice.event, MODEM_EVENT_LOST);
    assert_int_equal(notice.token, 1);
    assert_int_equal(notice.taken, 1);
    assert_int_equal(notice.kept[0], 0);
}

static void tones_wait_for_each_other_and_end_with_the_call(void **state)
{
    (void)state;
    active_call();
    assert_int_equal(ask(MODEM_TONE, 2, 5), MODEM_INVALID); /* another call's */
    for (uint32_t i = 0; i < MODEM_TONES + 1; i++) {
        assert_int_equal(ask(MODEM_TONE, 1, i % 12),
                         MODEM_OK); /* the first is on its way already */
    }
    assert_int_equal(ask(MODEM_TONE, 1, 5), MODEM_BUSY);
    assert_string_equal(sent(), "AT+VTS=0\r");
    says("\r\nERROR\r\n"); /* is no reason to leave out the next */
    assert_string_equal(sent(), "AT+VTS=1\r");
    says("\r\nNO CARRIER\r\n\r\nOK\r\n");
    assert_string_equal(sent(), "AT+CLCC\r");
    says("\r\nOK\r\n");
    assert_int_equal(d.output.length, 0);
}

/* A waiting call is answered in one command; a modem that refuses leaves all as it was, and it is
 * told again. */
static void a_waiting_call_that_cannot_be_taken_waits_on(void **state)
{
    (void)state;
    active_call();
    says("\r\n+CCWA: \"030\",129,1\r\n");
    assert_string_equal(sent(), "AT+CLCC\r");
    says("\r\n+CLCC: 1,0,0,0,0,\"09321\",129\r\n\r\n+CLCC: 2,1,5,0,0,\"030\",129\r\n\r\nOK\r\n");
    assert_int_equal(ask(MODEM_ANSWER, next_event().token, 0), MODEM_OK);
    assert_string_equal(sent(), "AT+CHLD=1\r");
    says("\r\nERROR\r\n");
    assert_string_equal(sent(), "AT+CLCC\r");
    says("\r\n+CLCC: 1,0,0,0,0,\"09321\",129\r\n\r\n+CLCC: 2,1,5,0,0,\"030\",129\r\n\r\nOK\r\n");
    assert_int_equal(next_event().event, MODEM_EVENT_RINGING);
    assert_int_equal(d.up.phase, CALL_ACTIVE);
}

static void a_modem_that_lists_nothing_at_all_can_still_hang_up(void **state)
{
    (void)state;
    active_call();
    assert_int_equal(ask(MODEM_HANG_UP, 1, 0), MODEM_OK);
    assert_string_equal(sent(), "AT+CHUP\r");
    says("\r\nOK\r\n");
    assert_string_equal(sent(), "AT+CLCC\r");
    says("\r\nERROR\r\n");
    assert_int_equal(next_event().event, MODEM_EVENT_ENDED);
    assert_false(d.must_clear);
}

static void a_modem_that_keeps_a_call_is_set_up_anew(void **state)
{
    unsigned hang_ups = 0;

    (void)state;
    active_call();
    assert_int_equal(ask(MODEM_HANG_UP, 1, 0), MODEM_OK);
    for (unsigned i = 0; i < 100 && d.in_flight != COMMAND_INIT; i++) {
        const bool is_hang_up = d.in_flight == COMMAND_HANG_UP,
                   is_list = d.in_flight == COMMAND_LIST;

        hang_ups += is_hang_up;
        modem_driver_output_taken(&d);
        if (is_list) {
            says("\r\n+CLCC: 1,0,0,0,0,\"09321\",129\r\n");
        }
        if (is_list || is_hang_up) {
            says("\r\nOK\r\n");
        }
        now_us += SECOND / 10;
        modem_driver_advance(&d, now_us);
    }
    assert_int_equal(hang_ups, 4);
    assert_int_equal(next_event().event, MODEM_EVENT_LOST);
}

static void connect_takes_a_call_and_is_looked_at(void **state)
{
    const struct modem_request r = { .operation = MODEM_DIAL, .token = 1, .number = a_number };

    (void)state;
    assert_int_equal(modem_driver_request(&d, now_us, &r), MODEM_OK);
    assert_string_equal(sent(), "ATD09321;\r");
    says("\r\nCONNECT 9600\r\n");
    assert_int_equal(d.up.phase, CALL_DIALLING);
    list("\r\n+CLCC: 1,0,0,1,0,\"09321\",129\r\n"); /* data: another call */
    assert_int_equal(d.up.phase, CALL_NONE);
    assert_string_equal(sent(), "AT+CHUP\r");
}

/* A line that cannot be read is not an empty list: nothing has vanished. */
static void an_unreadable_list_is_not_an_empty_one(void **state)
{
    (void)state;
    active_call();
    list("");
    list("\r\n+CLCC: 1,0,\r\n");
    assert_int_equal(d.up.phase, CALL_ACTIVE);
    assert_int_equal(d.up.absent, 1);
}

/* Nobody heard of it: nobody is told that it ended. */
static void a_ring_that_was_not_told_ends_without_a_word(void **state)
{
    (void)state;
    says("\r\nRING\r\n\r\nNO CARRIER\r\n");
    assert_int_equal(d.ringing.phase, CALL_NONE);
    assert_int_equal(d.event_count, 0);
}

/* Without a list there is nothing to wait for before the next call. */
static void a_modem_without_a_list_dials_on(void **state)
{
    const struct modem_request r = { .operation = MODEM_DIAL, .token = 2, .number = a_number };

    (void)state;
    active_call();
    says("\r\nNO CARRIER\r\n");
    assert_string_equal(sent(), "AT+CLCC\r");
    says("\r\nERROR\r\n");
    assert_int_equal(modem_driver_request(&d, now_us, &r), MODEM_OK);
    assert_string_equal(sent(), "ATD09321;\r");
}

/* A call that the modem may still have is looked for, and hung up, before another is dialled. */
static void a_new_call_waits_for_an_empty_line(void **state)
{
    const struct modem_request r = { .operation = MODEM_DIAL, .token = 2, .number = a_number };

    (void)state;
    active_call();
    says("\r\nNO CARRIER\r\n");
    assert_string_equal(sent(), "AT+CLCC\r");
    says("\r\n+CLCC: 1,0,0,0,0,\"09321\",129\r\n\r\nOK\r\n");
    assert_string_equal(sent(), "AT+CHUP\r");
    assert_int_equal(modem_driver_request(&d, now_us, &r), MODEM_OK);
    says("\r\nOK\r\n");
    assert_string_equal(sent(), "AT+CLCC\r");
    says("\r\nOK\r\n");
    assert_string_equal(sent(), "ATD09321;\r");
}

/* A modem may list a call a moment late: no list is asked for at once, whoever wanted one before.
 */
static void a_new_call_is_not_looked_for_at_once(void **state)
{
    const struct modem_request r = { .operation = MODEM_DIAL, .token = 1, .number = a_number };

    (void)state;
    assert_int_equal(modem_driver_request(&d, now_us, &r), MODEM_OK);
    assert_string_equal(sent(), "ATD09321;\r");
    says("\r\n^CEND:1,0,31\r\n\r\nOK\r\n");
    assert_int_equal(d.up.phase, CALL_DIALLING);
    assert_int_equal(d.output.length, 0);
}

#define CASE(name) cmocka_unit_test_setup(name, typed_modem_start)

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
        CASE(a_line_that_cannot_be_read_is_suspicious),
        CASE(an_unreadable_line_may_be_the_call_that_waits),
        CASE(an_idle_modem_with_an_unreadable_call_is_told_to_hang_up),
        CASE(an_incoming_call_that_nobody_answered_is_hung_up),
        CASE(a_number_that_cannot_be_called_back_is_not_told),
        CASE(ringing_is_told_within_a_second),
        CASE(each_caller_has_a_token),
        CASE(who_declines_too_late_hangs_up),
        CASE(a_decline_of_an_answered_call_hangs_up),
        CASE(a_decline_without_an_answer_is_repeated),
        CASE(the_list_says_which_call_ended),
        CASE(a_full_queue_keeps_the_truth),
        CASE(a_full_queue_keeps_an_answered_call),
        CASE(lost_names_the_last_dial_request),
        CASE(tones_wait_for_each_other_and_end_with_the_call),
        CASE(a_waiting_call_that_cannot_be_taken_waits_on),
        CASE(a_modem_that_lists_nothing_at_all_can_still_hang_up),
        CASE(a_modem_that_keeps_a_call_is_set_up_anew),
        CASE(connect_takes_a_call_and_is_looked_at),
        CASE(an_unreadable_list_is_not_an_empty_one),
        CASE(a_ring_that_was_not_told_ends_without_a_word),
        CASE(a_modem_without_a_list_dials_on),
        CASE(a_new_call_is_not_looked_for_at_once),
        CASE(a_new_call_waits_for_an_empty_line),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
