/* SPDX-License-Identifier: BSD-2-Clause */
#include <string.h>

#include "check.h"
#include "fake_dialler.h"
#include "modem_bench.h"

#define OK "\r\nOK\r\n"
#define ERROR "\r\nERROR\r\n"

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
    const struct { enum dial_outcome outcome; const char *words; } rows[] = {
        { DIAL_OUTCOME_REFUSED, "\r\nNO CARRIER\r\n" }, { DIAL_OUTCOME_TIMED_OUT, "\r\nNO CARRIER\r\n" },
        { DIAL_OUTCOME_FAILED, "\r\nNO CARRIER\r\n" },  { DIAL_OUTCOME_BUSY, "\r\nBUSY\r\n" },
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
    (void)bench_line("ATD1234;");
    fake_dialler_set(DIAL_STATE_NONE, DIAL_OUTCOME_ENDED);
    assert_string_equal(bench_line("ATD5678;"), OK "\r\nNO CARRIER\r\n");
    assert_string_equal(bench_line("AT+CLCC"), "\r\n+CLCC: 1,0,2,0,0,\"5678\",129\r\n" OK);
    assert_string_equal(bench_line("ATH"), OK);
    assert_string_equal(bench_line("ATD90;"), OK); /* hung up by itself: nothing to tell */
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
    const char *const refused[] = { "AT+VTS=", "AT+VTS=1,", "AT+VTS=,1", "AT+VTS=12", "AT+VTS=A",
                                    "AT+VTS=+", "AT+VTS=\"1\"", "AT+VTS" };
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
    assert_false(bench_modem.settings.has_echo);
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
        cmocka_unit_test(empty_lines_and_line_feeds_say_nothing),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
