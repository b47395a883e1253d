/* SPDX-License-Identifier: BSD-2-Clause */
/* What a number means (ITU-T E.164), so that two of them can be compared. */
#include "e164.h"

enum {
    SHORT_MAX = 6
}; /* 110 … 116117: the longest number without an area code that has a meaning of its own */

static bool begins_with(const struct number *n, const char *digits, uint32_t at)
{
    for (; *digits != '\0'; digits++, at++) {
        if (at >= n->length || NUMBER_ALPHABET[number_symbol_at(n, at)] != *digits) {
            return false;
        }
    }
    return true;
}

static void append_rest(struct number *to, const struct number *from, uint32_t at)
{
    for (; at < from->length; at++) {
        (void)number_append(to, number_symbol_at(from, at));
    }
}

static void append_home(struct number *to)
{
    (void)number_append(to, SYMBOL_PLUS);
    (void)number_append(to, 4);
    (void)number_append(to, 9);
}

/* +49 0… is written by many and dialled without the 0; +49 11… are the short codes 110, 112, 115,
 * 116…, 118…. */
static struct number home_of(const struct number *n, uint32_t at)
{
    struct number out = { 0 };

    if (!begins_with(n, "11", at) || n->length - at > SHORT_MAX) {
        append_home(&out);
    }
    append_rest(&out, n, at + (begins_with(n, "0", at) ? 1 : 0));
    return out;
}

struct number e164_of(const struct number *n)
{
    struct number out = { 0 };

    if (begins_with(n, "+49", 0)) {
        return home_of(n, 3);
    }
    if (begins_with(n, "0049", 0)) {
        return home_of(n, 4);
    }
    if (begins_with(n, "000", 0)) { /* has no country code: it is left as it is */
        return *n;
    }
    if (begins_with(n, "00", 0)) {
        (void)number_append(&out, SYMBOL_PLUS);
        append_rest(&out, n, 2);
        return out;
    }
    if (!begins_with(n, "0", 0) || n->length == 1) {
        return *n;
    }
    append_home(&out);
    append_rest(&out, n, 1);
    return out;
}

bool e164_is_equal(const struct number *a, const struct number *b)
{
    const struct number one = e164_of(a), other = e164_of(b);

    return number_is_equal(&one, &other);
}
