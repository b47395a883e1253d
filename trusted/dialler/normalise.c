/* SPDX-License-Identifier: BSD-2-Clause */
/* What a number means in the home country (Germany): prefixes off, calling code on. */
#include "normalise.h"

#include "display.h"
#include "tariffs.h"

enum { CARRIER_DIGITS = 5, CARRIER_DIGITS_LONG = 6 };

struct reader {
    const struct number *number;
    uint32_t at;
};

static bool next_is(const struct reader *r, uint32_t ahead, unsigned digit)
{
    return r->at + ahead < r->number->length && number_symbol_at(r->number, r->at + ahead) == digit;
}

static void take_rest(const struct reader *r, struct normalised *out)
{
    for (uint32_t i = r->at; i < r->number->length; i++)
        out->digits[out->length++] = (uint8_t)number_symbol_at(r->number, i);
}

/* Carrier selection, 010xy (x not 0) or 0100yy: over since 2025, and never in mobile networks. */
static bool skip_carrier(struct reader *r)
{
    bool is_long = next_is(r, 3, 0);

    if (!next_is(r, 0, 0) || !next_is(r, 1, 1) || !next_is(r, 2, 0))
        return false;
    r->at += is_long ? CARRIER_DIGITS_LONG : CARRIER_DIGITS;
    return true;
}

/* +49 0900… and 0049 0900…: people and Trojans write it; networks drop that 0. */
static void drop_trunk_zero(struct reader *r, struct normalised *out)
{
    if (next_is(r, 0, 4) && next_is(r, 1, 9) && next_is(r, 2, 0)) {
        out->notes |= NOTE_NON_STANDARD;
        out->digits[out->length++] = 4;
        out->digits[out->length++] = 9;
        r->at += HOME_COUNTRY_DIGITS + 1;
    }
}

static void international(struct reader *r, struct normalised *out)
{
    uint32_t begin = r->at;

    out->form = FORM_E164;
    drop_trunk_zero(r, out);
    take_rest(r, out);
    out->national_at = r->at;
    if (r->at == begin)
        out->national_at += tariff_country_digits(out->digits, out->length);
}

static void national(struct reader *r, struct normalised *out)
{
    out->form = FORM_E164;
    r->at++;
    out->digits[out->length++] = 4;
    out->digits[out->length++] = 9;
    take_rest(r, out);
    out->national_at = r->at;
}

void normalise(const struct number *number, struct normalised *out)
{
    struct reader r = { .number = number };

    *out = (struct normalised){ .form = FORM_AS_DIALLED };
    if (skip_carrier(&r)) {
        out->notes |= NOTE_CARRIER_PREFIX;
        out->country_at = r.at < number->length ? r.at : number->length;
    }
    if (next_is(&r, 0, SYMBOL_PLUS)) {
        r.at += 1;
        international(&r, out);
    } else if (next_is(&r, 0, 0) && next_is(&r, 1, 0) && next_is(&r, 2, 0)) {
        out->form = FORM_UNKNOWN; /* taking 00 off again would guess */
        out->notes |= NOTE_NON_STANDARD;
    } else if (next_is(&r, 0, 0) && next_is(&r, 1, 0)) {
        r.at += 2;
        international(&r, out);
    } else if (next_is(&r, 0, 0)) {
        national(&r, out);
    } else {
        take_rest(&r, out);
    }
}
