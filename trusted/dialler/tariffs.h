/* SPDX-License-Identifier: BSD-2-Clause */
/* What calls cost, by the beginning of the number: data, and the search in it. */
#ifndef DIALLER_TARIFFS_H
#define DIALLER_TARIFFS_H

#include "display.h"

struct tariff_rule {
    const char *prefix;     /* digits of the E.164 number without '+'; '?' stands for any digit */
    uint8_t category;       /* enum tariff_category */
    uint8_t unit;           /* enum tariff_unit */
    uint16_t price_cents;
    uint8_t service_digits; /* of the national number: the first group when it is shown */
    uint8_t tariff_digits;  /* the second one */
};

struct short_rule {
    const char *prefix; /* of the number exactly as it was dialled */
    uint8_t least_digits, most_digits;
    uint8_t category, unit;
    uint16_t price_cents;
};

enum { HOME_COUNTRY = 49, HOME_COUNTRY_DIGITS = 2 };

/* NULL: no rule. Longest prefix wins. */
const struct tariff_rule *tariff_find(const uint8_t *digits, uint32_t length);
const struct short_rule *tariff_find_short(const uint8_t *digits, uint32_t length);
/* How many digits of an E.164 number are the calling code: 1, 2 or 3 (ITU-T E.164 list). */
uint32_t tariff_country_digits(const uint8_t *digits, uint32_t length);

#endif
