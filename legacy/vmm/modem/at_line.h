/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The virtual modem's line reader: bytes from the guest to command lines
 * (ITU-T V.250, 5.2.1 "Command line format", 5.2.2 editing). CR ends a line, BS and
 * DEL edit it, whatever else is no printable ASCII spoils it; a line longer than
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
