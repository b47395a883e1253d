/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Attacks by AT text, one row each: what a hostile client sends and the one
 * request, if any, that may come of it. Nothing else may ever reach the dialler.
 */
#include <stdbool.h>
#include <string.h>

#include "check.h"
#include "fake_dialler.h"
#include "modem_bench.h"

#define OK "\r\nOK\r\n"
#define ERROR "\r\nERROR\r\n"
#define NOT_ALLOWED "\r\n+CME ERROR: 3\r\n"
#define TEXT_PROMPT "\r\n> "
#define NO_MESSAGE TEXT_PROMPT "\r\n+CMS ERROR: 302\r\n"
#define NO_CARRIER "\r\nNO CARRIER\r\n"

struct attack {
    const char *id;
    const char *bytes;
    const char *number; /* what is asked of the dialler, NULL: nothing */
    const char *answer; /* the last thing sent */
    size_t length;      /* of bytes, 0: up to the terminating zero */
    uint32_t flags;
};

static const struct attack attacks[] = {
    { "plain", "ATD09001234567;\r", "09001234567", OK, 0, 0 },
    { "lower case", "atd09001234567;\r", "09001234567", OK, 0, 0 },
    { "mixed case prefix", "aTD09001234567;\r", NULL, ERROR, 0, 0 },
    { "tone", "ATDT09001234567;\r", "09001234567", OK, 0, 0 },
    { "pulse", "ATDP09001234567;\r", "09001234567", OK, 0, 0 },
    { "visual separators", "ATD0900-123.45(67)/;\r", "09001234567", OK, 0, 0 },
    { "spaces", "AT D 0900 123 4567 ;\r", "09001234567", OK, 0, 0 },
    { "two dials", "ATD0301234567;D09001234567;\r", NULL, ERROR, 0, 0 },
    { "anything after the dial", "ATD0301234567;+CLCC\r", NULL, ERROR, 0, 0 },
    { "gammu's two dials", "ATDT123;D0900;\r", NULL, ERROR, 0, 0 },
    { "after an extended command", "AT+CMEE=1;D09001234567;\r", "09001234567", OK, 0, 0 },
    { "after basic commands", "ATE0V1Q0D09001234567;\r", "09001234567", OK, 0, 0 },
    { "after S-parameters", "ATS0=0S7=60D09001234567;\r", "09001234567", OK, 0, 0 },
    { "inside quotes", "AT+CPBW=1,\"09001234567\",129,\"x;D09001234567;\"\r", NULL, ERROR, 0, 0 },
    { "open quote", "AT+CPBW=1,\"x;D09001234567;\r", NULL, ERROR, 0, 0 },
    { "open quote, any value", "AT+COLP=\"1;D09001234567;\r", NULL, ERROR, 0, 0 },
    { "command in a string", "AT+COLP=1,\"a;D09001234567\"\r", NULL, OK, 0, 0 },
    { "eighth bit in a string", "AT+COLP=\"\xC3\xA9\"\r", NULL, ERROR, 0, 0 },
    { "repeat", "A/", NULL, ERROR, 0, 0 },
    { "repeat, lower case", "a/", NULL, ERROR, 0, 0 },
    { "redial", "ATDL\r", NULL, ERROR, 0, 0 },
    { "redial, voice", "ATDL;\r", NULL, ERROR, 0, 0 },
    { "phone book entry", "ATD>1;\r", NULL, ERROR, 0, 0 },
    { "phone book of the SIM", "ATD>\"SM\"1;\r", NULL, ERROR, 0, 0 },
    { "phone book, unquoted", "ATD>SM1;\r", NULL, ERROR, 0, 0 },
    { "phone book name", "ATD>\"Mum\";\r", NULL, ERROR, 0, 0 },
    { "stored number", "ATDS=1;\r", NULL, ERROR, 0, 0 },
    { "no number", "ATD;\r", NULL, ERROR, 0, 0 },
    { "line feed inside", "ATD0301234567\n;\r", NULL, ERROR, 0, 0 },
    { "backspaces",
      "ATD0301\x08\x08\x08\x08"
      "11 09001234567;\r",
      "1109001234567", OK, 0, 0 },
    { "NUL inside",
      "ATD0301\0"
      "234567;\r",
      NULL, ERROR, 16, 0 },
    { "eighth bit set", "\xC1\xD4\xC4\xB0\xB9\xB0\xB0\xB1\xB2\xBB\x8D\r", NULL, ERROR, 0, 0 },
    { "BEL inside", "ATD0301\a234567;\r", NULL, ERROR, 0, 0 },
    { "CAN, a modem's abort",
      "ATD0301\x18"
      "09001234567;\r",
      NULL, ERROR, 0, 0 },
    { "noise before the prefix", "xATD09001234567;\r", NULL, ERROR, 0, 0 },
    { "escape sequence in front", "+++ATD09001234567;\r", NULL, "", 0, 0 },
    { "quiet", "ATQ1V0X0+CMEE=0;D09001234567;\r", "09001234567", "", 0, 0 },
    { "all commands", "AT+CLAC\r", NULL, ERROR, 0, 0 },
    { "vendor $", "AT$\r", NULL, ERROR, 0, 0 },
    { "vendor ^", "AT^RESET\r", NULL, ERROR, 0, 0 },
    { "vendor %", "AT%IPSYS?\r", NULL, ERROR, 0, 0 },
    { "vendor *", "AT*CNTI=2\r", NULL, ERROR, 0, 0 },
    { "vendor #", "AT#REBOOT\r", NULL, ERROR, 0, 0 },
    { "vendor @", "AT@X\r", NULL, ERROR, 0, 0 },
    { "vendor !", "AT!BOOTHOLD\r", NULL, ERROR, 0, 0 },
    { "multiplexer", "AT+CMUX=0,0,5,127\r", NULL, ERROR, 0, 0 },
    { "hidden number", "ATD09001234567I;\r", "09001234567", OK, 0, DIAL_HIDE_NUMBER },
    { "shown number", "ATD09001234567i;\r", "09001234567", OK, 0, DIAL_SHOW_NUMBER },
    { "hidden and shown", "ATD09001234567Ii;\r", NULL, ERROR, 0, 0 },
    { "closed user group", "ATD09001234567G;\r", "09001234567", OK, 0, 0 },
    { "hidden by setting", "AT+CLIR=1;D09001234567;\r", "09001234567", OK, 0, DIAL_HIDE_NUMBER },
    { "hidden by code", "ATD#31#09001234567;\r", "#31#09001234567", OK, 0, 0 },
    { "pauses", "ATD0301234567,,,,09001234567;\r", NULL, ERROR, 0, 0 },
    { "wait", "ATD0301234567W09001234567;\r", NULL, ERROR, 0, 0 },
    { "silence", "ATD0301234567@09001234567;\r", NULL, ERROR, 0, 0 },
    { "flash", "ATD0301234567!09001234567;\r", NULL, ERROR, 0, 0 },
    { "calling card", "ATD0301234567$1234;\r", NULL, ERROR, 0, 0 },
    { "RIL pause", "ATD0301234567p09001234567;\r", NULL, ERROR, 0, 0 },
    { "RIL wait", "ATD0301234567w09001234567;\r", NULL, ERROR, 0, 0 },
    { "type of address", "AT+CSTA=145\r", NULL, ERROR, 0, 0 },
    { "plus inside", "ATD0900+1234567;\r", NULL, ERROR, 0, 0 },
    { "plus only", "ATD+;\r", NULL, ERROR, 0, 0 },
    { "letters", "ATD0900DDA6005;\r", NULL, ERROR, 0, 0 },
    { "letters first", "ATDA1B2C3;\r", NULL, ERROR, 0, 0 },
    { "full-width digits", "ATD\xEF\xBC\x90\xEF\xBC\x99;\r", NULL, ERROR, 0, 0 },
    { "right-to-left override",
      "ATD\xE2\x80\xAE"
      "7654321 0090;\r",
      NULL, ERROR, 0, 0 },
    { "zero width space",
      "ATD0900\xE2\x80\x8B"
      "1234567;\r",
      NULL, ERROR, 0, 0 },
    { "data call", "ATD*99#\r", NULL, NO_CARRIER, 0, 0 },
    { "data call, context", "ATD*99***1#\r", NULL, NO_CARRIER, 0, 0 },
    { "data call, old", "ATD*98#\r", NULL, NO_CARRIER, 0, 0 },
    { "data call to a number", "ATD*99*09001234567*PPP*1#\r", NULL, ERROR, 0, 0 },
    { "data call, digits", "ATD09001234567\r", NULL, NO_CARRIER, 0, 0 },
    { "forward", "AT+CCFC=0,3,\"09001234567\",129,7\r", NULL, NOT_ALLOWED, 0, 0 },
    { "forward by code", "ATD**21*09001234567#;\r", "**21*09001234567#", ERROR, 0, 0 },
    { "USSD", "AT+CUSD=1,\"**21*09001234567#\",15\r", NULL, NOT_ALLOWED, 0, 0 },
    { "USSD in UCS2", "AT+CSCS=\"UCS2\";+CUSD=1,\"002A0030\"\r", NULL, NOT_ALLOWED, 0, 0 },
    { "deflection", "AT+CTFR=09001234567,129\r", NULL, ERROR, 0, 0 },
    { "transfer", "AT+CHLD=4\r", NULL, ERROR, 0, 0 },
    { "deflection by CHLD", "AT+CHLD=4*09001234567\r", NULL, ERROR, 0, 0 },
    { "swap", "AT+CHLD=2\r", NULL, ERROR, 0, 0 },
    { "barring off", "AT+CLCK=\"AO\",0,\"0000\"\r", NULL, ERROR, 0, 0 },
    { "barring password", "AT+CPWD=\"AO\",\"0000\",\"1234\"\r", NULL, ERROR, 0, 0 },
    { "answer without a call", "ATA\r", NULL, NO_CARRIER, 0, 0 },
    { "auto-answer", "ATS0=1\r", NULL, OK, 0, 0 },
    { "tones without a call", "AT+VTS=1\r", NULL, NOT_ALLOWED, 0, 0 },
    { "tone string", "AT+VTS={09001234567}\r", NULL, ERROR, 0, 0 },
    { "dual tone", "AT+VTS=[400,1400,1000]\r", NULL, ERROR, 0, 0 },
    { "tone duration", "AT+VTD=255\r", NULL, ERROR, 0, 0 },
    { "SIM write", "AT+CRSM=220,28474,1,4,28,\"00\"\r", NULL, NOT_ALLOWED, 0, 0 },
    { "SIM update binary", "AT+CRSM=214,28589,0,0,4,\"00\"\r", NULL, NOT_ALLOWED, 0, 0 },
    { "raw APDU", "AT+CSIM=14,\"A0A40000023F00\"\r", NULL, ERROR, 0, 0 },
    { "PIN", "AT+CPIN=\"0000\"\r", NULL, ERROR, 0, 0 },
    { "PLMN", "AT+COPS=1,2,\"90115\"\r", NULL, NOT_ALLOWED, 0, 0 },
    { "PLMN list", "AT+COPS=?\r", NULL, ERROR, 0, 0 },
    { "short message", "AT+CMGS=\"11111\"\rPREMIUM\x1a", NULL, NO_MESSAGE, 0, 0 },
    { "commands in a message", "AT+CMGS=\"11111\"\rhello\rATD09001234567;\rAT+CHUP\r\x1a", NULL,
      NO_MESSAGE, 0, 0 },
    { "commands in a message that is stored", "AT+CMGW=23\rATD09001234567;\r\x1b", NULL,
      TEXT_PROMPT OK, 0, 0 },
    { "service centre", "AT+CSCA=\"+882\"\r", NULL, ERROR, 0, 0 },
    { "data context", "AT+CGACT=1,1\r", NULL, ERROR, 0, 0 },
    { "modem reset", "AT+CFUN=1,1\r", NULL, OK, 0, 0 },
    { "firmware", "AT+FWUPD\r", NULL, ERROR, 0, 0 },
    { "keypad emulation", "AT+CKPD=\"0900\"\r", NULL, ERROR, 0, 0 },
    { "name too long", "AT+ABCDEFGHIJKLMNOPQRSTUVWXYZ=1\r", NULL, ERROR, 0, 0 },
    { "parameter too large", "ATE99999999999\r", NULL, ERROR, 0, 0 },
    { "unknown basic", "ATY\r", NULL, ERROR, 0, 0 },
    { "unknown &", "AT&Z0=0900\r", NULL, ERROR, 0, 0 },
    { "our own words", "OK\r", NULL, "", 0, 0 },
};

static void each_attack_asks_for_what_it_says_or_nothing(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof(attacks) / sizeof(attacks[0]); i++) {
        const struct attack *a = &attacks[i];
        bench_reset();
        const char *answer = bench_send(a->bytes, a->length != 0 ? a->length : strlen(a->bytes));
        if (strcmp(answer, a->answer) != 0 || (a->number != NULL) != (fake_dialler.dials == 1) ||
            (a->number != NULL && strcmp(fake_dialler_number(), a->number) != 0) ||
            fake_dialler.flags != a->flags) {
            fail_msg("%s: answered \"%s\", %u requests, last for %s, flags %u", a->id, answer,
                     fake_dialler.dials, fake_dialler_number(), fake_dialler.flags);
        }
        if (strcmp(answer, "") != 0) { /* the next line works */
            assert_string_equal(bench_line("AT"), OK);
        }
    }
}

static void a_second_request_is_refused_while_the_first_is_open(void **state)
{
    (void)state;
    bench_reset();
    assert_string_equal(bench_line("ATD0301234567;"), OK);
    fake_dialler.answer = DIALLER_BUSY;
    assert_string_equal(bench_line("ATD09001234567;"), NOT_ALLOWED);
    fake_dialler.answer = DIALLER_REFUSED;
    assert_string_equal(bench_line("ATD09001234567;"), NOT_ALLOWED);
    fake_dialler.answer = DIALLER_INVALID;
    assert_string_equal(bench_line("ATD09001234567;"), ERROR);
    assert_string_equal(bench_line("AT+CLCC"), "\r\n+CLCC: 1,0,2,0,0,\"0301234567\",129\r\n" OK);
}

static void changing_the_terminator_has_no_effect(void **state)
{
    (void)state;
    bench_reset();
    assert_string_equal(bench_line("ATS3=10"), OK);
    assert_string_equal(bench_line("ATS3?"), "\r\n013\r\n" OK);
    assert_string_equal(bench_send("ATD0301234567;\rD09001234567;\n", 30), OK);
    assert_int_equal(fake_dialler.dials, 1);
    assert_string_equal(fake_dialler_number(), "0301234567");
    assert_string_equal(bench_send("\r", 1), ERROR); /* "D0900…;" LF is no line of its own */
    assert_int_equal(fake_dialler.dials, 1);
}

static void a_line_too_long_is_one_error_and_its_tail_is_nothing(void **state)
{
    (void)state;
    bench_reset();
    (void)bench_send("AT", 2);
    for (int i = 0; i < 4096; i++) {
        assert_string_equal(bench_send("E1", 2), "");
    }
    assert_string_equal(bench_line("D09001234567;"), ERROR);
    assert_int_equal(fake_dialler.dials, 0);
    assert_string_equal(bench_line("AT"), OK);
}

static void the_tail_after_the_buffer_is_no_new_line(void **state)
{
    (void)state;
    for (size_t lead = 1; lead < 700; lead++) {
        bench_reset();
        for (size_t i = 0; i < lead; i++) {
            (void)bench_send("A", 1);
        }
        assert_string_equal(bench_line("ATD09001234567;"), ERROR);
        assert_int_equal(fake_dialler.dials, 0);
        assert_string_equal(bench_line("AT"), OK);
    }
}

static void three_hundred_digits_ask_for_nothing(void **state)
{
    (void)state;
    char line[400] = "ATD";
    memset(line + 3, '9', 300);
    strcat(line, ";");
    bench_reset();
    assert_string_equal(bench_line(line), ERROR);
    assert_int_equal(fake_dialler.dials, 0);
}

static void resets_withdraw_the_request(void **state)
{
    (void)state;
    const char *const resets[] = { "ATZ",       "ATZ1",      "AT&F&W",    "AT+CFUN=1,1",
                                   "AT+CFUN=0", "AT+CFUN=4", "ATH",       "ATH0",
                                   "AT+CHUP",   "AT+CHLD=0", "AT+CHLD=1", "AT+CHLD=11" };
    for (size_t i = 0; i < sizeof(resets) / sizeof(resets[0]); i++) {
        bench_reset();
        assert_string_equal(bench_line("ATD0301234567;"), OK);
        assert_string_equal(bench_line(resets[i]), OK);
        assert_int_equal(fake_dialler.hang_ups, 1);
        assert_string_equal(bench_line("AT+CLCC"), OK);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(each_attack_asks_for_what_it_says_or_nothing),
        cmocka_unit_test(a_second_request_is_refused_while_the_first_is_open),
        cmocka_unit_test(changing_the_terminator_has_no_effect),
        cmocka_unit_test(a_line_too_long_is_one_error_and_its_tail_is_nothing),
        cmocka_unit_test(the_tail_after_the_buffer_is_no_new_line),
        cmocka_unit_test(three_hundred_digits_ask_for_nothing),
        cmocka_unit_test(resets_withdraw_the_request),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
