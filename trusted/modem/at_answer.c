/* SPDX-License-Identifier: BSD-2-Clause */
#include "at_answer.h"

#include <stddef.h>

enum { TYPE_INTERNATIONAL = 145, VALUE_MAX = 100000 };

struct cursor {
    const char *at;
};

static bool is_line(const char *line, const char *text)
{
    while (*text != '\0' && *line == *text) {
        line++;
        text++;
    }
    return *line == *text;
}

static const char *after(const char *line, const char *prefix)
{
    while (*prefix != '\0') {
        if (*line++ != *prefix++)
            return NULL;
    }
    return line;
}

/* A decimal number and the comma behind it, if there is one. */
static bool take_value(struct cursor *c, uint32_t *value_out)
{
    const char *begin;

    while (*c->at == ' ')
        c->at++;
    begin = c->at;
    for (*value_out = 0; *c->at >= '0' && *c->at <= '9'; c->at++) {
        if (*value_out > VALUE_MAX)
            return false;
        *value_out = *value_out * 10 + (uint32_t)(*c->at - '0');
    }
    if (c->at == begin || (*c->at != ',' && *c->at != '\0'))
        return false;
    c->at += *c->at == ',';
    return true;
}

static unsigned symbol_of(char c)
{
    switch (c) {
    case '*':
        return SYMBOL_STAR;
    case '#':
        return SYMBOL_HASH;
    case '+':
        return SYMBOL_PLUS;
    default: return c >= '0' && c <= '9' ? (unsigned)(c - '0') : SYMBOL_COUNT;
    }
}

static bool take_number(struct cursor *c, struct number *number_out)
{
    *number_out = (struct number){ 0 };
    if (*c->at != '"')
        return false;
    for (c->at++; *c->at != '"'; c->at++) {
        if (!number_append(number_out, symbol_of(*c->at)))
            return false;
    }
    c->at++;
    c->at += *c->at == ',';
    return true;
}

/* TS 27.007 7.18: id, dir, stat, mode, mpty [, number, type …]. Another mode than voice is none of ours. */
static struct at_answer parse_call(const char *rest)
{
    struct at_answer answer = { .kind = ANSWER_CALL };
    struct cursor c = { rest };
    uint32_t id, direction, mode, party, type;

    if (!take_value(&c, &id) || !take_value(&c, &direction) || !take_value(&c, &answer.state) ||
        !take_value(&c, &mode) || !take_value(&c, &party) || mode != 0)
        return (struct at_answer){ 0 };
    answer.is_incoming = direction == 1;
    if (!take_number(&c, &answer.number))
        answer.number = (struct number){ 0 };
    else if (take_value(&c, &type))
        answer.is_international = type == TYPE_INTERNATIONAL;
    return answer;
}

/* TS 27.007 7.2: unasked "+CREG: stat[,…]"; asked for "+CREG: n,stat[,…]". A second value that is no
 * quoted text tells them apart. */
static struct at_answer parse_registration(const char *rest)
{
    struct at_answer answer = { .kind = ANSWER_REGISTRATION };
    struct cursor c = { rest };
    uint32_t second;

    if (!take_value(&c, &answer.state))
        return (struct at_answer){ 0 };
    if (take_value(&c, &second))
        answer.state = second;
    return answer;
}

static const struct {
    const char *text;
    enum at_answer_kind kind;
} lines[] = {
    { "OK", ANSWER_OK },           { "ERROR", ANSWER_ERROR }, { "NO CARRIER", ANSWER_NO_CARRIER },
    { "BUSY", ANSWER_BUSY },       { "RING", ANSWER_RING },   { "NO ANSWER", ANSWER_NO_ANSWER },
    { "RDY", ANSWER_RESTARTED },   { "^SYSSTART", ANSWER_RESTARTED },
};

static struct at_answer parse_line(const char *line)
{
    struct at_answer answer = { .kind = ANSWER_NOTHING };

    for (unsigned i = 0; i < sizeof lines / sizeof lines[0]; i++) {
        if (is_line(line, lines[i].text))
            answer.kind = lines[i].kind;
    }
    if (after(line, "+CLCC:") != NULL)
        return parse_call(after(line, "+CLCC:"));
    if (after(line, "+CREG:") != NULL)
        return parse_registration(after(line, "+CREG:"));
    if (after(line, "+CME ERROR") != NULL)
        answer.kind = ANSWER_ERROR;
    if (after(line, "+CRING") != NULL)
        answer.kind = ANSWER_RING;
    return answer;
}

static struct at_answer finish_line(struct at_reader *reader)
{
    bool usable = reader->length > 0 && !reader->is_too_long;

    reader->line[reader->length] = '\0';
    reader->length = 0;
    reader->is_too_long = false;
    return usable ? parse_line(reader->line) : (struct at_answer){ 0 };
}

struct at_answer at_reader_feed(struct at_reader *reader, uint8_t byte)
{
    if (byte == '\r' || byte == '\n')
        return finish_line(reader);
    if (reader->length == ANSWER_LINE_BYTES - 1)
        reader->is_too_long = true;
    else
        reader->line[reader->length++] = byte == '\0' ? '?' : (char)byte;
    return (struct at_answer){ 0 };
}
