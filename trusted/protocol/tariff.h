/* SPDX-License-Identifier: BSD-2-Clause */
/* What a number costs, as messages carry it and as the cost band says it. */
#pragma once

#include <stdbool.h>
#include <stdint.h>

/* the texts are the display's */
enum tariff_category {
    TARIFF_UNKNOWN = 0,
    TARIFF_PLAN,
    TARIFF_MOBILE,
    TARIFF_FIXED, /* at home, at the plan's price: 115; mobile; area codes */
    TARIFF_FREE,
    TARIFF_EMERGENCY, /* the last of the plain ones */
    TARIFF_PREMIUM_0900,
    TARIFF_PREMIUM,      /* other premium rate */
    TARIFF_SHARED_COST,  /* 0180, 0137-1..6 */
    TARIFF_MASS_TRAFFIC, /* 0137 */
    TARIFF_DIRECTORY,    /* 118xx */
    TARIFF_PERSONAL,     /* 0700, 032 */
    TARIFF_FOREIGN,
    TARIFF_SATELLITE,
    TARIFF_SERVICE, /* other service numbers */
    TARIFF_CATEGORIES
};

enum tariff_unit {
    PRICE_NONE = 0,
    PRICE_PER_MINUTE,
    PRICE_PER_CALL,
    PRICE_UP_TO_PER_MINUTE,
    PRICE_UNITS
};

enum { TARIFF_CENTS_MAX = 9999 };

struct tariff {
    uint32_t category; /* enum tariff_category */
    uint32_t cents;    /* 0 with PRICE_NONE */
    uint32_t unit;     /* enum tariff_unit */
};

/* Costs no more than the plan says: needs no hold. */
static inline bool tariff_is_plain(uint32_t category)
{
    return category >= TARIFF_PLAN && category <= TARIFF_EMERGENCY;
}

static inline bool tariff_is_valid(const struct tariff *t)
{
    return t->category < TARIFF_CATEGORIES && t->cents <= TARIFF_CENTS_MAX && t->unit < PRICE_UNITS;
}
