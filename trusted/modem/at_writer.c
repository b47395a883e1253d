/* SPDX-License-Identifier: BSD-2-Clause */
#include "at_writer.h"

#include "dialler.h"

_Static_assert(AT_COMMAND_BYTES >= NUMBER_SYMBOLS_MAX + 8, "a dial command with the longest number fits");

static const char symbols[SYMBOL_COUNT + 1] = "0123456789*#+";

static void put(struct at_text *text, char c)
{
    if (text->length < AT_COMMAND_BYTES)
        text->bytes[text->length++] = (uint8_t)c;
}

static void put_text(struct at_text *text, const char *more)
{
    while (*more != '\0')
        put(text, *more++);
}

void at_write(struct at_text *text, const char *command)
{
    text->length = 0;
    put_text(text, command);
    put(text, '\r');
}

void at_write_dial(struct at_text *text, const struct number *number, uint32_t flags)
{
    text->length = 0;
    put_text(text, "ATD");
    for (uint32_t i = 0; i < number->length; i++)
        put(text, symbols[number_symbol_at(number, i)]);
    if (flags & DIAL_HIDE_NUMBER)
        put(text, 'I');
    else if (flags & DIAL_SHOW_NUMBER)
        put(text, 'i');
    put_text(text, ";\r");
}

void at_write_tone(struct at_text *text, unsigned symbol)
{
    text->length = 0;
    put_text(text, "AT+VTS=");
    put(text, symbols[symbol]);
    put(text, '\r');
}
