/* SPDX-License-Identifier: BSD-2-Clause */
/* The modem's line out; see say.h. */
#include "say.h"

/* ---- building a line ------------------------------------------------------------------------- */

static void add(struct text *text, char c)
{
    if (text->length < sizeof(text->bytes)) {
        text->bytes[text->length++] = c;
    }
}

void text_add(struct text *text, const char *string)
{
    for (; *string != 0; string++) {
        add(text, *string);
    }
}

void text_add_decimal(struct text *text, uint32_t value)
{
    char digits[10];
    uint32_t count = 0;
    do {
        digits[count++] = (char)('0' + value % 10);
        value /= 10;
    } while (value != 0);
    while (count != 0) {
        add(text, digits[--count]);
    }
}

void text_add_number(struct text *text, const struct number *number)
{
    for (uint32_t i = 0; i < number->length && i < NUMBER_SYMBOLS_MAX; i++) {
        const unsigned symbol = number_symbol_at(number, i);
        add(text, symbol < SYMBOL_COUNT ? NUMBER_ALPHABET[symbol] : '?');
    }
}

const char *text_number_type(const struct number *number)
{
    if (number->length == 0) {
        return "\",128";
    }
    return number_symbol_at(number, 0) == SYMBOL_PLUS ? "\",145" : "\",129";
}

/* ---- sending it ------------------------------------------------------------------------------ */

void say_reset(struct say *say)
{
    say->has_echo = false;
    say->is_verbose = true;
    say->is_quiet = false;
}

void say_line(const struct say *say, const struct text *text)
{
    char bytes[sizeof(text->bytes) + 4] = { '\r', '\n' };
    uint32_t count = say->is_verbose ? 2 : 0; /* V.250, 6.2.6 "ATV" */
    for (uint32_t i = 0; i < text->length; i++) {
        bytes[count++] = text->bytes[i];
    }
    bytes[count++] = '\r';
    bytes[count++] = '\n';
    say->send(say->context, bytes, count);
}

void say_information(const struct say *say, const char *string)
{
    struct text text = { 0 };
    text_add(&text, string);
    say_line(say, &text);
}

/* 5.7.1 "Result codes" */
void say_result(const struct say *say, const char *words, char digit)
{
    if (say->is_quiet) {
        return;
    }
    if (say->is_verbose) {
        say_information(say, words);
    } else {
        const char bytes[2] = { digit, '\r' };
        say->send(say->context, bytes, sizeof(bytes));
    }
}

void say_prompt(const struct say *say)
{
    say->send(say->context, "\r\n> ", 4);
}

void say_echo(const struct say *say, uint8_t byte)
{
    if (say->has_echo) {
        const char bytes[1] = { (char)byte };
        say->send(say->context, bytes, sizeof(bytes));
    }
}
