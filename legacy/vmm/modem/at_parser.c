/* SPDX-License-Identifier: BSD-2-Clause */
/* Splits a command line into commands, each with a name, an operation and parameters (3GPP
 * TS 27.007, V.250). */
#include "at_parser.h"

#include <stddef.h>

#include "dialler.h"

enum { BASIC_PARAMETER_MAX = 255, NO_CHARACTER = 0 };

static char upper(char c)
{
    return c >= 'a' && c <= 'z' ? (char)(c - 'a' + 'A') : c;
}

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

static bool is_letter(char c)
{
    return upper(c) >= 'A' && upper(c) <= 'Z';
}

static bool contains(const char *set, char c)
{
    for (; *set != 0; set++) {
        if (*set == c) {
            return true;
        }
    }
    return false;
}

/* ---- the cursor: spaces outside quotes mean nothing (5.2.1) ---------------------------------- */

static void skip_spaces(struct at_cursor *cursor)
{
    while (cursor->at < cursor->length && cursor->text[cursor->at] == ' ') {
        cursor->at++;
    }
}

static char peek(struct at_cursor *cursor)
{
    skip_spaces(cursor);
    return cursor->at < cursor->length ? cursor->text[cursor->at] : NO_CHARACTER;
}

static bool accept(struct at_cursor *cursor, char c)
{
    if (peek(cursor) != c) {
        return false;
    }
    cursor->at++;
    return true;
}

/* Digits, at least one. False: none, or more than the largest value allows. */
static bool take_number(struct at_cursor *cursor, uint32_t limit, uint32_t *value_out)
{
    if (!is_digit(peek(cursor))) {
        return false;
    }
    uint32_t value = 0;
    while (is_digit(peek(cursor))) {
        value = value * 10 + (uint32_t)(cursor->text[cursor->at++] - '0');
        if (value > limit) {
            return false;
        }
    }
    *value_out = value;
    return true;
}

bool at_begin(struct at_cursor *cursor, const char *text, uint32_t length)
{
    *cursor = (struct at_cursor){ .text = text, .length = length, .at = 2 };
    return length >= 2 &&
           ((text[0] == 'A' && text[1] == 'T') || (text[0] == 'a' && text[1] == 't'));
}

/* ---- dialling (TS 27.007, 6.2) --------------------------------------------------------------- */

static unsigned symbol_of(char c)
{
    unsigned symbol = 0;
    while (symbol < SYMBOL_COUNT && NUMBER_ALPHABET[symbol] != c) {
        symbol++;
    }
    return symbol;
}

/* Visual separators are dropped; pauses, flashes, letters, memories are refused by not being here.
 */
static bool take_dial_string(struct at_cursor *cursor, struct number *number)
{
    for (char c = peek(cursor); c != NO_CHARACTER; c = peek(cursor)) {
        const unsigned symbol = symbol_of(c);
        if (symbol == SYMBOL_COUNT && !contains("-./()", c)) {
            break;
        }
        if (symbol != SYMBOL_COUNT && !number_append(number, symbol)) {
            return false;
        }
        cursor->at++;
    }
    const bool is_plus_only = number->length == 1 && number_symbol_at(number, 0) == SYMBOL_PLUS;
    return number_is_valid(number) && number->length != 0 && !is_plus_only;
}

static uint32_t take_modifiers(struct at_cursor *cursor)
{
    uint32_t flags = 0;
    for (;; cursor->at++) {
        switch (peek(cursor)) {
        case 'I':
            flags |= DIAL_HIDE_NUMBER;
            break;
        case 'i':
            flags |= DIAL_SHOW_NUMBER;
            break;
        case 'G': /* closed user group: none is configured */
        case 'g':
            break;
        default:
            return flags;
        }
    }
}

static bool take_dial(struct at_cursor *cursor, struct at_command *command)
{
    command->kind = AT_DIAL;
    if (!accept(cursor, 'T') && !accept(cursor, 't') && !accept(cursor, 'P')) {
        (void)accept(cursor, 'p');
    }
    if (!take_dial_string(cursor, &command->dialled)) {
        return false;
    }
    command->dial_flags = take_modifiers(cursor);
    command->is_voice = accept(cursor, ';');
    return command->dial_flags != DIAL_FLAGS_ALL && peek(cursor) == NO_CHARACTER;
}

/* ---- basic commands (5.3.1) and S-parameters (5.3.2) ----------------------------------------- */

static bool take_sparameter(struct at_cursor *cursor, struct at_command *command)
{
    command->kind = AT_SPARAMETER;
    if (!take_number(cursor, BASIC_PARAMETER_MAX, &command->number)) {
        return false;
    }
    if (accept(cursor, '?')) {
        command->form = AT_READ;
        return true;
    }
    command->form = AT_SET;
    return accept(cursor, '=') && take_number(cursor, BASIC_PARAMETER_MAX, &command->value);
}

static bool take_basic(struct at_cursor *cursor, struct at_command *command)
{
    uint32_t length = 0;
    if (accept(cursor, '&')) {
        command->name[length++] = '&';
    }
    const char letter = upper(peek(cursor));
    if (!is_letter(letter)) {
        return false;
    }
    cursor->at++;
    command->name[length++] = letter;
    if (length == 1 && letter == 'D') {
        return take_dial(cursor, command);
    }
    if (length == 1 && letter == 'S') {
        return take_sparameter(cursor, command);
    }
    command->kind = AT_BASIC;
    return !is_digit(peek(cursor)) || take_number(cursor, BASIC_PARAMETER_MAX, &command->number);
}

/* ---- extended commands (5.4); other prefixes than '+' are the vendors' ----------------------- */

static bool take_name(struct at_cursor *cursor, struct at_command *command)
{
    uint32_t length = 0;
    do {
        if (length == AT_NAME_MAX) {
            return false;
        }
        command->name[length++] = upper(cursor->text[cursor->at++]);
    } while (is_letter(peek(cursor)) || is_digit(peek(cursor)) ||
             (peek(cursor) != NO_CHARACTER && contains("!%-./:_", peek(cursor))));
    return length > 1;
}

/* Up to the ';' outside quotes that ends the command. False: a quote is left open. */
static bool take_parameters(struct at_cursor *cursor, struct at_command *command)
{
    bool is_quoted = false;
    command->parameters = cursor->text + cursor->at;
    const uint32_t start = cursor->at;
    for (; cursor->at < cursor->length; cursor->at++) {
        const char c = cursor->text[cursor->at];
        if (c == ';' && !is_quoted) {
            break;
        }
        is_quoted ^= c == '"';
    }
    command->parameters_length = cursor->at - start;
    return !is_quoted;
}

static bool take_extended(struct at_cursor *cursor, struct at_command *command)
{
    command->kind = AT_EXTENDED;
    if (!take_name(cursor, command)) {
        return false;
    }
    command->form = AT_ACTION;
    if (accept(cursor, '?')) {
        command->form = AT_READ;
    } else if (accept(cursor, '=')) {
        command->form = accept(cursor, '?') ? AT_TEST : AT_SET;
    }
    if (command->form == AT_SET && !take_parameters(cursor, command)) {
        return false;
    }
    return peek(cursor) == ';' || peek(cursor) == NO_CHARACTER;
}

enum at_step at_next(struct at_cursor *cursor, struct at_command *command)
{
    *command = (struct at_command){ .form = AT_ACTION };
    while (accept(cursor, ';')) {
        /* separators; 5.4.1 allows them also where none is needed */
    }
    const char first = peek(cursor);
    if (first == NO_CHARACTER) {
        return AT_STEP_END;
    }
    const bool is_extended = contains("+^$%*#!@_", first);
    const bool is_good = is_extended ? take_extended(cursor, command) : take_basic(cursor, command);
    return is_good ? AT_STEP_COMMAND : AT_STEP_ERROR;
}

/* ---- parameters ------------------------------------------------------------------------------ */

bool at_name_is(const struct at_command *command, const char *name)
{
    uint32_t i = 0;
    while (name[i] != 0 && command->name[i] == name[i]) {
        i++;
    }
    return name[i] == command->name[i];
}

/* The index-th parameter as a cursor of its own. */
static bool find_parameter(const struct at_command *command, uint32_t index, struct at_cursor *out)
{
    bool is_quoted = false;
    uint32_t start = 0;
    uint32_t found = 0;
    for (uint32_t i = 0; i <= command->parameters_length; i++) {
        const bool is_end = i == command->parameters_length;
        if (is_end || (command->parameters[i] == ',' && !is_quoted)) {
            if (found++ == index) {
                *out =
                    (struct at_cursor){ .text = command->parameters + start, .length = i - start };
                return true;
            }
            start = i + 1;
        } else {
            is_quoted ^= command->parameters[i] == '"';
        }
    }
    return false;
}

bool at_parameter_number(const struct at_command *command, uint32_t index, uint32_t *value_out)
{
    struct at_cursor cursor;
    return find_parameter(command, index, &cursor) && take_number(&cursor, 99999, value_out) &&
           peek(&cursor) == NO_CHARACTER;
}

bool at_parameter_string(const struct at_command *command, uint32_t index, const char **text_out,
                         uint32_t *length_out)
{
    struct at_cursor cursor;
    if (!find_parameter(command, index, &cursor) || !accept(&cursor, '"')) {
        return false;
    }
    *text_out = cursor.text + cursor.at;
    const uint32_t start = cursor.at;
    while (cursor.at < cursor.length && cursor.text[cursor.at] != '"') {
        cursor.at++;
    }
    *length_out = cursor.at - start;
    return accept(&cursor, '"') && peek(&cursor) == NO_CHARACTER;
}
