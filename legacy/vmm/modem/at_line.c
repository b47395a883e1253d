/* SPDX-License-Identifier: BSD-2-Clause */
/* Collects the bytes that the guest writes to its modem into command lines, and echoes them. */
#include "at_line.h"

enum { BS = 0x08, LF = 0x0a, CR = 0x0d, ESC = 0x1b, SPACE = 0x20, DEL = 0x7f };

/* Only these: the text stays, so that a completed line can still be read after its CR. */
void at_line_reset(struct at_line *line)
{
    line->length = 0;
    line->is_spoilt = false;
}

static bool is_start(const struct at_line *line)
{
    return line->length == 0 && !line->is_spoilt;
}

static enum at_line_event add(struct at_line *line, uint8_t byte)
{
    if (line->length == AT_LINE_MAX || byte < SPACE || byte > 0x7e) {
        line->is_spoilt = true;
        return AT_LINE_MORE;
    }
    line->text[line->length++] = (char)byte;
    const bool is_repeat = line->length == 2 && (line->text[0] == 'A' || line->text[0] == 'a') &&
                           byte == '/' && !line->is_spoilt;
    return is_repeat ? AT_LINE_REPEAT : AT_LINE_MORE;
}

enum at_line_event at_line_feed(struct at_line *line, uint8_t byte)
{
    if (byte == CR) {
        return line->is_spoilt ? AT_LINE_SPOILT : AT_LINE_COMPLETE;
    }
    /* The LF of a CR LF, blanks in front, and the ESC by which clients leave a text prompt. */
    if (is_start(line) && (byte == LF || byte == SPACE || byte == ESC)) {
        return AT_LINE_MORE;
    }
    if (byte == BS || byte == DEL) {
        line->length -= line->length != 0 ? 1 : 0;
        return AT_LINE_MORE;
    }
    return add(line, byte);
}

/* ---- what a line is, that is no command line ------------------------------------------------- */

static bool starts_with(const struct at_line *line, const char *prefix)
{
    uint32_t i = 0;
    while (i < line->length && prefix[i] != 0 && line->text[i] == prefix[i]) {
        i++;
    }
    return prefix[i] == 0;
}

bool at_line_is_escape(const struct at_line *line)
{
    return line->length == 3 && starts_with(line, "+++");
}

bool at_line_is_reflection(const struct at_line *line)
{
    return starts_with(line, "OK") || starts_with(line, "ERROR") || starts_with(line, "RING") ||
           starts_with(line, "NO CARRIER") || starts_with(line, "BUSY") || starts_with(line, "+");
}

bool at_line_is_escaped_hang_up(const struct at_line *line)
{
    const bool has_zero = line->length == 7 && line->text[6] == '0';
    return (line->length == 6 || has_zero) &&
           (starts_with(line, "+++ATH") || starts_with(line, "+++ath"));
}
