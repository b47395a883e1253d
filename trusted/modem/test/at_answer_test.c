/* SPDX-License-Identifier: BSD-2-Clause */
/* Tests of parsing the modem's answers. */
#include "at.h"
#include "dialler.h"
#include "proof/at_sound.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

/* What the last line of `text` says. */
static struct at_answer read_text(const char *text)
{
    struct at_reader reader = { 0 };
    struct at_answer last = { 0 };

    for (; *text != '\0'; text++) {
        struct at_answer answer = at_reader_feed(&reader, (uint8_t)*text);

        if (answer.kind != ANSWER_NOTHING) {
            last = answer;
        }
    }
    return last;
}

static void words(void **state)
{
    static const struct {
        const char *text;
        enum at_answer_kind kind;
        enum modem_cause cause;
    } rows[] = {
        { "\r\nOK\r\n", ANSWER_OK, MODEM_CAUSE_NORMAL },
        { "OK\r", ANSWER_OK, MODEM_CAUSE_NORMAL },
        { "OK", ANSWER_NOTHING, MODEM_CAUSE_NORMAL },
        { "OKAY\r", ANSWER_NOTHING, MODEM_CAUSE_NORMAL },
        { "O\rK\r", ANSWER_NOTHING, MODEM_CAUSE_NORMAL },
        { " OK\r", ANSWER_NOTHING, MODEM_CAUSE_NORMAL },
        { "ERROR\r\n", ANSWER_ERROR, MODEM_CAUSE_ERROR },
        { "+CME ERROR: 3\r\n", ANSWER_ERROR, MODEM_CAUSE_ERROR },
        { "NO CARRIER\r\n", ANSWER_END, MODEM_CAUSE_NORMAL },
        { "NO ANSWER\r\n", ANSWER_END, MODEM_CAUSE_NO_ANSWER },
        { "BUSY\r\n", ANSWER_END, MODEM_CAUSE_BUSY },
        { "RING\r\n", ANSWER_RING, MODEM_CAUSE_NORMAL },
        { "+CRING: VOICE\r\n", ANSWER_RING, MODEM_CAUSE_NORMAL },
        { "RDY\r\n", ANSWER_RESTARTED, MODEM_CAUSE_NORMAL },
        { "^SYSSTART\r\n", ANSWER_RESTARTED, MODEM_CAUSE_NORMAL },
        { "ATE0V1Q0\r", ANSWER_NOTHING, MODEM_CAUSE_NORMAL },
        { "+CLCC: \r", ANSWER_UNREADABLE, MODEM_CAUSE_NORMAL }, /* suspicious, not absent */
        { "+CLCC: 1,0,2,0\r", ANSWER_UNREADABLE, MODEM_CAUSE_NORMAL },
        { "+CLCC: 1,0,2,0,0x\r", ANSWER_UNREADABLE, MODEM_CAUSE_NORMAL },
        { "+CLCC: 1,2,2,0,0\r", ANSWER_UNREADABLE, MODEM_CAUSE_NORMAL },
        { "+CLCC: 1,0,2,1,0,\"030\",129\r", ANSWER_CALL, MODEM_CAUSE_NORMAL }, /* a data call */
        { "+CLCC: 1,0,999999999999,0,0\r", ANSWER_UNREADABLE, MODEM_CAUSE_NORMAL },
        { "NO DIALTONE\r\n", ANSWER_END, MODEM_CAUSE_NO_DIALTONE },
        { "NO DIAL TONE\r\n", ANSWER_END, MODEM_CAUSE_NO_DIALTONE },
        { "NO CARRIER 3\r\n", ANSWER_END, MODEM_CAUSE_NORMAL },
        { "NO CARRIERS\r\n", ANSWER_NOTHING, MODEM_CAUSE_NORMAL },
        { "CONNECT\r\n", ANSWER_CONNECT, MODEM_CAUSE_NORMAL },
        { "CONNECT 9600\r\n", ANSWER_CONNECT, MODEM_CAUSE_NORMAL },
        { "RING 2\r\n", ANSWER_RING, MODEM_CAUSE_NORMAL },
        { "RINGTONE\r\n", ANSWER_NOTHING, MODEM_CAUSE_NORMAL },
        { "OK 1\r\n", ANSWER_NOTHING, MODEM_CAUSE_NORMAL },
        { "+CCWA: \"030\",129,1\r\n", ANSWER_RING, MODEM_CAUSE_NORMAL },
        { "+CMS ERROR: 500\r\n", ANSWER_ERROR, MODEM_CAUSE_ERROR },
        { "COMMAND NOT SUPPORT\r\n", ANSWER_ERROR, MODEM_CAUSE_ERROR },
        { "^CEND:1,0,31\r\n", ANSWER_CHANGED, MODEM_CAUSE_NORMAL },
        { "VOICE CALL: END\r\n", ANSWER_CHANGED, MODEM_CAUSE_NORMAL },
        { "+CPIN: READY\r\n", ANSWER_SIM, MODEM_CAUSE_NORMAL },
        { "+CPIN: SIM PIN\r\n", ANSWER_SIM, MODEM_CAUSE_NORMAL },
        { "+CPIN: NOT INSERTED\r\n", ANSWER_NOTHING, MODEM_CAUSE_NORMAL },
        { "+CREG: 1\r", ANSWER_NOTHING, MODEM_CAUSE_NORMAL },
        { "\r\r\n\n\r", ANSWER_NOTHING, MODEM_CAUSE_NORMAL },
    };

    (void)state;
    for (unsigned i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        print_message("%s\n", rows[i].text);
        assert_int_equal(read_text(rows[i].text).kind, rows[i].kind);
        assert_int_equal(read_text(rows[i].text).cause, rows[i].cause);
    }
}

static const char *digits_of(const struct number *n)
{
    static char text[NUMBER_SYMBOLS_MAX + 1];

    for (uint32_t i = 0; i < n->length; i++) {
        text[i] = NUMBER_ALPHABET[number_symbol_at(n, i)];
    }
    text[n->length] = '\0';
    return text;
}

/* As modems in the field write it: TS 27.007 7.18 leaves blanks, quotes and what follows the number
 * open. */
static void calls(void **state)
{
    static const struct {
        const char *rest;
        uint32_t state, mode;
        bool is_incoming, has_number, is_emergency;
        const char *number; /* "": none that can be read */
    } rows[] = {
        { " 1,0,3,0,0,\"+499\",145", 3, 0, false, true, false, "+499" },
        { " 1,0,3,0,0,\"4930555\",145", 3, 0, false, true, false, "+4930555" },
        { " 1,0,3,0,0,\"030555\",161", 3, 0, false, true, false, "030555" },
        { " 1,1,4,0,0", 4, 0, true, false, false, "" },
        { " 1,1,4,0,0,,129", 4, 0, true, false, false, "" },
        { " 1,0,0,0,0,\"\",128", 0, 0, false, false, false, "" },
        { "1,0,0,0,0,\"030555\",129", 0, 0, false, true, false, "030555" },
        { "   1 , 0,  0 ,0, 0 , \"030555\" , 129", 0, 0, false, true, false, "030555" },
        { " 1,0,0,0,0,030555,129", 0, 0, false, true, false, "030555" },
        { " 1, 0, 0, 0, 0, 4930555 , 145", 0, 0, false, true, false, "+4930555" },
        { " 1,0,2,9,0,\"030555\",129", 2, 9, false, true, false, "030555" },
        { " 1,0,2,1,0,\"030555\",129", 2, 1, false, true, false, "030555" },
        { " 1,0,77,0,0,\"030555\",129", 77, 0, false, true, false, "030555" },
        { " 1,1,5,0,0,\"4930555\",145,\"O, \\\"x\",0", 5, 0, true, true, false, "+4930555" },
        { " 1,0,0,0,0,\"030555\",129,,,0", 0, 0, false, true, false, "030555" },
        { " 1,0,0,0,0,\"sos\",129", 0, 0, false, true, true, "" },
        { " 1,0,0,0,0,\"urn:service:sos.police\",129", 0, 0, false, true, true, "" },
        { " 1,0,0,0,0,sos", 0, 0, false, true, true, "" },
        { " 1,0,0,0,0,\"sosx\",129", 0, 0, false, true, false, "" },
        { " 1,0,0,0,0,\"030w5\",129", 0, 0, false, true, false, "" },
        { " 1,0,0,0,0,\"030555,,1\",129", 0, 0, false, true, false, "" },
        { " 1,0,0,0,0,\"030555", 0, 0, false, true, false, "" }, /* the quote does not end */
        { " 1,0,0,0,0,\"01234567890123456789012345678901234567890123\",129", 0, 0, false, true,
          false, "" },
    };

    (void)state;
    for (unsigned i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        char line[120] = "\r\n+CLCC:";
        struct at_answer a = read_text(strcat(strcat(line, rows[i].rest), "\r\n"));

        print_message("%s\n", rows[i].rest);
        assert_int_equal(a.kind, ANSWER_CALL);
        assert_int_equal(a.state, rows[i].state);
        assert_int_equal(a.mode, rows[i].mode);
        assert_int_equal(a.is_incoming, rows[i].is_incoming);
        assert_int_equal(a.has_number, rows[i].has_number);
        assert_int_equal(a.is_emergency, rows[i].is_emergency);
        assert_string_equal(digits_of(&a.number), rows[i].number);
    }
}

/* A name of any length behind the number hides nothing; a number that was cut off is none. */
static void a_long_call_is_read_as_far_as_it_goes(void **state)
{
    char line[300];
    struct at_answer a;

    (void)state;
    snprintf(line, sizeof line, "+CLCC: 1,0,0,0,0,\"030555\",129,\"%0200d\"\r", 0);
    a = read_text(line);
    assert_int_equal(a.kind, ANSWER_CALL);
    assert_string_equal(digits_of(&a.number), "030555");
    snprintf(line, sizeof line, "+CLCC: 1,0,0,0,0,%075d\"030555\",129\r", 0);
    a = read_text(line);
    assert_true(a.has_number);
    assert_int_equal(a.number.length, 0);
    snprintf(line, sizeof line, "+CLCC: %0120d,0,0,0,0\r", 0);
    assert_int_equal(read_text(line).kind, ANSWER_UNREADABLE);
}

static void long_lines_say_nothing(void **state)
{
    char text[4000];

    (void)state;
    memset(text, 'A', sizeof text);
    memcpy(text + sizeof text - 8, "\rOK\r\nX", 7);
    assert_int_equal(read_text(text).kind, ANSWER_OK);
    memset(text, 'A', sizeof text);
    memcpy(text + sizeof text - 4, "OK\r", 4);
    assert_int_equal(read_text(text).kind, ANSWER_NOTHING);
    memset(text, '0', sizeof text);
    memcpy(text, "+CME ERROR: ", 12); /* its beginning alone would be an answer */
    memcpy(text + sizeof text - 2, "\r", 2);
    assert_int_equal(read_text(text).kind, ANSWER_NOTHING);
}

static void any_bytes(void **state)
{
    static const char *const pieces[] = { "+CLCC: ", "1,", "0,", "\"", "+CREG: ", "\r\n",
                                          "OK",      "+",  "9",  ",",  "RING" };
    struct at_reader reader = { 0 };
    uint64_t seed = 99;

    (void)state;
    for (unsigned round = 0; round < 300000; round++) {
        struct at_answer answer;
        const char *piece;

        seed = seed * 6364136223846793005u + 1442695040888963407u;
        if (seed >> 61 == 0) {
            at_reader_feed(&reader, (uint8_t)(seed >> 40));
            continue;
        }
        for (piece = pieces[(seed >> 33) % 11]; *piece != '\0'; piece++) {
            answer = at_reader_feed(&reader, (uint8_t)*piece);
            assert_true(at_answer_is_sound(&answer));
            assert_true(at_reader_is_sound(&reader));
        }
    }
}

static void written(void **state)
{
    struct number n = { 0 };
    struct at_text text = { 0 };

    (void)state;
    for (unsigned i = 0; i < NUMBER_SYMBOLS_MAX; i++) {
        number_append(&n, i == 0 ? SYMBOL_PLUS : i % 12);
    }
    at_append(&text, "ATD", &n, ";\r");
    assert_int_equal(text.length, 3 + NUMBER_SYMBOLS_MAX + 2);
    assert_memory_equal(text.bytes, "ATD+123456789*#0123456789*#0123456789*#0123;\r", text.length);
    at_append(&text, "", &n, "");
    assert_int_equal(text.length, AT_COMMAND_BYTES); /* and not one more */
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(words),
        cmocka_unit_test(calls),
        cmocka_unit_test(a_long_call_is_read_as_far_as_it_goes),
        cmocka_unit_test(long_lines_say_nothing),
        cmocka_unit_test(any_bytes),
        cmocka_unit_test(written),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
