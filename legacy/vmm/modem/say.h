/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The modem's line out: what it says to the guest (ITU-T V.250, 5.7 "DCE responses"). An answer or
 * a result code is built whole and sent whole (M4); what does not fit its text is cut, never
 * written past the end.
 */
#pragma once

#include <stdbool.h>
#include <stdint.h>

#include "number.h"

struct say {
    void (*send)(void *context, const char *bytes, uint32_t count);
    void *context;
    bool has_echo, is_verbose, is_quiet; /* ATE, ATV, ATQ */
};

/* A line of information text or an unsolicited result code. */
struct text {
    uint32_t length;
    char bytes[96];
};
void text_add(struct text *text, const char *string);
void text_add_decimal(struct text *text, uint32_t value);
void text_add_number(struct text *text, const struct number *number);
/* The closing quote and the type that follow a number: TS 27.007, 6.1 "+CSTA"; 128 = there is none.
 */
const char *text_number_type(const struct number *number);

/* As after power-on: words, and no echo, as a tty whose own echo is on would answer for ever. */
void say_reset(struct say *say);
void say_line(const struct say *say, const struct text *text);
void say_information(const struct say *say, const char *string);
/* A result code: its words, or its digit and a CR, or nothing, as the guest chose. */
void say_result(const struct say *say, const char *words, char digit);
/* TS 27.005, 3.5.1 "Send Message": the prompt after which text comes. */
void say_prompt(const struct say *say);
void say_echo(const struct say *say, uint8_t byte);
