/* SPDX-License-Identifier: BSD-2-Clause */
/* An emergency call against a modem that is typed by hand: whatever is up or wrong, it goes out and
 * stays. */
#include "typed_modem.h"

static uint32_t token;
static const struct number emergency = { .length = 3, .packed = { 0x211 } };

static void dial(void)
{
    assert_int_equal(request(MODEM_DIAL, ++token, 0, a_number), MODEM_OK);
}

static void dial_emergency(void)
{
    assert_int_equal(request(MODEM_DIAL, ++token, MODEM_FLAG_EMERGENCY, emergency), MODEM_OK);
}

static void assert_event(uint32_t event, uint32_t of, uint32_t cause)
{
    const struct modem_notice notice = next_event();

    assert_int_equal(notice.event, event);
    assert_int_equal(notice.token, of);
    assert_int_equal(notice.cause, cause);
}

static void taken(void)
{
    assert_exchange("ATD112;\r", "\r\nOK\r\n");
    drain();
    assert_int_equal(d.up.phase, CALL_DIALLING);
    assert_int_equal(d.up.token, token);
}

static void list(const char *lines)
{
    time_passes(500 * MILLISECOND);
    assert_exchange("AT+CLCC\r", lines);
    says("\r\nOK\r\n");
}

static void it_says_what_went_to_the_line(void **state)
{
    (void)state;
    dial_emergency();
    assert_int_equal(d.event_count, 0); /* no byte has left yet */
    assert_exchange("ATD112;\r", "");
    assert_event(MODEM_EVENT_SENT, token, 1);
    says("\r\nOK\r\n");
    assert_event(MODEM_EVENT_TAKEN, token, 0);
}

/* V.250 5.6.1: any character does it, from 125 ms after the command. */
static void a_dial_command_in_flight_is_aborted(void **state)
{
    (void)state;
    dial();
    assert_string_equal(sent(), "ATD09321;\r");
    time_passes(2 * SECOND);
    drain();
    dial_emergency();
    assert_event(MODEM_EVENT_ENDED, token - 1, MODEM_CAUSE_NORMAL);
    assert_exchange("\r", "\r\nNO CARRIER\r\n");
    taken();
}

static void a_modem_need_not_hear_the_first_125_ms(void **state)
{
    (void)state;
    dial();
    assert_string_equal(sent(), "ATD09321;\r");
    time_passes(100 * MILLISECOND);
    dial_emergency();
    assert_string_equal(sent(), "");
    assert_true(modem_driver_deadline(&d) == now_us + 25 * MILLISECOND);
    time_passes(25 * MILLISECOND);
    assert_exchange("\r", "\r\nNO CARRIER\r\n");
    taken();
}

/* The abort came too late: the first call is up, and ends before the second begins. */
static void an_aborted_call_that_came_up_is_hung_up(void **state)
{
    (void)state;
    dial();
    sent();
    time_passes(SECOND);
    dial_emergency();
    assert_exchange("\r", "\r\nOK\r\n");
    assert_exchange("AT+CHUP\r", "\r\nOK\r\n");
    taken();
}

static void a_dial_that_cannot_be_aborted_delays_by_a_second(void **state)
{
    (void)state;
    dial();
    sent();
    time_passes(SECOND);
    dial_emergency();
    assert_string_equal(sent(), "\r");
    time_passes(SECOND);
    taken();
}

static void a_call_that_is_up_makes_way(void **state)
{
    (void)state;
    dial();
    assert_exchange("ATD09321;\r", "\r\nOK\r\n");
    list("\r\n+CLCC: 1,0,0,0,0,\"09321\",129\r\n");
    drain();
    dial_emergency();
    assert_event(MODEM_EVENT_ENDED, token - 1, MODEM_CAUSE_NORMAL);
    assert_exchange("AT+CHUP\r", "\r\nERROR\r\n"); /* whatever it says */
    taken();
}

static void a_hang_up_without_an_answer_does_not_lose_it(void **state)
{
    (void)state;
    dial();
    assert_exchange("ATD09321;\r", "\r\nOK\r\n");
    drain();
    dial_emergency();
    assert_string_equal(sent(), "AT+CHUP\r");
    time_passes(5 * SECOND);
    drain();
    taken();
}

/* The answer to the hang-up comes late, and looks like one to the dial command. */
static void a_late_answer_is_not_taken_for_its_own(void **state)
{
    (void)state;
    dial();
    assert_exchange("ATD09321;\r", "\r\nOK\r\n");
    dial_emergency();
    assert_string_equal(sent(), "AT+CHUP\r");
    time_passes(5 * SECOND);
    taken();
    while (d.in_flight == COMMAND_INIT) {
        sent();
        says("\r\nOK\r\n");
    }
    assert_exchange("AT+CLCC\r", "\r\nOK\r\n");
    list("");
    taken();
    list("\r\n+CLCC: 1,0,2,0,0,\"112\",129\r\n");
    list("");
    list("");
    assert_string_equal(sent(), "");
    assert_int_equal(d.up.phase, CALL_DIALLING);
}

static void a_ringing_call_makes_way(void **state)
{
    (void)state;
    says("\r\nRING\r\n");
    assert_exchange("AT+CLCC\r", "\r\n+CLCC: 1,1,4,0,0,\"030\",129\r\n\r\nOK\r\n");
    drain();
    dial_emergency();
    assert_event(MODEM_EVENT_ENDED, MODEM_TOKEN_INCOMING | 1, MODEM_CAUSE_NORMAL);
    assert_exchange("AT+CHUP\r", "\r\nOK\r\n");
    taken();
}

/* Any other command is waited for, a second at most. */
static void a_list_in_flight_delays_by_its_answer(void **state)
{
    (void)state;
    time_passes(60 * (uint64_t)SECOND);
    assert_string_equal(sent(), "AT+CLCC\r");
    dial_emergency();
    assert_string_equal(sent(), "");
    says("\r\nOK\r\n");
    taken();
}

/* … or until it has been silent for a second. */
static void a_silent_list_delays_by_a_second(void **state)
{
    (void)state;
    time_passes(60 * (uint64_t)SECOND);
    assert_string_equal(sent(), "AT+CLCC\r");
    dial_emergency();
    assert_true(modem_driver_deadline(&d) == now_us + SECOND);
    time_passes(SECOND);
    taken();
}

/* M6: dialled into silence while a hang-up of what was there waits: that is not made up for
 * afterwards. */
static void a_hang_up_that_waited_does_not_meet_it(void **state)
{
    (void)state;
    dial();
    assert_exchange("ATD09321;\r", "\r\nOK\r\n");
    time_passes(500 * MILLISECOND);
    assert_string_equal(sent(), "AT+CLCC\r"); /* and no answer */
    dial_emergency();
    assert_string_equal(sent(), "");
    time_passes(SECOND);
    taken();
    for (unsigned i = 0; i < 30; i++) {
        assert_null(strstr(sent(), "CHUP"));
        says(d.in_flight == COMMAND_LIST ? "\r\n+CLCC: 1,0,2,0,0,\"112\",129\r\n\r\nOK\r\n"
                                         : "\r\nOK\r\n");
        time_passes(SECOND);
    }
    assert_int_equal(d.up.phase, CALL_DIALLING);
}

static void a_refusal_is_answered_by_looking_and_dialling_again(void **state)
{
    (void)state;
    dial_emergency();
    assert_exchange("ATD112;\r", "\r\nERROR\r\n");
    assert_event(MODEM_EVENT_SENT, token, 1);
    assert_exchange("AT+CLCC\r", "\r\n+CLCC: 1,0,0,0,0,\"0900\",129\r\n\r\nOK\r\n");
    assert_exchange("AT+CHUP\r", "\r\nOK\r\n");
    assert_exchange("ATD112;\r", "\r\nNO CARRIER\r\n");
    assert_event(MODEM_EVENT_SENT, token, 2);
    assert_exchange("AT+CLCC\r", "\r\nOK\r\n");
    for (uint32_t i = 3; i < 8; i++) {
        assert_string_equal(sent(), ""); /* not as fast as the wire is */
        time_passes(SECOND);
        assert_exchange("ATD112;\r", "\r\nBUSY\r\n");
        assert_event(MODEM_EVENT_SENT, token, i);
        assert_exchange("AT+CLCC\r", "\r\nOK\r\n");
    }
    time_passes(SECOND);
    taken();
}

static void it_survives_a_reset(void **state)
{
    (void)state;
    dial_emergency();
    assert_string_equal(sent(), "ATD112;\r");
    says("\r\nRDY\r\n");
    assert_event(MODEM_EVENT_SENT, token, 1);
    assert_int_equal(d.event_count, 0); /* not lost */
    assert_exchange("ATD112;\r", "\r\nOK\r\n");
    assert_event(MODEM_EVENT_SENT, token, 2);
    assert_event(MODEM_EVENT_TAKEN, token, 0);
    assert_exchange("ATE0V1Q0\r",
                    "\r\nOK\r\n"); /* the rest of the set-up follows, and hangs nothing up */
    while (!d.is_up) {
        assert_null(strstr(sent(), "CHUP"));
        says("\r\nOK\r\n");
    }
    assert_int_equal(d.up.phase, CALL_DIALLING);
}

/* What came before it is lost; it is not. */
static void a_lost_event_does_not_name_it(void **state)
{
    struct modem_notice notice;

    (void)state;
    says("\r\nRING\r\n");
    assert_exchange("AT+CLCC\r", "\r\n+CLCC: 1,1,4,0,0,\"030\",129\r\n\r\nOK\r\n");
    drain();
    dial_emergency();
    drain();
    sent();
    says("\r\nRING\r\n\r\nRDY\r\n");
    notice = next_event();
    if (notice.event == MODEM_EVENT_SENT) {
        notice = next_event();
    }
    assert_int_equal(notice.event, MODEM_EVENT_LOST);
    assert_int_equal(notice.kept[0], token);
    assert_int_equal(d.up.token, token);
}

static void it_is_taken_while_the_modem_is_set_up(void **state)
{
    (void)state;
    modem_driver_start(&d, now_us);
    assert_string_equal(sent(), "ATE0V1Q0\r");
    dial_emergency();
    assert_string_equal(sent(), "");
    says("\r\nOK\r\n");
    assert_exchange("AT+CHUP\r", "\r\nERROR\r\n"); /* an earlier driver may have left a call */
    taken();
}

/* Nobody there for half a minute. It is dialled now and then, and at once when somebody answers. */
static void it_outlives_silence(void **state)
{
    unsigned dialled = 0, asked = 0;

    (void)state;
    dial_emergency();
    for (unsigned second = 0; second < 60; second++) {
        const char *text = sent();

        dialled += strcmp(text, "ATD112;\r") == 0;
        asked += strcmp(text, "ATE0V1Q0\r") == 0;
        assert_null(strstr(text, "CHUP"));
        time_passes(SECOND);
    }
    assert_in_range(dialled, 3, 8);
    assert_in_range(asked, 6, 40);
    while (d.in_flight != COMMAND_INIT) {
        time_passes(SECOND);
        if (d.in_flight != COMMAND_INIT) {
            sent();
        }
    }
    assert_exchange("ATE0V1Q0\r", "\r\nOK\r\n");
    assert_exchange("AT+CLCC\r", "\r\nOK\r\n"); /* one of the earlier ones may be up */
    taken();
    drain();
}

/* Its answer was lost, and the call is up: it is not dialled twice. */
static void a_call_that_is_up_all_the_same_is_found(void **state)
{
    static const char *const names[] = { "\"112\",129", "\"sos\"", "\"110\",129", "\"+49112\",145",
                                         "\"\",128" };

    for (unsigned i = 0; i < sizeof names / sizeof names[0]; i++) {
        char line[60] = "\r\n+CLCC: 1,0,2,0,0,";

        typed_modem_start(state);
        dial_emergency();
        sent();
        time_passes(10 * SECOND);
        assert_string_equal(sent(), "\r");
        time_passes(SECOND);
        assert_exchange("AT+CLCC\r", strcat(line, names[i]));
        says("\r\n\r\nOK\r\n");
        assert_event(MODEM_EVENT_SENT, token, 1);
        assert_event(MODEM_EVENT_TAKEN, token, 0);
        assert_string_equal(sent(), "");
        assert_int_equal(d.up.phase, CALL_DIALLING);
    }
}

/* M6. */
static void no_list_cuts_it(void **state)
{
    static const struct {
        const char *lines;
        bool differs;
    } rows[] = {
        { "\r\n+CLCC: 1,0,0,0,0,\"112\",129\r\n", false },
        { "\r\n+CLCC: 1,0,0,0,0,\"+49112\",145\r\n", false },
        { "\r\n+CLCC: 1,0,0,0,0,\"49112\",145\r\n", false },
        { "\r\n+CLCC: 1,0,0,0,0,\"sos\"\r\n", false },
        { "\r\n+CLCC: 1,0,0,0,0\r\n", false },
        { "\r\n+CLCC: 1,1,5,0,0,\"030\",129\r\n\r\n+CLCC: 2,0,0,0,0,\"112\",129\r\n", false },
        { "\r\n+CLCC: 1,0,0,0,0,\"110\",129\r\n", true },
        { "\r\n+CLCC: 1,0,0,0,0,\"09001234\",129\r\n", true },
        { "\r\n+CLCC: 1,0,0,0,0,\"1x1\",129\r\n", true },
        { "\r\n+CLCC: 1,0,0,1,0,\"112\",129\r\n", true },
        { "\r\n+CLCC: 1,0,0,0,0,\"112\",129\r\n\r\n+CLCC: 2,0,0,0,0,\"0900\",129\r\n", true },
        { "\r\n+CLCC: what?\r\n", true },
        { "", true },
    };

    for (unsigned i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        unsigned differs = 0;

        print_message("%s\n", rows[i].lines);
        typed_modem_start(state);
        dial_emergency();
        taken();
        for (unsigned j = 0; j < 100; j++) {
            const char *text;

            time_passes(SECOND);
            text = sent();
            assert_null(strstr(text, "CHUP"));
            if (strcmp(text, "AT+CLCC\r") == 0) {
                says(rows[i].lines);
                says("\r\nOK\r\n");
            }
            while (d.event_count > 0) {
                differs += next_event().event == MODEM_EVENT_DIFFERS;
            }
        }
        assert_int_equal(differs, rows[i].differs);
        assert_in_range(d.up.phase, CALL_DIALLING, CALL_ACTIVE);
        assert_int_equal(d.up.token, token);
    }
}

static void silence_does_not_cut_it(void **state)
{
    (void)state;
    dial_emergency();
    taken();
    for (unsigned i = 0; i < 60; i++) {
        time_passes(SECOND);
        assert_null(strstr(sent(), "CHUP"));
        while (d.event_count > 0) {
            assert_int_not_equal(next_event().event, MODEM_EVENT_LOST);
        }
    }
    assert_int_equal(d.up.phase, CALL_DIALLING);
    assert_int_equal(d.in_flight, COMMAND_INIT);
    while (!d.is_up || d.in_flight != COMMAND_NONE) { /* the modem is back, and so is its list */
        const char *text = sent();

        assert_null(strstr(text, "CHUP"));
        says(strcmp(text, "AT+CLCC\r") == 0 ? "\r\n+CLCC: 1,0,0,0,0,\"112\",129\r\n\r\nOK\r\n"
                                            : "\r\nOK\r\n");
    }
    assert_int_equal(d.up.phase, CALL_ACTIVE);
}

static void what_ends_it(void **state)
{
    (void)state;
    dial_emergency();
    taken();
    says("\r\nNO CARRIER\r\n"); /* if it is so */
    assert_int_equal(d.event_count, 0);
    assert_exchange("AT+CLCC\r", "\r\n+CLCC: 1,0,0,0,0,\"112\",129\r\n\r\nOK\r\n");
    assert_event(MODEM_EVENT_ACTIVE, token, 0);
    says("\r\nNO CARRIER\r\n");
    assert_exchange("AT+CLCC\r", "\r\nOK\r\n");
    assert_event(MODEM_EVENT_ENDED, token, MODEM_CAUSE_NORMAL);
    dial_emergency();
    taken();
    assert_int_equal(request(MODEM_HANG_UP, token, 0, emergency), MODEM_OK);
    assert_exchange("AT+CHUP\r", "\r\nOK\r\n");
    assert_exchange("AT+CLCC\r", "\r\nOK\r\n");
    assert_event(MODEM_EVENT_ENDED, token, MODEM_CAUSE_NORMAL);
    dial_emergency();
    taken();
    says("\r\nRDY\r\n");
    assert_event(MODEM_EVENT_LOST, token, MODEM_CAUSE_ERROR);
}

/* The first dial command was not heard to end, and its OK comes when 112 is on the line: what is up
 * then is no 112. */
static void a_late_ok_of_another_call_is_not_believed(void **state)
{
    bool is_other_up = true;

    (void)state;
    dial();
    sent();
    time_passes(SECOND);
    dial_emergency();
    assert_string_equal(sent(), "\r");
    time_passes(SECOND);
    assert_exchange("ATD112;\r", "\r\nOK\r\n\r\nERROR\r\n");
    for (unsigned i = 0; i < 10 && is_other_up; i++) {
        const char *text;

        time_passes(500 * MILLISECOND);
        text = sent();
        is_other_up = strcmp(text, "AT+CHUP\r") != 0;
        if (strcmp(text, "AT+CLCC\r") == 0) {
            says("\r\n+CLCC: 1,0,0,0,0,\"09321\",129\r\n\r\nOK\r\n");
        }
    }
    assert_false(is_other_up);
    says("\r\nOK\r\n");
    taken();
}

/* The modem said that it had hung up and kept the call; the dial command got no answer. */
static void a_kept_call_is_not_taken_for_it(void **state)
{
    (void)state;
    dial();
    assert_exchange("ATD09321;\r", "\r\nOK\r\n");
    drain();
    dial_emergency();
    assert_exchange("AT+CHUP\r", "\r\nOK\r\n");
    assert_string_equal(sent(), "ATD112;\r");
    time_passes(10 * SECOND);
    assert_string_equal(sent(), "\r");
    time_passes(SECOND);
    assert_exchange("AT+CLCC\r", "\r\n+CLCC: 1,0,0,0,0,\"09321\",129\r\n\r\nOK\r\n");
    assert_exchange("AT+CHUP\r", "\r\nOK\r\n");
    taken();
}

/* M6. It said no, and has the call all the same. */
static void a_refused_call_that_is_up_is_found(void **state)
{
    (void)state;
    dial_emergency();
    assert_exchange("ATD112;\r", "\r\nERROR\r\n");
    assert_exchange("AT+CLCC\r", "\r\n+CLCC: 1,0,3,0,0,\"112\",129\r\n\r\nOK\r\n");
    assert_event(MODEM_EVENT_SENT, token, 1);
    assert_event(MODEM_EVENT_TAKEN, token, 0);
    assert_event(MODEM_EVENT_ALERTING, token, 0);
    for (unsigned i = 0; i < 10; i++) {
        const char *text = sent();

        assert_null(strstr(text, "CHUP"));
        assert_null(strstr(text, "ATD"));
        says(strcmp(text, "AT+CLCC\r") == 0 ? "\r\n+CLCC: 1,0,3,0,0,\"112\",129\r\n\r\nOK\r\n"
                                            : "");
        time_passes(SECOND);
    }
}

/* … but not in a call of which nothing is known. */
static void a_refused_call_is_not_found_in_a_nameless_one(void **state)
{
    (void)state;
    dial_emergency();
    assert_exchange("ATD112;\r", "\r\nERROR\r\n");
    assert_exchange("AT+CLCC\r", "\r\n+CLCC: 1,0,0,0,0\r\n\r\nOK\r\n");
    assert_exchange("AT+CHUP\r", "\r\nOK\r\n");
    taken();
}

/* No byte leaves: the driver waits for room, and does not keep the processor from whoever makes
 * some. */
static void a_full_line_is_waited_for(void **state)
{
    (void)state;
    dial_emergency();
    for (unsigned i = 0; i < 20; i++) {
        const uint64_t at_us = modem_driver_deadline(&d);

        assert_true(at_us > now_us && at_us <= now_us + 10 * (uint64_t)SECOND);
        now_us = at_us;
        modem_driver_advance(&d, now_us);
    }
    assert_exchange("ATD112;\r", "\r\nOK\r\n");
    assert_int_equal(d.up.phase, CALL_DIALLING);
    typed_modem_start(state); /* the same, of a list, and of an abort whose answer comes first */
    says("\r\nRING\r\n");
    for (unsigned i = 0; i < 20; i++) {
        const uint64_t at_us = modem_driver_deadline(&d);

        assert_true(at_us > now_us && at_us <= now_us + 10 * (uint64_t)SECOND);
        now_us = at_us;
        modem_driver_advance(&d, now_us);
    }
    typed_modem_start(state);
    dial();
    sent();
    time_passes(SECOND);
    dial_emergency();
    says("\r\nNO CARRIER\r\n");
    assert_int_equal(d.in_flight, COMMAND_NONE);
    assert_true(modem_driver_deadline(&d) > now_us && modem_driver_deadline(&d) <= now_us + SECOND);
    assert_string_equal(sent(), "\r");
    time_passes(SECOND);
    taken();
}

/* 112 is the first thing to leave when there is room, and nothing before it. */
static void what_waits_for_room_makes_way(void **state)
{
    (void)state;
    dial();
    dial_emergency();
    assert_event(MODEM_EVENT_ENDED, token - 1, MODEM_CAUSE_NORMAL);
    assert_string_equal(sent(), "ATD112;\r");
    says("\r\nERROR\r\n");
    drain();
    assert_exchange("AT+CLCC\r", "\r\nOK\r\n");
    assert_string_equal(sent(), "ATD112;\r"); /* once more at once */
    says("\r\nBUSY\r\n");
    assert_exchange("AT+CLCC\r", "\r\nOK\r\n");
    time_passes(SECOND);
    assert_true(d.is_dial_unsent);
    assert_int_equal(request(MODEM_HANG_UP, token, 0, emergency), MODEM_OK);
    for (unsigned i = 0; i < 20; i++) {
        assert_null(strstr(sent(), "ATD"));
        time_passes(SECOND);
    }
}

/* However long it waited for room: its time begins when it leaves. */
static void what_leaves_late_is_not_aborted(void **state)
{
    (void)state;
    dial_emergency();
    for (unsigned i = 0; i < 15; i++) {
        time_passes(SECOND);
    }
    assert_string_equal(sent(), "ATD112;\r");
    for (unsigned i = 0; i < 9; i++) {
        time_passes(SECOND);
        assert_string_equal(sent(), "");
    }
    says("\r\nOK\r\n");
    assert_int_equal(d.up.phase, CALL_DIALLING);
}

/* An answer that comes while the dial command waits for room is the answer to something else. */
static void an_answer_from_before_is_not_its_own(void **state)
{
    (void)state;
    dial_emergency();
    says("\r\nOK\r\n");
    assert_int_equal(d.up.phase, CALL_SENT);
    says("\r\nNO CARRIER\r\n");
    assert_int_equal(d.up.phase, CALL_SENT);
    taken();
}

static void the_person_stops_it(void **state)
{
    (void)state;
    dial_emergency();
    assert_exchange("ATD112;\r", "\r\nERROR\r\n");
    drain();
    assert_int_equal(request(MODEM_HANG_UP, token, 0, emergency), MODEM_OK);
    assert_event(MODEM_EVENT_ENDED, token, MODEM_CAUSE_NORMAL);
    says("\r\nOK\r\n");
    for (unsigned i = 0; i < 20; i++) {
        assert_null(strstr(sent(), "ATD"));
        says("\r\nOK\r\n");
        time_passes(SECOND);
    }
    typed_modem_start(state); /* the same with the command in flight */
    dial_emergency();
    sent();
    time_passes(SECOND);
    assert_int_equal(request(MODEM_HANG_UP, token, 0, emergency), MODEM_OK);
    assert_exchange("\r", "\r\nNO CARRIER\r\n");
    assert_exchange("AT+CLCC\r", "\r\nOK\r\n");
    assert_event(MODEM_EVENT_SENT, token, 1);
    assert_event(MODEM_EVENT_ENDED, token, MODEM_CAUSE_NORMAL);
}

#define CASE(name) cmocka_unit_test_setup(name, typed_modem_start)

int main(void)
{
    const struct CMUnitTest tests[] = {
        CASE(it_says_what_went_to_the_line),
        CASE(a_dial_command_in_flight_is_aborted),
        CASE(a_modem_need_not_hear_the_first_125_ms),
        CASE(an_aborted_call_that_came_up_is_hung_up),
        CASE(a_dial_that_cannot_be_aborted_delays_by_a_second),
        CASE(a_call_that_is_up_makes_way),
        CASE(a_hang_up_without_an_answer_does_not_lose_it),
        CASE(a_late_answer_is_not_taken_for_its_own),
        CASE(a_ringing_call_makes_way),
        CASE(a_list_in_flight_delays_by_its_answer),
        CASE(a_silent_list_delays_by_a_second),
        CASE(a_hang_up_that_waited_does_not_meet_it),
        CASE(a_refusal_is_answered_by_looking_and_dialling_again),
        CASE(it_survives_a_reset),
        CASE(a_lost_event_does_not_name_it),
        CASE(it_is_taken_while_the_modem_is_set_up),
        CASE(it_outlives_silence),
        CASE(a_call_that_is_up_all_the_same_is_found),
        CASE(no_list_cuts_it),
        CASE(silence_does_not_cut_it),
        CASE(what_ends_it),
        CASE(a_late_ok_of_another_call_is_not_believed),
        CASE(a_kept_call_is_not_taken_for_it),
        CASE(a_refused_call_that_is_up_is_found),
        CASE(a_refused_call_is_not_found_in_a_nameless_one),
        CASE(a_full_line_is_waited_for),
        CASE(what_waits_for_room_makes_way),
        CASE(what_leaves_late_is_not_aborted),
        CASE(an_answer_from_before_is_not_its_own),
        CASE(the_person_stops_it),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
