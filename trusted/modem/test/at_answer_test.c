/* SPDX-License-Identifier: BSD-2-Clause */
#include "at.h"
#include "dialler.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

/* What the last line of `text` says. */
static struct at_answer read_text(const char *text)
{
    struct at_reader reader = { 0 };
    struct at_answer last = { 0 };

    for (; *text != '\0'; text++) {
        struct at_answer answer = at_reader_feed(&reader, (uint8_t)*text);

        if (answer.kind != ANSWER_NOTHING)
            last = answer;
    }
    return last;
}

static void words(void **state)
{
    static const struct { const char *text; enum at_answer_kind kind; enum modem_cause cause; } rows[] = {
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
        { "+CLCC: \r", ANSWER_NOTHING, MODEM_CAUSE_NORMAL },
        { "+CLCC: 1,0,2,0\r", ANSWER_NOTHING, MODEM_CAUSE_NORMAL },
        { "+CLCC: 1,0,2,1,0,\"030\",129\r", ANSWER_NOTHING, MODEM_CAUSE_NORMAL }, /* a data call */
        { "+CLCC: 1,0,999999999999,0,0\r", ANSWER_NOTHING, MODEM_CAUSE_NORMAL },
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

static void calls(void **state)
{
    struct at_answer a = read_text("\r\n+CLCC: 1,0,3,0,0,\"+499\",145\r\n");

    (void)state;
    assert_int_equal(a.kind, ANSWER_CALL);
    assert_false(a.is_incoming);
    assert_int_equal(a.state, 3);
    assert_true(a.is_international);
    assert_int_equal(a.number.length, 4);
    assert_int_equal(a.number.packed[0], 0x994c);
    a = read_text("+CLCC: 1,1,4,0,0\r");
    assert_int_equal(a.kind, ANSWER_CALL);
    assert_true(a.is_incoming);
    assert_false(a.has_number);
    assert_int_equal(a.number.length, 0);
    a = read_text("+CLCC: 1,0,0,0,0,\"\",128\r");
    assert_false(a.has_number);
    a = read_text("+CLCC: 1,0,0,0,0,030,129\r"); /* a number stands in quotes */
    assert_false(a.has_number);
    assert_int_equal(a.number.length, 0);
    a = read_text("+CLCC: 1,0,0,0,0,\"03x1\",129\r"); /* no number is not the same as a wrong one */
    assert_int_equal(a.kind, ANSWER_CALL);
    assert_true(a.has_number);
    assert_int_equal(a.number.length, 0);
    a = read_text("+CLCC: 1,0,0,0,0,\"030\r"); /* the quote does not end */
    assert_int_equal(a.number.length, 0);
    a = read_text("+CLCC: 1,0,0,0,0,\"01234567890123456789012345678901234567890123\",129\r");
    assert_int_equal(a.number.length, 0);
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
    static const char *const pieces[] = { "+CLCC: ", "1,", "0,", "\"", "+CREG: ", "\r\n", "OK", "+", "9", ",", "RING" };
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
            assert_true(answer.kind < ANSWERS);
            assert_true(answer.number.length == 0 || number_is_valid(&answer.number));
        }
    }
}

static void written(void **state)
{
    struct number n = { 0 };
    struct at_text text = { 0 };

    (void)state;
    for (unsigned i = 0; i < NUMBER_SYMBOLS_MAX; i++)
        number_append(&n, i == 0 ? SYMBOL_PLUS : i % 12);
    at_append(&text, "ATD", &n, ";\r");
    assert_int_equal(text.length, 3 + NUMBER_SYMBOLS_MAX + 2);
    assert_memory_equal(text.bytes, "ATD+123456789*#0123456789*#0123456789*#0123;\r", text.length);
    at_append(&text, "", &n, "");
    assert_int_equal(text.length, AT_COMMAND_BYTES); /* and not one more */
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(words),     cmocka_unit_test(calls),  
        cmocka_unit_test(long_lines_say_nothing), cmocka_unit_test(any_bytes), cmocka_unit_test(written),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
