/* SPDX-License-Identifier: BSD-2-Clause */
/* The screens, drawn out of the server's state. Nothing here changes the state but `damage`,
 * `filled` and prompt.drawn, the records of what was drawn. */
#ifndef DISPLAY_PAINT_H
#define DISPLAY_PAINT_H

#include <stddef.h>

#include "server.h"

/* Draw what is damaged; clears s->damage. */
void paint(struct server *s);

/* screens and their moving parts */
void paint_bar(struct server *s);
void paint_prompt(struct server *s);
void paint_countdown(struct server *s);
void paint_keypad(struct server *s);
void paint_keypad_number(struct server *s);
void paint_keypad_keys(struct server *s);
void paint_call(struct server *s);
void paint_call_clock(struct server *s);
void paint_home(struct server *s);
void paint_log(struct server *s);
void paint_result(struct server *s);
void paint_card(struct server *s);
void paint_confirm(struct server *s);

/* pieces */
void paint_word(struct server *s, enum word word, const char *filling, int32_t below, enum theme_role role);
void paint_fill(struct server *s, enum box box, int32_t below, uint32_t colour);
void paint_button(struct server *s, enum word word, enum theme_role role);
void paint_rimmed_button(struct server *s, enum word word, enum theme_role role);
/* Count of digits, grey, below the number. */
void paint_digits(struct server *s, const struct number *n, int32_t below);
/* The number in rows from `top` on; returns the y below it. `drawn` records it, or is NULL. */
int32_t paint_number(struct server *s, const struct number *n, uint32_t gaps, int32_t top,
                     enum theme_role role, struct number *drawn);
/* Category and price across the page at y `top`; returns the y below it. */
int32_t paint_band(struct server *s, const struct tariff *tariff, uint32_t country, int32_t top);
/* Plus, title and number. */
void paint_emergency(struct server *s, const struct number *n, struct number *drawn);

uint32_t call_seconds(const struct server *s);
uint32_t call_second_part_us(const struct server *s); /* of the present second, what has passed */
struct rect call_tone_key(const struct server *s, uint32_t index); /* in the order of the keypad */

#endif
