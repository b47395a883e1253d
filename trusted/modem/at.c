/* SPDX-License-Identifier: BSD-2-Clause */
/* Answers of the modem, parsed into types (3GPP TS 27.007). What cannot be parsed is said to be so.
 */
#include "at.h"

#include <stddef.h>

enum { TYPE_INTERNATIONAL = 145, VALUE_MAX = 100000 };

_Static_assert(AT_COMMAND_BYTES >= NUMBER_SYMBOLS_MAX + 8,
               "a dial command with the longest number fits");

/* What follows `prefix`, or NULL. */
static const char *after(const char *line, const char *prefix)
{
    while (*prefix != '\0') {
        if (*line++ != *prefix++) {
            return NULL;
        }
    }
    return line;
}

static void skip_blanks(const char **at)
{
    while (**at == ' ') {
        (*at)++;
    }
}

/* Steps over the comma behind a value. False: neither a comma nor the end follows. */
static bool end_value(const char **at)
{
    skip_blanks(at);
    if (**at != ',') {
        return **at == '\0';
    }
    (*at)++;
    skip_blanks(at);
    return true;
}

static bool take_value(const char **at, uint32_t *value_out)
{
    const char *begin;

    skip_blanks(at);
    begin = *at;
    for (*value_out = 0; **at >= '0' && **at <= '9' && *value_out <= VALUE_MAX; (*at)++) {
        *value_out = *value_out * 10 + (uint32_t)(**at - '0');
    }
    return *at != begin && end_value(at);
}

static unsigned symbol_of(char c)
{
    unsigned symbol = 0;

    while (symbol < SYMBOL_COUNT && NUMBER_ALPHABET[symbol] != c) {
        symbol++;
    }
    return symbol;
}

/* TS 24.229: an emergency call may be listed by a name. */
static bool is_emergency_name(const char *at)
{
    static const char *const names[] = { "sos", "SOS", "urn:service:sos" };

    for (unsigned i = 0; i < sizeof names / sizeof names[0]; i++) {
        const char *rest = after(at, names[i]);

        if (rest != NULL && (*rest == '"' || *rest == '.' || *rest == ',' || *rest == '\0')) {
            return true;
        }
    }
    return false;
}

/* Between quotes or, as some write it, without them. The number is of length 0 when it is none. */
static void take_number(const char **at, struct at_answer *answer)
{
    const bool is_quoted = **at == '"';
    const char end = is_quoted ? '"' : ',';
    bool is_good = true;

    *at += is_quoted ? 1 : 0;
    answer->has_number = **at != end && **at != '\0';
    answer->is_emergency = answer->has_number && is_emergency_name(*at);
    for (; **at != end && **at != '\0' && (is_quoted || **at != ' '); (*at)++) {
        is_good = is_good && number_append(&answer->number, symbol_of(**at));
    }
    if (!is_good ||
        (is_quoted && **at != '"')) { /* a line that was cut short may have lost digits */
        answer->number = (struct number){ 0 };
    }
    *at += is_quoted && **at == '"' ? 1 : 0;
}

/* TS 24.008 10.5.4.7: a type of 145 is the '+' of a number that is written without it. */
static void take_type(const char **at, struct number *number)
{
    struct number with_plus = { 0 };
    uint32_t type;

    if (!end_value(at) || number->length == 0 || !take_value(at, &type) ||
        type != TYPE_INTERNATIONAL || number_symbol_at(number, 0) == SYMBOL_PLUS) {
        return;
    }
    (void)number_append(&with_plus, SYMBOL_PLUS);
    for (uint32_t i = 0; i < number->length; i++) {
        (void)number_append(&with_plus, number_symbol_at(number, i));
    }
    *number = with_plus;
}

/* TS 27.007 7.18: id, dir, stat, mode, mpty [, number, type …]. */
static struct at_answer parse_call(const char *at)
{
    enum { DIRECTION = 1, STATE, MODE, VALUES = 5 };
    struct at_answer answer = { .kind = ANSWER_CALL };
    uint32_t value[VALUES];

    for (unsigned i = 0; i < VALUES; i++) {
        if (!take_value(&at, &value[i])) {
            return (struct at_answer){ .kind = ANSWER_UNREADABLE };
        }
    }
    if (value[DIRECTION] > 1) {
        return (struct at_answer){ .kind = ANSWER_UNREADABLE };
    }
    answer.state = value[STATE];
    answer.mode = value[MODE];
    answer.is_incoming = value[DIRECTION] == 1;
    take_number(&at, &answer);
    take_type(&at, &answer.number);
    return answer;
}

static const struct {
    const char *text;
    enum { WHOLE, WORDS, BEGINNING } is; /* WORDS: a blank and more may follow */
    enum at_answer_kind kind;
    enum modem_cause cause;
} lines[] = {
    { "OK", WHOLE, ANSWER_OK, MODEM_CAUSE_NORMAL },
    { "ERROR", WHOLE, ANSWER_ERROR, MODEM_CAUSE_ERROR },
    { "+CME ERROR", BEGINNING, ANSWER_ERROR, MODEM_CAUSE_ERROR },
    { "+CMS ERROR", BEGINNING, ANSWER_ERROR, MODEM_CAUSE_ERROR },
    { "COMMAND NOT SUPPORT", BEGINNING, ANSWER_ERROR, MODEM_CAUSE_ERROR },
    { "NO CARRIER", WORDS, ANSWER_END, MODEM_CAUSE_NORMAL },
    { "BUSY", WORDS, ANSWER_END, MODEM_CAUSE_BUSY },
    { "NO ANSWER", WORDS, ANSWER_END, MODEM_CAUSE_NO_ANSWER },
    { "NO DIALTONE", WORDS, ANSWER_END, MODEM_CAUSE_NO_DIALTONE },
    { "NO DIAL TONE", WORDS, ANSWER_END, MODEM_CAUSE_NO_DIALTONE },
    { "CONNECT", WORDS, ANSWER_CONNECT, MODEM_CAUSE_NORMAL },
    { "RING", WORDS, ANSWER_RING, MODEM_CAUSE_NORMAL },
    { "+CRING", BEGINNING, ANSWER_RING, MODEM_CAUSE_NORMAL },
    { "+CCWA:", BEGINNING, ANSWER_RING, MODEM_CAUSE_NORMAL },
    { "+CLCC:", BEGINNING, ANSWER_CALL, MODEM_CAUSE_NORMAL },
    { "^CEND:", BEGINNING, ANSWER_CHANGED, MODEM_CAUSE_NORMAL },
    { "VOICE CALL: END", BEGINNING, ANSWER_CHANGED, MODEM_CAUSE_NORMAL },
    { "+CPIN: NOT", BEGINNING, ANSWER_NOTHING, MODEM_CAUSE_NORMAL },
    { "+CPIN:", BEGINNING, ANSWER_SIM, MODEM_CAUSE_NORMAL },
    { "RDY", WHOLE, ANSWER_RESTARTED, MODEM_CAUSE_NORMAL },
    { "^SYSSTART", WHOLE, ANSWER_RESTARTED, MODEM_CAUSE_NORMAL },
};

static bool fits(const char *rest, int is)
{
    return rest != NULL && (is == BEGINNING || *rest == '\0' || (is == WORDS && *rest == ' '));
}

static struct at_answer parse_line(const char *line)
{
    for (unsigned i = 0; i < sizeof lines / sizeof lines[0]; i++) {
        const char *rest = after(line, lines[i].text);

        if (fits(rest, lines[i].is)) {
            return lines[i].kind == ANSWER_CALL
                       ? parse_call(rest)
                       : (struct at_answer){ .kind = lines[i].kind, .cause = lines[i].cause };
        }
    }
    return (struct at_answer){ 0 };
}

struct at_answer at_reader_feed(struct at_reader *reader, uint8_t byte)
{
    struct at_answer answer = { 0 };

    if (byte != '\r' && byte != '\n') {
        if (reader->length == AT_LINE_BYTES - 1) {
            reader->is_too_long = true;
        } else {
            reader->line[reader->length++] = byte == '\0' ? '?' : (char)byte;
        }
        return answer;
    }
    reader->line[reader->length] = '\0';
    answer = parse_line(reader->line);
    if (reader->is_too_long && answer.kind != ANSWER_CALL && answer.kind != ANSWER_UNREADABLE) {
        answer = (struct at_answer){
            0
        }; /* of a call the beginning is enough; a longer word is another word */
    }
    reader->length = 0;
    reader->is_too_long = false;
    return answer;
}

static void put(struct at_text *text, char c)
{
    if (text->length < AT_COMMAND_BYTES) {
        text->bytes[text->length++] = (uint8_t)c;
    }
}

void at_append(struct at_text *text, const char *begin, const struct number *number,
               const char *end)
{
    while (*begin != '\0') {
        put(text, *begin++);
    }
    for (uint32_t i = 0; i < number->length; i++) {
        put(text, NUMBER_ALPHABET[number_symbol_at(number, i)]);
    }
    while (*end != '\0') {
        put(text, *end++);
    }
}
