/* SPDX-License-Identifier: BSD-2-Clause */
/* Whom a prompt, a call, a result or the keypad is about, and at what price. */
#pragma once

#include "display.h"

struct subject {
    uint32_t origin; /* enum call_origin */
    struct tariff tariff;
    uint32_t gaps, country;
    struct number number;
};

/* False: there is no such country. */
bool subject_take(struct subject *out, uint32_t origin, const struct shown_number *shown);
uint32_t subject_digits(const struct subject *s);
/* As the dialler grouped it; behind a prefix that it does not group threes begin anew. */
uint32_t subject_gaps(const struct subject *s);
