/* SPDX-License-Identifier: BSD-2-Clause */
#ifndef DIALLER_NORMALISE_H
#define DIALLER_NORMALISE_H

#include "number.h"

enum number_form {
    FORM_AS_DIALLED = 0, /* no prefix that we know: a short code, or a local number */
    FORM_E164,
    FORM_UNKNOWN,        /* 000…: nobody can say where it leads */
};

struct normalised {
    enum number_form form;
    uint32_t notes;                    /* enum prompt_note */
    uint32_t length;
    uint8_t digits[NUMBER_SYMBOLS_MAX];/* E.164 without '+', or as dialled */
    uint32_t country_at;               /* which symbol follows the carrier prefix, 0 = there is none */
    uint32_t national_at;              /* which symbol is the national number's first digit */
};

/* Only digits, with a '+' in front at most: the caller has made sure. */
void normalise(const struct number *number, struct normalised *out);

#endif
