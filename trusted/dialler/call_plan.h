/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * From a requested number to what is shown and dialled, and what is known about
 * its cost. The number that is dialled is the one that was asked for, symbol by
 * symbol; the E.164 form is made only to look its price up.
 */
#pragma once

#include "dialler.h"
#include "display.h"

struct call_plan {
    struct number number; /* without a *31# or #31# in front, which is in flags and notes */
    uint32_t flags;       /* enum dial_flags */
    uint32_t category;    /* enum tariff_category */
    uint32_t unit;        /* enum tariff_unit */
    uint32_t price_cents;
    uint32_t notes;    /* enum prompt_note */
    uint32_t groups;   /* bit i: a gap before symbol i */
    uint32_t country;  /* row of protocol/countries.tsv, 0 = home or unknown */
    uint32_t reason;   /* enum dial_reason: why it cannot be called, or REASON_NONE */
    bool is_emergency; /* exactly one of the emergency numbers */
    bool needs_hold;   /* costs, or may cost, more than the plan's price */
};

enum call_sim { SIM_UNKNOWN = 0, SIM_READY, SIM_NONE };

/* False: nothing that can be called, and the plan's reason is why. Without a SIM there are more
 * emergency numbers. */
bool call_plan_make(const struct number *requested, uint32_t flags, enum call_sim sim,
                    struct call_plan *plan_out);

/* The tables that tables/generate makes: the first rule that fits; the last one always does. */
struct tariff_rule {
    const char *pattern;
    uint8_t least_symbols, most_symbols, category, unit;
    uint16_t price_cents;
    uint8_t service_digits, tariff_digits; /* how the national number is grouped */
};
extern const struct tariff_rule tariff_rules[];
extern const struct country_rule {
    const char *pattern;
    uint16_t number;
    uint8_t code_digits;
} country_rules[];
