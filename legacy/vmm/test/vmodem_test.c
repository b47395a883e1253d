/* SPDX-License-Identifier: BSD-2-Clause */
/* Tests of the virtual modem: every command, and what the dialler is asked for it. */
#include <string.h>

#include "check.h"
#include "fake_dialler.h"
#include "modem_bench.h"

#define OK "\r\nOK\r\n"
#define ERROR "\r\nERROR\r\n"

enum { BACK_OFF_US = 2000000 };

struct exchange {
    const char *line;
    const char *answer;
};

static void play(const struct exchange *exchanges, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        const char *answer = bench_line(exchanges[i].line);
        if (strcmp(answer, exchanges[i].answer) != 0) {
            fail_msg("%s: answered \"%s\", expected \"%s\"", exchanges[i].line, answer,
                     exchanges[i].answer);
        }
    }
}
#define PLAY(rows) play(rows, sizeof(rows) / sizeof((rows)[0]))

/* The commands without which no client starts. */
static void the_seventeen_commands_are_answered(void **state)
{
    (void)state;
    const struct exchange rows[] = {
        { "AT", OK },
        { "ATE0", OK },
        { "ATV1", OK },
        { "ATZ", OK },
        { "ATH", OK },
        { "ATD0301234567;", OK },
        { "AT+CLCC", "\r\n+CLCC: 1,0,2,0,0,\"0301234567\",129\r\n" OK },
        { "AT+CHUP", OK },
        { "AT+CFUN=1", OK },
        { "AT+CFUN?", "\r\n+CFUN: 1\r\n" OK },
        { "AT+CREG=2", OK },
        { "AT+CREG?", "\r\n+CREG: 2,1,\"0001\",\"00000001\"\r\n" OK },
        { "AT+CPIN?", "\r\n+CPIN: READY\r\n" OK },
        { "AT+CIMI", "\r\n262010123456789\r\n" OK },
        { "AT+CGMI", "\r\nRobin\r\n" OK },
        { "AT+CGMM", "\r\nVirtual modem\r\n" OK },
        { "AT+CGSN", "\r\n490154203237518\r\n" OK },
        { "AT+CSCS=\"IRA\"", OK },
        { "AT+CSCS?", "\r\n+CSCS: \"IRA\"\r\n" OK },
        { "AT+CSCS=?", "\r\n+CSCS: (\"GSM\",\"IRA\",\"UCS2\")\r\n" OK },
        { "AT+CHLD=1", OK },
        { "AT+XYZ", ERROR },
    };
    bench_reset();
    PLAY(rows);
}

/* The largest number behind each letter that changes nothing else; one more is an error. */
static void a_letters_number_has_a_limit(void **state)
{
    (void)state;
    const struct exchange rows[] = {
        { "ATE0", OK },
        { "ATE2", ERROR },
        { "ATV1", OK },
        { "ATV2", ERROR },
        { "ATQ0", OK },
        { "ATQ2", ERROR },
        { "ATX4", OK },
        { "ATX5", ERROR },
        { "ATL3", OK },
        { "ATL4", ERROR },
        { "ATM3", OK },
        { "ATM4", ERROR },
        { "ATZ1", OK },
        { "ATZ2", ERROR },
        { "ATH0", OK },
        { "ATH1", ERROR },
        { "ATA1", ERROR },
        { "ATI10", ERROR },
        { "ATP", OK },
        { "ATP1", ERROR },
        { "ATT", OK },
        { "ATT1", ERROR },
        { "AT&F", OK },
        { "AT&F1", ERROR },
        { "AT&W1", OK },
        { "AT&W2", ERROR },
        { "AT&C1", OK },
        { "AT&C2", ERROR },
        { "AT&D2", OK },
        { "AT&D3", ERROR },
        { "AT&K6", OK },
        { "AT&K7", ERROR },
        { "AT&S1", OK },
        { "AT&S2", ERROR },
        { "ATB", ERROR },
        { "AT&A", ERROR },
        { "ATI9", "\r\nRobin virtual modem\r\n" OK },
    };
    bench_reset();
    PLAY(rows);
}

/* An oFono start on a serial port, as recorded: each is answered, what it needs with data. */
static void an_ofono_start_gets_through(void **state)
{
    (void)state;
    const struct exchange rows[] = {
        { "AT+GCAP", "\r\n+GCAP: +CGSM\r\n" OK },
        { "AT+CLCK=?", ERROR },
        { "AT+CRC=1", OK },
        { "AT+CLIP=1", OK },
        { "AT+CDIP=1", OK },
        { "AT+CNAP=1", OK },
        { "AT+COLP=1", OK },
        { "AT+CSSN=1,1", OK },
        { "AT+VTD?", ERROR },
        { "AT+CCWA=1", OK },
        { "AT+CRSM=192,12258", "\r\n+CRSM: 106,130\r\n" OK },
        { "AT+CLCC", OK },
        { "AT+CGMR", "\r\n1\r\n" OK },
        { "AT+CRSM=192,28589", "\r\n+CRSM: 144,0,\"000000046FAD040000FFFF01020000\"\r\n" OK },
        { "AT+CRSM=176,28589,0,0,4", "\r\n+CRSM: 144,0,\"00000002\"\r\n" OK },
        { "AT+CPINR", ERROR },
        { "AT+CSMS=?", ERROR },
        { "AT+CFUN=1", OK },
        { "AT+CUSD=1", OK },
        { "AT+CREG=?", "\r\n+CREG: (0-2)\r\n" OK },
        { "AT+CREG=2", OK },
        { "AT^SIND=\"rssi\",1", ERROR },
        { "AT+CGREG=2", OK },
        { "AT+CGREG?", "\r\n+CGREG: 2,1,\"0001\",\"00000001\"\r\n" OK },
        { "AT+COPS=3,2", OK },
        { "AT+COPS?", "\r\n+COPS: 0,2,\"26201\"\r\n" OK },
        { "AT+COPS=3,0", OK },
        { "AT+COPS?", "\r\n+COPS: 0,0,\"Robin\"\r\n" OK },
        { "AT+CSQ", "\r\n+CSQ: 20,99\r\n" OK },
        { "ATD+15550123;", OK },
        { "AT+CLCC", "\r\n+CLCC: 1,0,2,0,0,\"+15550123\",145\r\n" OK },
        { "AT+CHUP", OK },
        { "AT+CLCC", OK },
    };
    bench_reset();
    PLAY(rows);
    assert_int_equal(fake_dialler.dials, 1);
}

static void a_call_is_followed_to_its_end(void **state)
{
    (void)state;
    bench_reset();
    assert_string_equal(bench_line("ATD0301234567;"), OK);
    fake_dialler_set(DIAL_STATE_DIALLING, DIAL_OUTCOME_NONE);
    vmodem_call_changed(&bench_modem);
    assert_string_equal(bench_line("AT+CLCC"), "\r\n+CLCC: 1,0,2,0,0,\"0301234567\",129\r\n" OK);
    fake_dialler_set(DIAL_STATE_ALERTING, DIAL_OUTCOME_NONE);
    assert_string_equal(bench_line("AT+CLCC"), "\r\n+CLCC: 1,0,3,0,0,\"0301234567\",129\r\n" OK);
    fake_dialler_set(DIAL_STATE_ACTIVE, DIAL_OUTCOME_NONE);
    assert_string_equal(bench_line("AT+CLCC"), "\r\n+CLCC: 1,0,0,0,0,\"0301234567\",129\r\n" OK);
    fake_dialler_set(DIAL_STATE_NONE, DIAL_OUTCOME_ENDED);
    vmodem_call_changed(&bench_modem);
    assert_string_equal(bench_output(), "\r\nNO CARRIER\r\n");
    vmodem_call_changed(&bench_modem);
    assert_string_equal(bench_output(), ""); /* told once */
}

static void every_outcome_is_told(void **state)
{
    (void)state;
    const struct {
        enum dial_outcome outcome;
        const char *words;
    } rows[] = {
        { DIAL_OUTCOME_REFUSED, "\r\nNO CARRIER\r\n" },
        { DIAL_OUTCOME_TIMED_OUT, "\r\nNO CARRIER\r\n" },
        { DIAL_OUTCOME_FAILED, "\r\nNO CARRIER\r\n" },
        { DIAL_OUTCOME_BUSY, "\r\nBUSY\r\n" },
        { DIAL_OUTCOME_ENDED, "\r\nNO CARRIER\r\n" },
    };
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        bench_reset();
        (void)bench_line("ATD1234;");
        fake_dialler_set(DIAL_STATE_NONE, rows[i].outcome);
        vmodem_call_changed(&bench_modem);
        assert_string_equal(bench_output(), rows[i].words);
    }
}

static void a_new_request_does_not_hide_the_old_ones_end(void **state)
{
    (void)state;
    bench_reset();
    (void)bench_line("ATD1234;");
    fake_dialler.status.id++; /* another one's prompt is up when we look */
    vmodem_call_changed(&bench_modem);
    assert_string_equal(bench_output(), "\r\nNO CARRIER\r\n");
}

static void who_hangs_up_himself_is_not_told(void **state)
{
    (void)state;
    bench_reset();
    (void)bench_line("ATD1234;");
    assert_string_equal(bench_line("AT+CHUP"), OK);
    vmodem_call_changed(&bench_modem);
    assert_string_equal(bench_output(), "");
    fake_dialler.now_us += BACK_OFF_US;
    (void)bench_line("ATD1234;"); /* the next one is told again */
    fake_dialler_set(DIAL_STATE_NONE, DIAL_OUTCOME_REFUSED);
    vmodem_call_changed(&bench_modem);
    assert_string_equal(bench_output(), "\r\nNO CARRIER\r\n");
}

static void news_never_stand_between_a_command_and_its_result(void **state)
{
    (void)state;
    bench_reset();
    (void)bench_line("ATD1234;");
    fake_dialler_set(DIAL_STATE_NONE, DIAL_OUTCOME_REFUSED); /* the signal has not come yet */
    assert_string_equal(bench_line("AT+CLCC"), OK "\r\nNO CARRIER\r\n");
    fake_dialler.now_us += BACK_OFF_US;
    (void)bench_line("ATD1234;");
    fake_dialler_set(DIAL_STATE_NONE, DIAL_OUTCOME_ENDED);
    assert_string_equal(bench_line("ATD5678;"), OK "\r\nNO CARRIER\r\n");
    assert_string_equal(bench_line("AT+CLCC"), "\r\n+CLCC: 1,0,2,0,0,\"5678\",129\r\n" OK);
    assert_string_equal(bench_line("ATH"), OK);
    fake_dialler.now_us += BACK_OFF_US;
    assert_string_equal(bench_line("ATD900;"), OK); /* hung up by itself: nothing to tell */
    vmodem_call_changed(&bench_modem);
    assert_string_equal(bench_output(), "");
}

static void an_incoming_call_rings(void **state)
{
    (void)state;
    bench_reset();
    (void)number_append(&fake_dialler.status.number, 7);
    fake_dialler.status.id = 9;
    fake_dialler.status.is_incoming = 1;
    fake_dialler_set(DIAL_STATE_INCOMING, DIAL_OUTCOME_NONE);
    (void)bench_line("AT+CLIP=1;+CRC=1");
    vmodem_call_changed(&bench_modem);
    assert_string_equal(bench_output(), "\r\n+CRING: VOICE\r\n\r\n+CLIP: \"7\",129\r\n");
    assert_string_equal(bench_line("AT+CLCC"), "\r\n+CLCC: 1,1,4,0,0,\"7\",129\r\n" OK);
    assert_string_equal(bench_line("ATA"), OK);
    assert_int_equal(fake_dialler.answers, 1);
}

static void tones_go_one_by_one_in_a_call(void **state)
{
    (void)state;
    bench_reset();
    fake_dialler_set(DIAL_STATE_ACTIVE, DIAL_OUTCOME_NONE);
    assert_string_equal(bench_line("AT+VTS=1;+VTS=2"), OK);
    assert_string_equal(bench_line("AT+VTS=*,#,0"), OK);
    assert_int_equal(fake_dialler.tones, 5);
    assert_int_equal(fake_dialler.tone[2], SYMBOL_STAR);
    assert_int_equal(fake_dialler.tone[3], SYMBOL_HASH);
    const char *const refused[] = { "AT+VTS=",  "AT+VTS=1,", "AT+VTS=,1",    "AT+VTS=12",
                                    "AT+VTS=A", "AT+VTS=+",  "AT+VTS=\"1\"", "AT+VTS" };
    for (size_t i = 0; i < sizeof(refused) / sizeof(refused[0]); i++) {
        assert_string_equal(bench_line(refused[i]), ERROR);
    }
    assert_int_equal(fake_dialler.tones, 5);
}

static void an_error_in_a_line_executes_nothing_of_it(void **state)
{
    (void)state;
    bench_reset();
    assert_string_equal(bench_line("ATE1+CMEE=\"x"), ERROR);
    assert_false(bench_modem.say.has_echo);
    assert_string_equal(bench_line("ATD1;D"), ERROR);
    assert_int_equal(fake_dialler.dials, 0);
}

static void settings_are_kept_and_put_back(void **state)
{
    (void)state;
    const struct exchange rows[] = {
        { "AT+CMEE=2", OK },
        { "AT+CMEE?", "\r\n+CMEE: 2\r\n" OK },
        { "AT+CMEE=3", ERROR },
        { "AT+CLIR=1", OK },
        { "AT+CLIR?", "\r\n+CLIR: 1,4\r\n" OK },
        { "AT+CFUN=4", OK },
        { "AT+CREG?", "\r\n+CREG: 0,0\r\n" OK },
        { "AT+CFUN=5", ERROR },
        { "AT+CSCS=\"UTF-8\"", ERROR },
        { "AT+CSCS=GSM", ERROR },
        { "AT+CCFC=0,2", "\r\n+CCFC: 0,7\r\n" OK },
        { "ATI", "\r\nRobin virtual modem\r\n" OK },
        { "ATZ", OK },
        { "AT+CMEE?", "\r\n+CMEE: 0\r\n" OK },
        { "AT+CLIR?", "\r\n+CLIR: 0,4\r\n" OK },
        { "AT+CFUN?", "\r\n+CFUN: 1\r\n" OK },
        { "ATS0?", "\r\n000\r\n" OK },
        { "ATS7?", "\r\n060\r\n" OK },
        { "ATS256?", ERROR },
        { " AT ; ; E0 ; V1", OK },
        { "AT+COPS=3,0;+COPS?;+COPS=3,2;+COPS?",
          "\r\n+COPS: 0,0,\"Robin\"\r\n\r\n+COPS: 0,2,\"26201\"\r\n" OK },
    };
    bench_reset();
    PLAY(rows);
}

static void echo_verbosity_and_quiet(void **state)
{
    (void)state;
    bench_reset();
    assert_string_equal(bench_line("ATE1"), OK);
    assert_string_equal(bench_send("AT\r", 3), "AT\r\r\nOK\r\n");
    assert_string_equal(bench_send("ATE0V0\r", 7), "ATE0V0\r0\r");
    assert_string_equal(bench_line("AT+X"), "4\r");
    assert_string_equal(bench_line("AT+CSQ"), "+CSQ: 20,99\r\n0\r");
    assert_string_equal(bench_line("ATQ1"), "");
    assert_string_equal(bench_line("ATQ0V1"), OK);
}

/* ATH and ATZ at the start of a session: nothing is up, and the next call's end is told. */
static void an_idle_hang_up_hides_no_later_end(void **state)
{
    (void)state;
    const char *const idle[] = { "ATH",       "ATZ",     "AT&F",     "AT+CHUP",
                                 "AT+CHLD=1", "+++ATH0", "AT+CFUN=4" };
    for (size_t i = 0; i < sizeof(idle) / sizeof(idle[0]); i++) {
        bench_reset();
        assert_string_equal(bench_line(idle[i]), OK);
        (void)bench_line("ATD030123456;");
        fake_dialler_set(DIAL_STATE_NONE, DIAL_OUTCOME_REFUSED);
        vmodem_call_changed(&bench_modem);
        assert_string_equal(bench_output(), "\r\nNO CARRIER\r\n");
    }
}

static void active_call(const char *number)
{
    bench_reset();
    (void)bench_line(number);
    fake_dialler_set(DIAL_STATE_ACTIVE, DIAL_OUTCOME_NONE);
    vmodem_call_changed(&bench_modem);
    (void)bench_output();
}

static void scripts_hang_up_with_an_escape(void **state)
{
    (void)state;
    const char *const lines[] = { "+++ATH0", "+++ATH", "+++ath", "+++ath0" };
    for (size_t i = 0; i < sizeof(lines) / sizeof(lines[0]); i++) {
        active_call("ATD030123456;");
        assert_string_equal(bench_line(lines[i]), OK);
        assert_int_equal(fake_dialler.hang_ups, 1);
        vmodem_call_changed(&bench_modem);
        assert_string_equal(bench_output(), "");
    }
    active_call("ATD030123456;");
    assert_string_equal(bench_line("+++ATH1"), "");
    assert_string_equal(bench_line("+++ATD0900;"), ""); /* that much is not meant */
    assert_int_equal(fake_dialler.dials, 1);
    assert_int_equal(fake_dialler.hang_ups, 0);
}

/* minicom: a pause, "+++", a pause, "ATH". Without the pauses it is one line. */
static void an_escape_between_guard_times_is_no_part_of_a_line(void **state)
{
    (void)state;
    active_call("ATD030123456;");
    fake_dialler.now_us += 2000000;
    assert_string_equal(bench_send("+++", 3), "");
    fake_dialler.now_us += 1000000;
    assert_string_equal(bench_line("ATH"), OK);
    assert_int_equal(fake_dialler.hang_ups, 1);
    assert_string_equal(bench_send("+++", 3), "");
    fake_dialler.now_us += 999999;
    assert_string_equal(bench_line("AT+CMEE=2"), "");
    assert_int_equal(bench_modem.settings.error_mode, 0);
}

static void dropping_dtr_hangs_up_when_it_is_asked_to(void **state)
{
    (void)state;
    for (uint32_t mode = 0; mode <= 2; mode++) {
        active_call(mode == 0   ? "AT&D0D030123456;"
                    : mode == 1 ? "AT&D1D030123456;"
                                : "AT&D2D030123456;");
        vmodem_terminal_ready(&bench_modem, true);
        assert_int_equal(fake_dialler.hang_ups, 0);
        vmodem_terminal_ready(&bench_modem, false);
        assert_int_equal(fake_dialler.hang_ups, mode == 2 ? 1 : 0);
        assert_string_equal(bench_output(), "");
    }
    active_call("AT&D2E1D030123456;");
    (void)bench_line("ATE0Z&D2"); /* Z put &D back before */
    (void)bench_line("AT+CMGS=1");
    (void)bench_send("ATD0900", 7);
    vmodem_terminal_ready(&bench_modem, false);
    assert_string_equal(bench_output(), "\r\n+CMS ERROR: 302\r\n");
    assert_string_equal(bench_line("AT"), OK);
}

static void carrier_follows_the_call(void **state)
{
    (void)state;
    bench_reset();
    assert_true(bench_carrier); /* &C0 */
    (void)bench_line("AT&C1");
    assert_false(bench_carrier);
    (void)bench_line("ATD030123456;");
    assert_false(bench_carrier);
    fake_dialler_set(DIAL_STATE_ACTIVE, DIAL_OUTCOME_NONE);
    vmodem_call_changed(&bench_modem);
    assert_true(bench_carrier);
    fake_dialler_set(DIAL_STATE_NONE, DIAL_OUTCOME_ENDED);
    vmodem_call_changed(&bench_modem);
    assert_false(bench_carrier);
    (void)bench_line("AT&C0");
    assert_true(bench_carrier);
    (void)bench_line("AT&C1Z");
    assert_true(bench_carrier);
}

/* ModemManager gives a call up whose number is not the one that it dialled. */
static void a_call_is_listed_as_it_was_dialled(void **state)
{
    (void)state;
    bench_reset();
    (void)bench_line("ATD*31#0301234567;");
    fake_dialler.status.number = (struct number){ 0 };
    for (unsigned i = 0; i < 3; i++) {
        (void)number_append(&fake_dialler.status.number, 7); /* what the dialler made of it */
    }
    fake_dialler_set(DIAL_STATE_ALERTING, DIAL_OUTCOME_NONE);
    assert_string_equal(bench_line("AT+CLCC"),
                        "\r\n+CLCC: 1,0,3,0,0,\"*31#0301234567\",129\r\n" OK);
    fake_dialler.status.id++; /* another call */
    assert_string_equal(bench_line("AT+CLCC"),
                        "\r\n+CLCC: 1,0,3,0,0,\"777\",129\r\n" OK "\r\nNO CARRIER\r\n");
}

static void rings(uint32_t id, const char *number)
{
    fake_dialler.status =
        (struct dialler_reply){ .id = id, .is_incoming = 1, .state = DIAL_STATE_INCOMING };
    for (; *number != 0; number++) {
        (void)number_append(&fake_dialler.status.number,
                            *number == '+' ? SYMBOL_PLUS : (unsigned)(*number - '0'));
    }
    vmodem_call_changed(&bench_modem);
}

static void ringing_repeats_until_it_ends(void **state)
{
    (void)state;
    bench_reset();
    (void)bench_line("AT+CLIP=1");
    fake_dialler.now_us = 100;
    rings(4, "0171");
    assert_string_equal(bench_output(), "\r\nRING\r\n\r\n+CLIP: \"0171\",129\r\n");
    for (unsigned i = 0; i < 3; i++) {
        vmodem_time(&bench_modem);
        assert_string_equal(bench_output(), ""); /* not yet */
        fake_dialler.now_us += 5000000;
        assert_int_equal(fake_dialler.wake_us, fake_dialler.now_us);
        vmodem_time(&bench_modem);
        assert_string_equal(bench_output(), "\r\nRING\r\n\r\n+CLIP: \"0171\",129\r\n");
    }
    fake_dialler_set(DIAL_STATE_ACTIVE, DIAL_OUTCOME_NONE);
    fake_dialler.now_us += 5000000;
    vmodem_time(&bench_modem);
    assert_string_equal(bench_output(), "");
    fake_dialler.now_us += 5000000;
    vmodem_time(&bench_modem);
    assert_string_equal(bench_output(), "");
}

static void each_caller_is_told_as_the_network_gave_him(void **state)
{
    (void)state;
    bench_reset();
    (void)bench_line("AT+CLIP=1");
    rings(4, "");
    assert_string_equal(bench_output(), "\r\nRING\r\n\r\n+CLIP: \"\",128\r\n");
    assert_string_equal(bench_line("AT+CLCC"), "\r\n+CLCC: 1,1,4,0,0,\"\",128\r\n" OK);
    rings(5, "+49171"); /* the first one has given up */
    assert_string_equal(bench_output(),
                        "\r\nNO CARRIER\r\n\r\nRING\r\n\r\n+CLIP: \"+49171\",145\r\n");
    assert_string_equal(bench_line("AT+CLCC"), "\r\n+CLCC: 1,1,4,0,0,\"+49171\",145\r\n" OK);
}

static void linux_declines_in_each_way(void **state)
{
    (void)state;
    const char *const lines[] = { "ATH", "ATH0", "AT+CHUP", "AT+CHLD=0", "+++ATH" };
    for (size_t i = 0; i < sizeof(lines) / sizeof(lines[0]); i++) {
        bench_reset();
        rings(4, "0171");
        (void)bench_output();
        assert_string_equal(bench_line(lines[i]), OK);
        assert_int_equal(fake_dialler.hang_ups, 1);
        vmodem_call_changed(&bench_modem);
        assert_string_equal(bench_output(), "");
    }
}

static void a_hang_up_that_is_not_done_is_no_ok(void **state)
{
    (void)state;
    const char *const lines[] = { "ATH", "AT+CHUP", "AT+CHLD=0", "ATZ" };
    bench_reset();
    rings(4, "0171");
    (void)bench_output();
    fake_dialler.hangs_on = true;
    for (size_t i = 0; i < sizeof(lines) / sizeof(lines[0]); i++) {
        assert_string_equal(bench_line(lines[i]), "\r\n+CME ERROR: 3\r\n");
    }
    fake_dialler_set(DIAL_STATE_NONE, DIAL_OUTCOME_MISSED);
    vmodem_call_changed(&bench_modem);
    assert_string_equal(bench_output(),
                        "\r\nNO CARRIER\r\n"); /* it was not the guest who ended it */
}

static void a_messages_body_is_no_command(void **state)
{
    (void)state;
    bench_reset();
    assert_string_equal(bench_line("AT+CMGS=\"0171\""), "\r\n> ");
    assert_string_equal(bench_line("ATD0900123;"), "");
    rings(4, "0171");
    assert_string_equal(bench_output(), ""); /* never between a command and its result: M4 */
    assert_string_equal(bench_send("\x1a", 1), "\r\n+CMS ERROR: 302\r\n\r\nRING\r\n");
    assert_int_equal(fake_dialler.dials, 0);
    assert_string_equal(bench_line("AT+CMGW=12"), "\r\n> ");
    assert_string_equal(bench_send("0011\x1b", 5), OK);
    assert_string_equal(bench_line("AT+CMGS"), ERROR);
    assert_string_equal(bench_line("AT+CMGS=?"), ERROR);
    assert_string_equal(bench_line("AT"), OK);
}

static void what_is_refused_leaves_a_trace(void **state)
{
    (void)state;
    const struct {
        const char *line;
        enum report_command what;
    } rows[] = {
        { "AT+CCFC=0,3,\"09001234567\",129,7", REPORT_COMMAND_DIVERT },
        { "AT+CTFR=0171", REPORT_COMMAND_DIVERT },
        { "AT+CUSD=1,\"*100#\",15", REPORT_COMMAND_CODE },
        { "AT+CLCK=\"AO\",1,\"0000\"", REPORT_COMMAND_CODE },
        { "AT+CMGS=23", REPORT_COMMAND_SMS },
        { "AT+CMSS=1", REPORT_COMMAND_SMS },
        { "ATD*99#", REPORT_COMMAND_DATA },
        { "AT+CGACT=1,1", REPORT_COMMAND_DATA },
        { "AT+CRSM=214,28589,0,0,4,\"00\"", REPORT_COMMAND_SIM },
        { "AT+CPIN=\"1234\"", REPORT_COMMAND_SIM },
        { "AT+CSIM=10,\"0020000100\"", REPORT_COMMAND_SIM },
        { "AT+COPS=1,2,\"26202\"", REPORT_COMMAND_OTHER },
    };
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        bench_reset();
        (void)bench_line(rows[i].line);
        assert_int_equal(fake_dialler.reports, 1);
        assert_int_equal(fake_dialler.report, REPORT_COMMAND);
        assert_int_equal(fake_dialler.report_address, rows[i].what);
    }
    const char *const asking[] = { "AT+CCFC=0,2",      "AT+CUSD=1",
                                   "AT+CLCK=\"AO\",2", "AT+CRSM=176,28589,0,0,4",
                                   "AT+CPIN?",         "AT+CGACT?",
                                   "AT+CMGS=?",        "AT+COPS?",
                                   "AT+XYZ=1" };
    bench_reset();
    for (size_t i = 0; i < sizeof(asking) / sizeof(asking[0]); i++) {
        (void)bench_line(asking[i]);
    }
    assert_int_equal(fake_dialler.reports, 0);
    for (unsigned i = 0; i < 1000; i++) {
        (void)bench_line("AT+CCFC=0,1");
    }
    assert_int_equal(fake_dialler.reports, REPORT_BURST); /* no time has passed */
}

static void empty_lines_and_line_feeds_say_nothing(void **state)
{
    (void)state;
    bench_reset();
    assert_string_equal(bench_send("\r\n\r\n\x1b\r", 6), "");
    assert_string_equal(bench_send("AT\r\nAT\r\n", 8), OK OK);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_seventeen_commands_are_answered),
        cmocka_unit_test(a_letters_number_has_a_limit),
        cmocka_unit_test(an_ofono_start_gets_through),
        cmocka_unit_test(a_call_is_followed_to_its_end),
        cmocka_unit_test(every_outcome_is_told),
        cmocka_unit_test(a_new_request_does_not_hide_the_old_ones_end),
        cmocka_unit_test(who_hangs_up_himself_is_not_told),
        cmocka_unit_test(news_never_stand_between_a_command_and_its_result),
        cmocka_unit_test(an_incoming_call_rings),
        cmocka_unit_test(tones_go_one_by_one_in_a_call),
        cmocka_unit_test(an_error_in_a_line_executes_nothing_of_it),
        cmocka_unit_test(settings_are_kept_and_put_back),
        cmocka_unit_test(echo_verbosity_and_quiet),
        cmocka_unit_test(an_idle_hang_up_hides_no_later_end),
        cmocka_unit_test(scripts_hang_up_with_an_escape),
        cmocka_unit_test(an_escape_between_guard_times_is_no_part_of_a_line),
        cmocka_unit_test(dropping_dtr_hangs_up_when_it_is_asked_to),
        cmocka_unit_test(carrier_follows_the_call),
        cmocka_unit_test(a_call_is_listed_as_it_was_dialled),
        cmocka_unit_test(ringing_repeats_until_it_ends),
        cmocka_unit_test(each_caller_is_told_as_the_network_gave_him),
        cmocka_unit_test(linux_declines_in_each_way),
        cmocka_unit_test(a_hang_up_that_is_not_done_is_no_ok),
        cmocka_unit_test(a_messages_body_is_no_command),
        cmocka_unit_test(what_is_refused_leaves_a_trace),
        cmocka_unit_test(empty_lines_and_line_feeds_say_nothing),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
