/* SPDX-License-Identifier: BSD-2-Clause */
/* Collects bytes into command lines, with echo and editing (V.250 5.2). */
#include "at_line.h"

enum { BYTE_BACKSPACE = 8, BYTE_CR = 13, BYTE_FIRST_PRINTABLE = 32, BYTE_DELETE = 127 };

static enum at_line_event hunt(struct at_line *line, uint8_t byte)
{
    if (byte == 'A' || byte == 'a') {
        line->first = byte;
        line->phase = AT_SAW_A;
    }
    return AT_LINE_NOTHING;
}

/* V.250 5.2.1: both letters of the prefix have the same case. */
static enum at_line_event after_a(struct at_line *line, uint8_t byte)
{
    uint8_t wanted = line->first == 'A' ? 'T' : 't';

    line->phase = AT_HUNTING;
    if (byte == '/') {
        return AT_LINE_REPEAT;
    }
    if (byte != wanted) {
        return hunt(line, byte);
    }
    line->phase = AT_BODY;
    line->length = 0;
    line->too_long = false;
    return AT_LINE_NOTHING;
}

static enum at_line_event finish(struct at_line *line)
{
    line->phase = AT_HUNTING;
    if (line->too_long) {
        line->length = 0;
        line->text[0] = '\0';
        return AT_LINE_TOO_LONG;
    }
    line->text[line->length] = '\0';
    return AT_LINE_COMPLETE;
}

static enum at_line_event body(struct at_line *line, uint8_t byte)
{
    if (byte == BYTE_CR) {
        return finish(line);
    }
    if (byte == BYTE_BACKSPACE || byte == BYTE_DELETE) {
        line->length -= line->length > 0;
    } else if (byte >= BYTE_FIRST_PRINTABLE && line->length == AT_LINE_BYTES) {
        line->too_long = true;
    } else if (byte >= BYTE_FIRST_PRINTABLE) {
        line->text[line->length++] = (char)byte;
    }
    return AT_LINE_NOTHING;
}

enum at_line_event at_line_feed(struct at_line *line, uint8_t byte)
{
    uint8_t seven = byte & 0x7f; /* V.250 5.1: the eighth bit is ignored */

    switch (line->phase) {
    case AT_SAW_A:
        return after_a(line, seven);
    case AT_BODY:
        return body(line, seven);
    case AT_HUNTING:
        break;
    }
    return hunt(line, seven);
}
