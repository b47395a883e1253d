/* SPDX-License-Identifier: BSD-2-Clause */
#include "at.h"

#include <stddef.h>

enum { TYPE_INTERNATIONAL = 145, VALUE_MAX = 100000 };

_Static_assert(AT_COMMAND_BYTES >= NUMBER_SYMBOLS_MAX + 8, "a dial command with the longest number fits");

/* What follows `prefix`, or NULL. */
static const char *after(const char *line, const char *prefix)
{
    while (*prefix != '\0') {
        if (*line++ != *prefix++)
            return NULL;
    }
    return line;
}

/* A decimal number and the comma behind it, if there is one. */
static bool take_value(const char **at, uint32_t *value_out)
{
    const char *begin = **at == ' ' ? *at + 1 : *at, *c = begin;

    for (*value_out = 0; *c >= '0' && *c <= '9' && *value_out <= VALUE_MAX; c++)
        *value_out = *value_out * 10 + (uint32_t)(*c - '0');
    *at = c + (*c == ',');
    return c != begin && (*c == ',' || *c == '\0');
}

/* What stands between the quotes that begin here, and the comma behind it; of length 0 when it is no number. */
static struct number take_number(const char **at)
{
    struct number n = { 0 };
    const char *c;

    for (c = *at + 1; *c != '"'; c++) {
        unsigned symbol = 0;

        while (symbol < SYMBOL_COUNT && NUMBER_ALPHABET[symbol] != *c)
            symbol++;
        if (!number_append(&n, symbol))
            return (struct number){ 0 };
    }
    *at = c + 1 + (c[1] == ',');
    return n;
}

/* TS 27.007 7.18: id, dir, stat, mode, mpty [, number, type …]. Another mode than voice is none of ours. */
static struct at_answer parse_call(const char *at)
{
    enum { DIRECTION = 1, STATE, MODE, VALUES = 5 };
    struct at_answer answer = { .kind = ANSWER_CALL };
    uint32_t value[VALUES], type;

    for (unsigned i = 0; i < VALUES; i++) {
        if (!take_value(&at, &value[i]))
            return (struct at_answer){ 0 };
    }
    if (value[MODE] != 0)
        return (struct at_answer){ 0 };
    answer.state = value[STATE];
    answer.is_incoming = value[DIRECTION] == 1;
    answer.has_number = at[0] == '"' && at[1] != '"';
    if (answer.has_number)
        answer.number = take_number(&at);
    answer.is_international = answer.number.length > 0 && take_value(&at, &type) && type == TYPE_INTERNATIONAL;
    return answer;
}

static const struct {
    const char *text;
    bool is_whole_line;
    enum at_answer_kind kind;
    enum modem_cause cause;
} lines[] = {
    { "OK",         true,  ANSWER_OK,        MODEM_CAUSE_NORMAL },
    { "ERROR",      true,  ANSWER_ERROR,     MODEM_CAUSE_ERROR },
    { "+CME ERROR", false, ANSWER_ERROR,     MODEM_CAUSE_ERROR },
    { "NO CARRIER", true,  ANSWER_END,       MODEM_CAUSE_NORMAL },
    { "BUSY",       true,  ANSWER_END,       MODEM_CAUSE_BUSY },
    { "NO ANSWER",  true,  ANSWER_END,       MODEM_CAUSE_NO_ANSWER },
    { "RING",       true,  ANSWER_RING,      MODEM_CAUSE_NORMAL },
    { "+CRING",     false, ANSWER_RING,      MODEM_CAUSE_NORMAL },
    { "+CLCC:",     false, ANSWER_CALL,      MODEM_CAUSE_NORMAL },
    { "RDY",        true,  ANSWER_RESTARTED, MODEM_CAUSE_NORMAL },
    { "^SYSSTART",  true,  ANSWER_RESTARTED, MODEM_CAUSE_NORMAL },
};

static struct at_answer parse_line(const char *line)
{
    for (unsigned i = 0; i < sizeof lines / sizeof lines[0]; i++) {
        const char *rest = after(line, lines[i].text);

        if (rest == NULL || (lines[i].is_whole_line && *rest != '\0'))
            continue;
        return lines[i].kind == ANSWER_CALL ? parse_call(rest) :
               (struct at_answer){ .kind = lines[i].kind, .cause = lines[i].cause };
    }
    return (struct at_answer){ 0 };
}

struct at_answer at_reader_feed(struct at_reader *reader, uint8_t byte)
{
    struct at_answer answer = { 0 };

    if (byte != '\r' && byte != '\n') {
        if (reader->length == AT_LINE_BYTES - 1)
            reader->is_too_long = true;
        else
            reader->line[reader->length++] = byte == '\0' ? '?' : (char)byte;
        return answer;
    }
    reader->line[reader->length] = '\0';
    if (!reader->is_too_long)
        answer = parse_line(reader->line);
    reader->length = 0;
    reader->is_too_long = false;
    return answer;
}

static void put(struct at_text *text, char c)
{
    if (text->length < AT_COMMAND_BYTES)
        text->bytes[text->length++] = (uint8_t)c;
}

void at_append(struct at_text *text, const char *begin, const struct number *number, const char *end)
{
    while (*begin != '\0')
        put(text, *begin++);
    for (uint32_t i = 0; i < number->length; i++)
        put(text, NUMBER_ALPHABET[number_symbol_at(number, i)]);
    while (*end != '\0')
        put(text, *end++);
}
