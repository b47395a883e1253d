/* SPDX-License-Identifier: BSD-2-Clause */
/* From a requested number to what is shown, dialled and known about its cost. */
#include "call_plan.h"

_Static_assert((int)NOTE_NUMBER_HIDDEN == (int)DIAL_HIDE_NUMBER &&
                   (int)NOTE_NUMBER_SHOWN == (int)DIAL_SHOW_NUMBER,
               "a flag is its note");

_Static_assert(NUMBER_DIAL_MAX <= 32, "a bit of `groups` for each symbol");

enum { E164_TEXT_MAX = 16, SHORTEST = 3, GROUP = 3, CLIR_SYMBOLS = 4, CARRIER_SYMBOLS = 5 };

/* How a number begins, what that means in the home country (Germany), and how it is shown. */
static const struct form {
    const char *begin, *instead; /* `skip` symbols are replaced by this */
    uint8_t skip, gap_at;
    bool names_country; /* a calling code follows: skipped and shown with what stands before it */
    uint8_t notes;
} forms[] = {
    /* +49 0900… and 0049 0900…: people and Trojans write it; networks drop that 0. */
    { "+490", "+49", 4, 3, false, NOTE_NON_STANDARD },
    { "00490", "+49", 5, 4, false, NOTE_NON_STANDARD },
    { "000", "", 0, 0, false, NOTE_NON_STANDARD }, /* taking 00 off would guess */
    { "+", "+", 1, 1, true, 0 },
    { "00", "+", 2, 2, true, 0 },
    { "0", "+49", 1, 0, false, 0 },
    { "", "", 0, 0, false, 0 },
};

/* TS 22.101 10.1.1, and the home country's police. */
static const struct {
    const char *digits;
    bool wants_no_sim;
} emergency_numbers[] = {
    { "112", false }, { "110", false }, { "911", false }, { "000", true },
    { "08", true },   { "118", true },  { "119", true },  { "999", true },
};

static bool begins(const char *text, const char *pattern)
{
    for (; *pattern != '\0'; text++, pattern++) {
        if (*text != *pattern && (*pattern != '?' || *text == '\0')) {
            return false;
        }
    }
    return true;
}

static uint32_t append(char *text, uint32_t length, const char *more)
{
    while (*more != '\0') {
        text[length++] = *more++;
    }
    text[length] = '\0';
    return length;
}

/* Carrier selection, 010xy (x not 0) or 0100yy: over since 2025, and never in mobile networks. */
static uint32_t carrier_symbols(const char *text, uint32_t length)
{
    uint32_t symbols = CARRIER_SYMBOLS + begins(text, "0100");

    return !begins(text, "010") ? 0 : symbols < length ? symbols : length;
}

static void gap(struct call_plan *plan, uint32_t before)
{
    if (before > 0 && before < plan->number.length) {
        plan->groups |= (uint32_t)1 << before;
    }
}

/* The rest in threes; four stay together, so that no digit stands alone. */
static void group(struct call_plan *plan, const struct tariff_rule *rule, uint32_t national_at)
{
    uint32_t at = national_at + rule->service_digits;

    if (rule->tariff_digits > 0) {
        gap(plan, at);
    }
    at += rule->tariff_digits;
    for (gap(plan, at); at + GROUP + 1 < plan->number.length; at += GROUP) {
        gap(plan, at + GROUP);
    }
}

static void set_tariff(struct call_plan *plan, const struct tariff_rule *rule)
{
    plan->category = rule->category;
    plan->unit = rule->unit;
    plan->price_cents = rule->price_cents;
    /* Somebody else's price comes on top of a plan's, or instead of it: then nobody knows it. */
    if ((plan->notes & NOTE_CARRIER_PREFIX) && tariff_is_plain(plan->category)) {
        plan->category = TARIFF_UNKNOWN;
    }
    plan->needs_hold = !tariff_is_plain(plan->category);
}

static bool classify(struct call_plan *plan, const char *text)
{
    char meaning[NUMBER_DIAL_MAX + sizeof "+49"];
    uint32_t at = carrier_symbols(text, plan->number.length);
    const struct tariff_rule *rule = tariff_rules;
    const struct form *form = forms;
    const struct country_rule *country = country_rules;
    uint32_t length, country_digits;

    while (!begins(text + at, form->begin)) {
        form++;
    }
    length = append(meaning, append(meaning, 0, form->instead), text + at + form->skip);
    if (meaning[0] == '+' && length > E164_TEXT_MAX) {
        return false;
    }
    while (!begins(meaning, rule->pattern) || length < rule->least_symbols ||
           length > rule->most_symbols) {
        rule++;
    }
    while (!begins(meaning, country->pattern)) {
        country++;
    }
    plan->country = country->number;
    country_digits = form->names_country ? country->code_digits : 0;
    plan->notes = form->notes | (at > 0 ? NOTE_CARRIER_PREFIX : 0u);
    gap(plan, at);
    gap(plan, at + form->gap_at + country_digits);
    group(plan, rule, at + form->skip + country_digits);
    set_tariff(plan, rule);
    return true;
}

/* The symbols from `from` on, without `*` and `#`: codes (TS 22.030 6.5.2) are no calls. */
static bool take_number(const struct number *requested, uint32_t from, struct number *number_out,
                        char *text_out)
{
    uint32_t i = from;

    for (; i < requested->length && number_symbol_at(requested, i) != SYMBOL_STAR &&
           number_symbol_at(requested, i) != SYMBOL_HASH;
         i++) {
        text_out[i - from] = NUMBER_ALPHABET[number_symbol_at(requested, i)];
        (void)number_append(number_out, number_symbol_at(requested, i));
    }
    text_out[i - from] = '\0';
    return i == requested->length;
}

static bool is_emergency_number(const char *text, enum call_sim sim)
{
    for (unsigned i = 0; i < sizeof(emergency_numbers) / sizeof(emergency_numbers[0]); i++) {
        const char *digits = emergency_numbers[i].digits;

        if (begins(text, digits) && begins(digits, text) &&
            (sim == SIM_NONE || !emergency_numbers[i].wants_no_sim)) {
            return true;
        }
    }
    return false;
}

/* Rescuers always see who calls. */
static void set_emergency(struct call_plan *plan)
{
    plan->flags = 0;
    plan->category = TARIFF_EMERGENCY;
    plan->is_emergency = true;
}

/* One or two digits are taken as codes by the network. */
static enum dial_reason set_ordinary(struct call_plan *plan, const char *text)
{
    if (plan->number.length < SHORTEST) {
        return REASON_TOO_SHORT;
    }
    return plan->number.length > NUMBER_DIAL_MAX || !classify(plan, text) ? REASON_TOO_LONG
                                                                          : REASON_NONE;
}

/* TS 22.030 Annex B: #31# invokes CLIR (hides the caller's number), *31# suppresses it. */
static uint32_t clir_of(const struct number *n)
{
    enum {
        CODE_31_HASH = 0xb130,
        HIDE = CODE_31_HASH | SYMBOL_HASH,
        SHOW = CODE_31_HASH | SYMBOL_STAR
    };
    uint32_t code = n->packed[0] & 0xffff;

    return code == HIDE ? DIAL_HIDE_NUMBER : code == SHOW ? DIAL_SHOW_NUMBER : 0;
}

bool call_plan_make(const struct number *requested, uint32_t flags, enum call_sim sim,
                    struct call_plan *plan_out)
{
    uint32_t clir = clir_of(requested);
    char text[NUMBER_SYMBOLS_MAX + 1];

    *plan_out = (struct call_plan){ .flags = flags | clir, .reason = REASON_NOT_A_NUMBER };
    if (!number_is_valid(requested) || plan_out->flags >= DIAL_FLAGS_ALL ||
        !take_number(requested, clir != 0 ? CLIR_SYMBOLS : 0, &plan_out->number, text)) {
        return false;
    }
    plan_out->reason = REASON_NONE;
    if (is_emergency_number(text, sim)) {
        set_emergency(plan_out);
    } else {
        plan_out->reason = set_ordinary(plan_out, text);
    }
    plan_out->notes |= plan_out->flags;
    return plan_out->reason == REASON_NONE;
}
