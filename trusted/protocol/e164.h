/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * What a number means, for whoever compares two of them: 030…, 0049 30… and +49 30… are one number
 * (ITU-T E.164; the home plan is Germany's, country code 49).
 */
#pragma once

#include "number.h"

/* '+' and the country code where the number has one; else (short codes, service codes) as it is. */
struct number e164_of(const struct number *n);
bool e164_is_equal(const struct number *a, const struct number *b);
