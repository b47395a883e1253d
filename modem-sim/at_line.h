/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * From bytes to command lines (ITU-T V.250 5.2 "Command line format"). The line
 * begins with "AT" or "at" and ends with CR; "A/" repeats the last one at once.
 */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum { AT_LINE_BYTES = 600 };

enum at_line_phase { AT_HUNTING = 0, AT_SAW_A, AT_BODY };
enum at_line_event {
    AT_LINE_NOTHING = 0,
    AT_LINE_COMPLETE, /* text holds the body, what follows "AT" */
    AT_LINE_REPEAT,   /* "A/": text still holds the last body */
    AT_LINE_TOO_LONG, /* the whole line is thrown away */
};

struct at_line {
    enum at_line_phase phase;
    bool too_long;
    uint8_t first; /* the case of 'A' decides that of 'T' */
    size_t length;
    char text[AT_LINE_BYTES + 1];
};

enum at_line_event at_line_feed(struct at_line *line, uint8_t byte);
