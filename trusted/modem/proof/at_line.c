/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * T1 Of any line of up to LINE bytes, and of any up to CALL bytes behind "+CLCC:", nothing outside
 *    of it is read (CBMC's own properties). What is answered is one of the answers; only a listed
 *    call has a number, and that is valid.
 * T2 A command of any number is cut off at its end, never written beyond.
 *
 * at.c is included, so that parse_line can be called on a line that lies alone.
 */
#include "at.c" /* NOLINT: the shipped file itself */
#include "at_sound.h"
#include "proof.h"

char nondet_char(void);
struct number nondet_number(void);
struct at_text nondet_text(void);

static void check_append(void)
{
    const struct number number = nondet_number();
    struct at_text text = { 0 }, any = nondet_text();

    ASSUME(number_is_valid(&number) && any.length <= AT_COMMAND_BYTES);
    at_append(&text, "ATD", &number, ";\r");
    assert(text.length == number.length + 5 && text.bytes[text.length - 1] == '\r');
    at_append(&any, "AT", &number, "\r");
    assert(any.length <= AT_COMMAND_BYTES);
    REACHED(text.length == NUMBER_SYMBOLS_MAX + 5);
    REACHED(any.length == AT_COMMAND_BYTES);
}

static void fill(char *line, unsigned bytes)
{
    for (unsigned i = 0; i < bytes; i++) {
        line[i] = nondet_char();
    }
    line[bytes] = '\0';
}

static void check_call(void)
{
    char line[CALL + 1];
    struct at_answer answer;

    fill(line, CALL);
    answer = parse_call(line);
    assert(at_answer_is_sound(&answer));
    REACHED(number_symbol_at(&answer.number, 0) == SYMBOL_PLUS && answer.number.length == 2);
}

static void check_line(void)
{
    char line[LINE + 1];
    struct at_answer answer;

    fill(line, LINE);
    answer = parse_line(line);
    assert(at_answer_is_sound(&answer));
    REACHED(answer.kind == ANSWER_UNREADABLE);
    REACHED(answer.kind == ANSWER_END && line[10] != '\0');
    REACHED(answer.kind == ANSWER_CALL && answer.is_incoming);
}

int main(void)
{
    PART();
    return 0;
}
