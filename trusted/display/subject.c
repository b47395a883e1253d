/* SPDX-License-Identifier: BSD-2-Clause */
/* What a prompt, a call, a result or the keypad is about: number, origin, price. */
#include "subject.h"
#include "text.h"

bool subject_take(struct subject *out, uint32_t origin, const struct shown_number *shown)
{
    *out = (struct subject){ origin, shown->tariff, shown->groups, shown->country, shown->number };
    return shown->country < COUNTRIES;
}

uint32_t subject_digits(const struct subject *s)
{
    uint32_t digits = 0;

    for (uint32_t i = 0; i < s->number.length && i < NUMBER_SYMBOLS_MAX; i++) {
        digits += number_symbol_at(&s->number, i) < SYMBOL_STAR;
    }
    return digits;
}

uint32_t subject_gaps(const struct subject *s)
{
    const uint32_t prefix = number_prefix(&s->number);
    uint32_t gaps = s->gaps;

    for (uint32_t i = prefix; s->gaps == 0 && prefix != 0 && i + 1 < s->number.length; i += 3) {
        gaps |= 1u << i;
    }
    return gaps;
}
