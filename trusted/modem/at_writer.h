/* SPDX-License-Identifier: BSD-2-Clause */
/* The driver's own AT text, out of typed values only. */
#ifndef MODEM_AT_WRITER_H
#define MODEM_AT_WRITER_H

#include "number.h"

enum { AT_COMMAND_BYTES = 64 };

struct at_text {
    uint32_t length;
    uint8_t bytes[AT_COMMAND_BYTES];
};

void at_write(struct at_text *text, const char *command); /* with its CR */
/* TS 27.007 6.2 ATD, 6.31: I and i invoke and suppress CLIR; ';' makes it a voice call. */
void at_write_dial(struct at_text *text, const struct number *number, uint32_t flags);
void at_write_tone(struct at_text *text, unsigned symbol);

#endif
