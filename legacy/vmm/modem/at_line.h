/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The modem's line in: bytes from the guest to command lines
 * (ITU-T V.250, 5.2.1 "Command line format", 5.2.2 editing). CR ends a line, BS and
 * DEL edit it, any other byte that is not printable ASCII spoils it; a line longer than
 * AT_LINE_MAX is thrown away to its CR. Terminator and editing character are fixed.
 */
#pragma once

#include <stdbool.h>
#include <stdint.h>

enum { AT_LINE_MAX = 560 };

struct at_line {
    uint32_t length;
    bool is_spoilt;
    char text[AT_LINE_MAX];
};

enum at_line_event {
    AT_LINE_MORE,     /* not complete yet */
    AT_LINE_COMPLETE, /* text[0..length) is a line; the next byte starts another */
    AT_LINE_SPOILT,   /* complete, but a byte of it was illegal or it was too long */
    AT_LINE_REPEAT,   /* "A/": 5.2.4, complete without CR */
};

void at_line_reset(struct at_line *line);
enum at_line_event at_line_feed(struct at_line *line, uint8_t byte);

/* "+++" alone, as minicom sends it before a silence. */
bool at_line_is_escape(const struct at_line *line);
/* The modem's own words, thrown back by a tty that echoes: an answer would start an endless
 * exchange. */
bool at_line_is_reflection(const struct at_line *line);
/* Scripts that hang up (Debian's examples for ppp, minicom) send "+++ATH" in one go, without the
 * guard times that would make an escape of it. Only that much of such a line is meant. */
bool at_line_is_escaped_hang_up(const struct at_line *line);
