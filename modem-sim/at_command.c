/* SPDX-License-Identifier: BSD-2-Clause */
/* Splits a command line as a modem does (V.250, 3GPP TS 27.007). */
#include "at_command.h"

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

static char upper(char c)
{
    return c >= 'a' && c <= 'z' ? (char)(c - 'a' + 'A') : c;
}

static bool is_letter(char c)
{
    return upper(c) >= 'A' && upper(c) <= 'Z';
}

static bool is_extended_prefix(char c)
{
    return c == '+' || c == '^' || c == '*' || c == '%' || c == '$' || c == '#' || c == '@';
}

/* V.250 5.4.1: names go on with letters, digits and these. */
static bool is_name_character(char c)
{
    return is_letter(c) || is_digit(c) || c == '!' || c == '-' || c == '.' || c == '/' ||
           c == ':' || c == '_';
}

static char peek(const struct at_cursor *cursor)
{
    return cursor->position < cursor->length ? cursor->text[cursor->position] : '\0';
}

static void skip_spaces(struct at_cursor *cursor)
{
    while (peek(cursor) == ' ') {
        cursor->position++;
    }
}

static uint32_t take_number(struct at_cursor *cursor)
{
    uint32_t value = 0;

    for (; is_digit(peek(cursor)); cursor->position++) {
        value = value < 100000 ? value * 10 + (uint32_t)(peek(cursor) - '0') : value;
    }
    return value;
}

/* Everything up to a ';' outside quotes. */
static void take_argument(struct at_cursor *cursor, struct at_command *out)
{
    bool quoted = false;

    out->argument = cursor->text + cursor->position;
    for (; cursor->position < cursor->length; cursor->position++) {
        quoted ^= peek(cursor) == '"';
        if (peek(cursor) == ';' && !quoted) {
            break;
        }
    }
    out->argument_length = (size_t)(cursor->text + cursor->position - out->argument);
}

static void take_kind(struct at_cursor *cursor, struct at_command *out)
{
    skip_spaces(cursor);
    if (peek(cursor) == '?') {
        out->kind = AT_READ;
        cursor->position++;
    } else if (peek(cursor) == '=') {
        cursor->position++;
        out->kind = peek(cursor) == '?' ? AT_TEST : AT_SET;
        cursor->position += out->kind == AT_TEST;
    }
    if (out->kind == AT_SET) {
        take_argument(cursor, out);
    }
}

static enum at_next take_extended(struct at_cursor *cursor, struct at_command *out)
{
    size_t n = 0;

    out->name[n++] = peek(cursor);
    for (cursor->position++; is_name_character(peek(cursor)) && n < AT_NAME_BYTES - 1;
         cursor->position++) {
        out->name[n++] = upper(peek(cursor));
    }
    out->name[n] = '\0';
    take_kind(cursor, out);
    skip_spaces(cursor);
    if (peek(cursor) != ';' && cursor->position != cursor->length) {
        return AT_NEXT_BAD;
    }
    cursor->position += peek(cursor) == ';';
    return AT_NEXT_COMMAND;
}

/* V.250 6.3.1: the dial string takes the rest of the line, or ends at its ';'. */
static enum at_next take_dial(struct at_cursor *cursor, struct at_command *out)
{
    take_argument(cursor, out);
    if (peek(cursor) == ';') {
        out->argument_length++;
        cursor->position++;
    }
    return AT_NEXT_COMMAND;
}

/* V.250 5.3.2 "S-parameters" */
static enum at_next take_register(struct at_cursor *cursor, struct at_command *out)
{
    out->number = take_number(cursor);
    if (peek(cursor) == '?') {
        out->kind = AT_READ;
        cursor->position++;
        return AT_NEXT_COMMAND;
    }
    if (peek(cursor) != '=') {
        return AT_NEXT_BAD;
    }
    cursor->position++;
    out->kind = AT_SET;
    out->argument = cursor->text + cursor->position;
    take_number(cursor);
    out->argument_length = (size_t)(cursor->text + cursor->position - out->argument);
    return AT_NEXT_COMMAND;
}

static enum at_next take_basic(struct at_cursor *cursor, struct at_command *out)
{
    size_t n = 0;

    if (peek(cursor) == '&') {
        out->name[n++] = '&';
        cursor->position++;
    }
    if (!is_letter(peek(cursor))) {
        return AT_NEXT_BAD;
    }
    out->name[n++] = upper(peek(cursor));
    out->name[n] = '\0';
    cursor->position++;
    if (n == 1 && out->name[0] == 'D') {
        return take_dial(cursor, out);
    }
    if (n == 1 && out->name[0] == 'S') {
        return take_register(cursor, out);
    }
    out->number = take_number(cursor);
    return AT_NEXT_COMMAND;
}

enum at_next at_command_next(struct at_cursor *cursor, struct at_command *out)
{
    *out = (struct at_command){ .argument = "" };
    skip_spaces(cursor);
    if (cursor->position == cursor->length) {
        return AT_NEXT_END;
    }
    if (is_extended_prefix(peek(cursor))) {
        return take_extended(cursor, out);
    }
    return take_basic(cursor, out);
}

bool at_argument(const struct at_command *command, unsigned index, char out[AT_ARGUMENT_BYTES])
{
    bool quoted = false;
    unsigned at = 0;
    size_t n = 0;

    for (size_t i = 0; i < command->argument_length; i++) {
        char c = command->argument[i];

        if (c == '"') {
            quoted = !quoted;
        } else if (c == ',' && !quoted) {
            at++;
        } else if (at == index && (quoted || c != ' ')) {
            if (n == AT_ARGUMENT_BYTES - 1) {
                return false;
            }
            out[n++] = c;
        }
    }
    out[n] = '\0';
    return at >= index && n > 0;
}

uint32_t at_argument_number(const struct at_command *command, unsigned index, uint32_t otherwise)
{
    char text[AT_ARGUMENT_BYTES];
    uint32_t value = 0;

    if (!at_argument(command, index, text)) {
        return otherwise;
    }
    for (const char *c = text; *c != '\0'; c++) {
        if (!is_digit(*c) || value > 100000) {
            return otherwise;
        }
        value = value * 10 + (uint32_t)(*c - '0');
    }
    return value;
}
