/* SPDX-License-Identifier: BSD-2-Clause */
/* Tests of the simulated modem against 3GPP TS 27.007 and V.250. */
#include "client_commands.h"
#include "script.h"
#include "sim.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

enum { SECOND = 1000000 };

static struct sim sim;
static struct wire_log_region wire_log;
static uint64_t now_us;

/* What the modem has sent since the last look. */
static const char *heard(void)
{
    static char text[SIM_OUTPUT_BYTES + 1];

    memcpy(text, sim.output, sim.output_length);
    text[sim.output_length] = '\0';
    sim_output_drop(&sim, sim.output_length);
    return text;
}

static const char *type(const char *text)
{
    sim_receive(&sim, now_us, (const uint8_t *)text, strlen(text));
    return heard();
}

static const char *wait_us(uint64_t us)
{
    uint64_t until = now_us + us;

    while (sim_deadline(&sim) != SIM_NEVER && sim_deadline(&sim) <= until) {
        now_us = sim_deadline(&sim) > now_us ? sim_deadline(&sim) : now_us + 1;
        sim_advance(&sim, now_us);
    }
    now_us = until;
    return heard();
}

static unsigned logged(const char *text)
{
    static char copy[WIRE_LOG_TEXT_BYTES + 1]; /* a full ring ends in no NUL */
    unsigned count = 0;

    memcpy(copy, wire_log.text, WIRE_LOG_TEXT_BYTES);
    for (const char *at = strstr(copy, text); at != NULL; at = strstr(at + 1, text)) {
        count++;
    }
    return count;
}

static int start(void **state)
{
    (void)state;
    memset(&wire_log, 0, sizeof wire_log);
    now_us = SECOND;
    sim_start(&sim, &carrier_default, &wire_log, now_us);
    wait_us(SECOND);
    type("ATE0\r");
    return 0;
}

static void clients_hear_what_they_need(void **state)
{
    (void)state;
    type("AT+CMEE=1\r");
    for (unsigned i = 0; i < sizeof client_commands / sizeof client_commands[0]; i++) {
        char line[128];
        const char *answer;

        snprintf(line, sizeof line, "%s\r", client_commands[i].text);
        answer = type(line);
        print_message("%s\n", client_commands[i].text);
        if (client_commands[i].is_ok) {
            assert_non_null(strstr(answer, "\r\nOK\r\n"));
        }
        assert_true(strlen(answer) >= 6);
    }
}

static void echo_and_framing(void **state)
{
    (void)state;
    assert_string_equal(type("AT\r"), "\r\nOK\r\n");
    assert_string_equal(type("\r\n\r\n  AT\r\n"), "\r\nOK\r\n");
    type("ATE1\r");
    assert_string_equal(type("AT\r"), "AT\r\r\nOK\r\n");
    type("ATE0V0\r");
    assert_string_equal(type("AT\r"), "0\r");
    assert_string_equal(type("AT+XX\r"), "4\r");
    assert_string_equal(type("AT+CGSN\r"), "490154203237518\r\n0\r");
    assert_string_equal(type("ATQ1\r"), "");
    assert_string_equal(type("ATZ\r"), "\r\nOK\r\n");
}

static void grammar(void **state)
{
    (void)state;
    assert_string_equal(type("at\r"), "\r\nOK\r\n");
    assert_string_equal(type("aT\r"), "");
    assert_string_equal(type("\x1b\rAT\r"), "\r\nOK\r\n");
    assert_string_equal(type("ATE0V1Q0X4&C1&D2S0=0S7=60\r"), "\r\nOK\r\n");
    assert_string_equal(type("AT E0 +CMEE=1\r"), "\r\nOK\r\n");
    assert_string_equal(type("AT+CMEE=1;+CREG=2;E0\r"), "\r\nOK\r\n");
    assert_string_equal(type("ATS7?\r"), "\r\n000\r\n\r\nOK\r\n");
    assert_string_equal(type("ATS\r"), "\r\nERROR\r\n");
    assert_string_equal(type("AT%\r"), "\r\nERROR\r\n");
    assert_string_equal(type("AT1\r"), "\r\nERROR\r\n");
    assert_string_equal(type("AT&\r"), "\r\nERROR\r\n");
    assert_string_equal(type("AT+CREG?x\r"), "\r\nERROR\r\n");
    assert_string_equal(type("AT+CLXX;D112;\r"),
                        "\r\nERROR\r\n"); /* the first error ends the line */
    assert_int_equal(logged("CALL"), 0);
    assert_string_equal(type("AT+XYX\bZ\r"), "\r\nERROR\r\n");
    assert_int_equal(logged("RX AT+XYZ\n"), 1);
    assert_string_equal(type("\xc1\xd4\r"), "\r\nOK\r\n"); /* V.250 5.1: bit 7 is ignored */
    assert_string_equal(type("AT+CPBW=1,\"0900\",129,\"x;D112;\"\r"), "\r\nERROR\r\n");
    assert_int_equal(logged("CALL"), 0);
}

static void repeat(void **state)
{
    (void)state;
    type("ATD0301234567;\r");
    type("ATH\r");
    type("A/");
    assert_int_equal(logged("CALL 0301234567 ended local\n"), 1);
    type("ATD0301234567;\r");
    type("AT+CHUP\r");
    type("ATD0301234568;\r");
    sim_call_close(&sim, "local", RESULT_NOTHING);
    type("A/");
    assert_int_equal(logged("CALL 0301234568 dialling\n"), 2);
}

static void long_lines(void **state)
{
    char line[5000];

    (void)state;
    memset(line, '1', sizeof line);
    memcpy(line, "AT", 2);
    memcpy(line + sizeof line - 20, ";D09001234567;\r", 16);
    assert_string_equal(type(line), "\r\nERROR\r\n");
    assert_int_equal(logged("CALL"), 0);
    assert_string_equal(type("AT\r"), "\r\nOK\r\n");
}

static void dial_strings(void **state)
{
    static const struct {
        const char *line, *answer, *called;
    } rows[] = {
        { "ATD09005123456;\r", "\r\nOK\r\n", "CALL 09005123456 dialling\n" },
        { "ATDT0301;\r", "\r\nOK\r\n", "CALL 0301 dialling\n" },
        { "atdp0302;\r", "\r\nOK\r\n", "CALL 0302 dialling\n" },
        { "ATD+49 (30) 4-5/6;\r", "\r\nOK\r\n", "CALL +4930456 dialling\n" },
        { "ATD0303I;\r", "\r\nOK\r\n", "CALL 0303 dialling\n" },
        { "ATD*31#0304;\r", "\r\nOK\r\n", "CALL 0304 dialling\n" },
        { "AT+CMEE=1;D0305;\r", "\r\nOK\r\n", "CALL 0305 dialling\n" },
        { "ATE0V1D0306;\r", "\r\nOK\r\n", "CALL 0306 dialling\n" },
        { "ATD**21*0900#;\r", "\r\nOK\r\n", NULL },
        { "ATD*100#;\r", "\r\nOK\r\n", NULL },
        { "ATD*99***1#\r", "\r\nNO CARRIER\r\n", NULL },
        { "ATD0307\r", "\r\nNO CARRIER\r\n", NULL },
        { "ATD;\r", "\r\nERROR\r\n", NULL },
        { "ATD\r", "\r\nERROR\r\n", NULL },
        { "ATDL;\r", "\r\nERROR\r\n", NULL },
        { "ATD>1;\r", "\r\nERROR\r\n", NULL },
        { "ATD0123456789012345678901234567890123456789012345;\r", "\r\nERROR\r\n", NULL },
        { "ATD03023125133;\r", "\r\nERROR\r\n", NULL },
        { "ATD03023125122;\r", "", NULL },
    };

    (void)state;
    for (unsigned i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        start(NULL);
        print_message("%s\n", rows[i].line);
        assert_string_equal(type(rows[i].line), rows[i].answer);
        assert_int_equal(logged("CALL"), rows[i].called != NULL);
        if (rows[i].called != NULL) {
            assert_int_equal(logged(rows[i].called), 1);
        }
    }
}

static void a_call(void **state)
{
    (void)state;
    type("ATD0301234567;\r");
    assert_string_equal(type("AT+CLCC\r"), "\r\n+CLCC: 1,0,2,0,0,\"0301234567\",129\r\n\r\nOK\r\n");
    assert_string_equal(type("ATD112;\r"), "\r\nERROR\r\n");
    assert_string_equal(type("AT+VTS=1\r"), "\r\nERROR\r\n");
    wait_us(500000);
    assert_string_equal(type("AT+CLCC\r"), "\r\n+CLCC: 1,0,3,0,0,\"0301234567\",129\r\n\r\nOK\r\n");
    wait_us(SECOND);
    assert_string_equal(type("AT+CLCC\r"), "\r\n+CLCC: 1,0,0,0,0,\"0301234567\",129\r\n\r\nOK\r\n");
    assert_string_equal(type("AT+VTS=1,2\r"), "\r\nOK\r\n");
    assert_string_equal(wait_us(1000 * (uint64_t)SECOND), "");
    assert_string_equal(type("AT+CHLD=11\r"), "\r\nOK\r\n");
    assert_string_equal(type("AT+CLCC\r"), "\r\nOK\r\n");
    assert_string_equal(type("ATH\r"), "\r\nOK\r\n");
}

static void far_ends(void **state)
{
    static const struct {
        const char *number, *heard, *logged;
    } rows[] = {
        { "03023125155", "\r\nBUSY\r\n", "ended busy\n" },
        { "+493023125155", "\r\nBUSY\r\n", "ended busy\n" },
        { "00493023125155", "\r\nBUSY\r\n", "ended busy\n" },
        { "03023125166", "\r\nNO ANSWER\r\n", "ended no-answer\n" },
        { "03023125177", "\r\nNO CARRIER\r\n", "ended remote\n" },
        { "03023125188", "\r\nNO CARRIER\r\n", "ended unreachable\n" },
        { "03023125111", "\r\nRDY\r\n", "ended reset\n" },
    };

    (void)state;
    for (unsigned i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        char line[40];

        start(NULL);
        snprintf(line, sizeof line, "ATD%s;\r", rows[i].number);
        type(line);
        assert_string_equal(wait_us(20 * SECOND), rows[i].heard);
        assert_int_equal(logged(rows[i].logged), 1);
    }
}

static void substitute_shows_another_number(void **state)
{
    (void)state;
    type("ATD03023125144;\r");
    assert_non_null(strstr(type("AT+CLCC\r"), "\"09009123456\""));
    assert_int_equal(logged("CALL 03023125144 dialling\n"), 1);
}

static void incoming(void **state)
{
    (void)state;
    type("AT+CLIP=1;+CRC=1\r");
    sim_schedule_incoming(&sim, now_us + SECOND, "+493023125042");
    assert_string_equal(wait_us(SECOND),
                        "\r\n+CRING: VOICE\r\n\r\n+CLIP: \"+493023125042\",145\r\n");
    assert_string_equal(type("AT+CLCC\r"),
                        "\r\n+CLCC: 1,1,4,0,0,\"+493023125042\",145\r\n\r\nOK\r\n");
    assert_string_equal(type("ATA\r"), "\r\nOK\r\n");
    assert_string_equal(type("AT+CLCC\r"),
                        "\r\n+CLCC: 1,1,0,0,0,\"+493023125042\",145\r\n\r\nOK\r\n");
    type("AT+CHUP\r");
    assert_string_equal(type("ATA\r"), "\r\nNO CARRIER\r\n");
    type("ATZ\r");
    type("ATE0\r");
    sim_schedule_incoming(&sim, now_us + SECOND, "030");
    assert_string_equal(wait_us(SECOND), "\r\nRING\r\n");
    assert_non_null(strstr(wait_us(31 * SECOND), "\r\nNO CARRIER\r\n"));
    assert_int_equal(logged("CALL 030 ended missed\n"), 1);
}

static void call_back(void **state)
{
    (void)state;
    type("ATD03023125199;\r");
    wait_us(3 * SECOND);
    type("ATH\r");
    assert_string_equal(wait_us(SECOND), "\r\nRING\r\n");
}

static void radio(void **state)
{
    (void)state;
    assert_string_equal(type("AT+CFUN?\r"), "\r\n+CFUN: 1\r\n\r\nOK\r\n");
    type("AT+CREG=1\r");
    type("ATD0301234567;\r");
    assert_string_equal(type("AT+CFUN=4\r"), "\r\nNO CARRIER\r\n\r\n+CREG: 0\r\n\r\nOK\r\n");
    assert_string_equal(type("ATD0301234567;\r"), "\r\nNO CARRIER\r\n");
    assert_string_equal(type("ATD112;\r"), "\r\nOK\r\n");
    type("ATH\r");
    assert_string_equal(type("AT+CFUN=1\r"), "\r\nOK\r\n");
    assert_string_equal(wait_us(SECOND), "\r\n+CREG: 1\r\n");
    assert_string_equal(type("AT+CFUN=7\r"), "\r\nERROR\r\n");
    type("AT+CMEE=1\r");
    assert_string_equal(type("AT+CFUN=7\r"), "\r\n+CME ERROR: 3\r\n");
    assert_string_equal(type("AT+CFUN=1,1\r"), "\r\nOK\r\n\r\nRDY\r\n");
}

static void the_wire_log_is_text_whatever_comes(void **state)
{
    (void)state;
    type("AT\\x\r");
    assert_int_equal(logged("RX AT\\x5cx\n"), 1);
    for (unsigned i = 0; i < 5000; i++) {
        type("AT+CGMI\r");
    }
    assert_true(wire_log.written > WIRE_LOG_TEXT_BYTES);
    for (unsigned i = 0; i < WIRE_LOG_TEXT_BYTES; i++) {
        assert_true(wire_log.text[i] == '\n' ||
                    (wire_log.text[i] >= 0x20 && wire_log.text[i] <= 0x7e));
    }
}

static void call_table(void **state)
{
    static const enum call_state expected[CALL_STATES][CALL_EVENTS] = {
        { CALL_DIALLING, CALL_IDLE, CALL_IDLE, CALL_INCOMING, CALL_IDLE },
        { CALL_DIALLING, CALL_ALERTING, CALL_ACTIVE, CALL_DIALLING, CALL_IDLE },
        { CALL_ALERTING, CALL_ALERTING, CALL_ACTIVE, CALL_ALERTING, CALL_IDLE },
        { CALL_ACTIVE, CALL_ACTIVE, CALL_ACTIVE, CALL_ACTIVE, CALL_IDLE },
        { CALL_INCOMING, CALL_INCOMING, CALL_ACTIVE, CALL_INCOMING, CALL_IDLE },
    };

    (void)state;
    for (int from = 0; from < CALL_STATES; from++) {
        for (int event = 0; event < CALL_EVENTS; event++) {
            struct call call = { .state = (enum call_state)from };
            bool moved = call_step(&call, (enum call_event)event);

            assert_int_equal(call.state, expected[from][event]);
            assert_int_equal(moved, call.state != (enum call_state)from);
        }
    }
}

static void scripts(void **state)
{
    static const char *const bad[] = { "nonsense",
                                       "number",
                                       "number 030",
                                       "number 030 maybe",
                                       "incoming x 030",
                                       "incoming 1",
                                       "number 030 answer alert=x",
                                       "number 030 answer alert=-1",
                                       "number 030 answer later=1",
                                       "number 030 answer blanks odd",
                                       "incoming -1 030" };
    static struct script script;

    (void)state;
    assert_true(script_line(&script, ""));
    assert_true(script_line(&script, "# nothing\n"));
    assert_true(script_line(&script, "number 0900* busy\n"));
    assert_true(
        script_line(&script, "number 030 substitute alert=0.25 answer=3 hang-up=10 shows=0900\n"));
    assert_true(script_line(&script, "incoming 12.5 +4930\n"));
    assert_true(script_line(&script, "number 0309 call-back shows=- blanks no-sim mode-9\n"));
    for (unsigned i = 0; i < sizeof bad / sizeof bad[0]; i++) {
        assert_false(script_line(&script, bad[i]));
    }
    script_finish(&script);
    assert_int_equal(carrier_find(&script.carrier, "+499005123456")->behaviour, CARRIER_BUSY);
    assert_int_equal(carrier_find(&script.carrier, "030")->alert_ms, 250);
    assert_int_equal(carrier_find(&script.carrier, "03023125155")->behaviour, CARRIER_BUSY);
    assert_int_equal(carrier_find(&script.carrier, "0900")->behaviour, CARRIER_BUSY);
    assert_int_equal(carrier_find(&script.carrier, "0301")->behaviour, CARRIER_ANSWER);
    assert_int_equal(script.call[0].at_us, 12500000);
    assert_int_equal(carrier_find(&script.carrier, "0309")->quirks,
                     QUIRK_BLANKS | QUIRK_NO_SIM | QUIRK_MODE_9);
    while (script.carrier.count < CARRIER_RULES_MAX) {
        script_line(&script, "number 1 busy");
    }
    assert_false(script_line(&script, "number 1 busy"));
}

static void any_bytes(void **state)
{
    static const char *const pieces[] = { "AT",    "D",         "0900", ";",  "+CREG",
                                          "=",     "?",         "\r",   "\"", ",",
                                          "A/",    "+CFUN=1,1", "E",    "S0", "*31#",
                                          "+CHUP", "&",         " ",    "\b", "+CRSM=192,28589" };
    uint64_t seed = 3;

    (void)state;
    for (unsigned round = 0; round < 500000; round++) {
        uint8_t byte;

        seed = seed * 6364136223846793005u + 1442695040888963407u;
        byte = (uint8_t)(seed >> 40);
        if (seed >> 60 == 0) {
            sim_receive(&sim, now_us, &byte, 1);
        } else {
            sim_receive(&sim, now_us, (const uint8_t *)pieces[(seed >> 33) % 20],
                        strlen(pieces[(seed >> 33) % 20]));
        }
        now_us += (seed >> 50) * 10;
        sim_advance(&sim, now_us);
        if (round % 16 == 0) {
            heard();
        }
    }
    assert_true(logged("CALL") > 10);
}

#define CASE(name) cmocka_unit_test_setup(name, start)

int main(void)
{
    const struct CMUnitTest tests[] = {
        CASE(clients_hear_what_they_need),
        CASE(echo_and_framing),
        CASE(grammar),
        CASE(repeat),
        CASE(long_lines),
        CASE(dial_strings),
        CASE(a_call),
        CASE(far_ends),
        CASE(substitute_shows_another_number),
        CASE(incoming),
        CASE(call_back),
        CASE(radio),
        CASE(the_wire_log_is_text_whatever_comes),
        CASE(call_table),
        CASE(scripts),
        CASE(any_bytes),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
