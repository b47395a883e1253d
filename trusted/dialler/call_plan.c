/* SPDX-License-Identifier: BSD-2-Clause */
#include "call_plan.h"

#include "normalise.h"
#include "tariffs.h"

#include <stddef.h>

enum { E164_DIGITS_MAX = 15, SHORTEST = 3, GROUP = 3, CLIR_PREFIX_SYMBOLS = 4 };

static bool is_clir_prefix(const struct number *n, unsigned first)
{
    return n->length > CLIR_PREFIX_SYMBOLS && number_symbol_at(n, 0) == first && number_symbol_at(n, 1) == 3 &&
           number_symbol_at(n, 2) == 1 && number_symbol_at(n, 3) == SYMBOL_HASH;
}

/* TS 22.030 Annex B: #31# invokes CLIR (hides the caller's number), *31# suppresses it. */
static uint32_t split_clir(const struct number *requested, struct number *rest_out)
{
    uint32_t flags = 0;
    uint32_t begin = 0;

    if (is_clir_prefix(requested, SYMBOL_HASH))
        flags = DIAL_HIDE_NUMBER;
    else if (is_clir_prefix(requested, SYMBOL_STAR))
        flags = DIAL_SHOW_NUMBER;
    if (flags != 0)
        begin = CLIR_PREFIX_SYMBOLS;
    *rest_out = (struct number){ 0 };
    for (uint32_t i = begin; i < requested->length; i++) {
        if (!number_append(rest_out, number_symbol_at(requested, i)))
            rest_out->length = NUMBER_SYMBOLS_MAX; /* a '+' in the middle: fails is_callable */
    }
    return flags;
}

/* Codes (TS 22.030 6.5.2), and one or two digits, which the network takes as codes, are no calls. */
static bool is_callable(const struct number *n)
{
    if (n->length < SHORTEST || n->length > NUMBER_DIAL_MAX || !number_is_valid(n))
        return false;
    for (uint32_t i = 0; i < n->length; i++) {
        unsigned symbol = number_symbol_at(n, i);

        if (symbol == SYMBOL_STAR || symbol == SYMBOL_HASH)
            return false;
    }
    return true;
}

static uint32_t country_code(const struct normalised *form, uint32_t *digits_out)
{
    uint32_t code = 0;

    *digits_out = tariff_country_digits(form->digits, form->length);
    for (uint32_t i = 0; i < *digits_out; i++)
        code = code * 10 + form->digits[i];
    return code;
}

static void gap(struct call_plan *plan, uint32_t before)
{
    if (before > 0 && before < plan->number.length)
        plan->groups |= (uint32_t)1 << before;
}

/* The rest in threes; four stay together, so that no digit stands alone. */
static void group_rest(struct call_plan *plan, uint32_t from)
{
    for (gap(plan, from); from + GROUP + 1 < plan->number.length; from += GROUP)
        gap(plan, from + GROUP);
}

static void set_tariff(struct call_plan *plan, uint32_t category, uint32_t unit, uint32_t price_cents)
{
    plan->category = category;
    plan->unit = unit;
    plan->price_cents = price_cents;
}

static void classify_short(struct call_plan *plan, const struct normalised *form)
{
    const struct short_rule *rule = tariff_find_short(form->digits, form->length);

    gap(plan, form->country_at);
    if (rule == NULL) {
        group_rest(plan, form->country_at);
        return;
    }
    set_tariff(plan, rule->category, rule->unit, rule->price_cents);
    plan->is_emergency = rule->category == TARIFF_EMERGENCY;
}

static void classify_e164(struct call_plan *plan, const struct normalised *form)
{
    const struct tariff_rule *rule = tariff_find(form->digits, form->length);
    uint32_t digits;
    uint32_t country = country_code(form, &digits);
    uint32_t at = form->national_at;

    plan->country = country == HOME_COUNTRY ? 0 : country;
    gap(plan, form->country_at);
    if (form->national_at > form->country_at + 1)
        gap(plan, form->national_at - (form->notes & NOTE_NON_STANDARD ? 1 : 0));
    if (rule != NULL) {
        set_tariff(plan, rule->category, rule->unit, rule->price_cents);
        at += rule->service_digits;
        if (rule->service_digits > 0 && rule->tariff_digits > 0)
            gap(plan, at);
        at += rule->tariff_digits;
    } else if (plan->country != 0) {
        set_tariff(plan, TARIFF_FOREIGN, PRICE_NONE, 0);
    } else {
        at += GROUP;
    }
    group_rest(plan, at);
}

/* Somebody else's price comes on top of a plan's, or instead of it: then nobody knows it. */
static void correct_for_carrier(struct call_plan *plan)
{
    if (plan->notes & NOTE_CARRIER_PREFIX) {
        plan->is_emergency = false;
        if (plan->category == TARIFF_PLAN || plan->category == TARIFF_FREE || plan->category == TARIFF_EMERGENCY)
            set_tariff(plan, TARIFF_UNKNOWN, PRICE_NONE, 0);
    }
}

static bool classify(struct call_plan *plan)
{
    struct normalised form;

    normalise(&plan->number, &form);
    plan->notes |= form.notes;
    if (form.form == FORM_E164 && form.length > E164_DIGITS_MAX)
        return false;
    if (form.form == FORM_AS_DIALLED)
        classify_short(plan, &form);
    else if (form.form == FORM_E164)
        classify_e164(plan, &form);
    else
        group_rest(plan, 0);
    correct_for_carrier(plan);
    return true;
}

static bool is_plain(uint32_t category)
{
    return category == TARIFF_PLAN || category == TARIFF_FREE || category == TARIFF_EMERGENCY;
}

bool call_plan_make(const struct number *requested, uint32_t flags, struct call_plan *plan_out)
{
    struct call_plan *plan = plan_out;

    *plan = (struct call_plan){ .flags = flags };
    if (!number_is_valid(requested) || (flags & ~(uint32_t)DIAL_FLAGS_ALL) != 0)
        return false;
    plan->flags |= split_clir(requested, &plan->number);
    if (plan->flags == DIAL_FLAGS_ALL || !is_callable(&plan->number) || !classify(plan))
        return false;
    if (plan->is_emergency)
        plan->flags = 0; /* rescuers always see who calls */
    if (plan->flags & DIAL_HIDE_NUMBER)
        plan->notes |= NOTE_NUMBER_HIDDEN;
    if (plan->flags & DIAL_SHOW_NUMBER)
        plan->notes |= NOTE_NUMBER_SHOWN;
    plan->needs_hold = !is_plain(plan->category);
    return true;
}
