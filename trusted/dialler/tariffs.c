/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Sources: BNetzA's page on (0)900 (since 1 December 2024 the digit after 0900
 * is a tariff code); TKG 112 (legal maxima: 0900 and 118xx 3.00 EUR/min, 0180
 * 0.14 EUR/min or 0.20 EUR/call, 0700 and 032 0.09 EUR/min); RTR and BAKOM number
 * plans; libphonenumber 8.12.57's metadata for the other countries.
 * A number that no rule knows is "unknown", never "normal".
 */
#include "tariffs.h"

#include <stddef.h>

#define PREMIUM_DE(digit, cents, how) { "49900" digit, TARIFF_PREMIUM_0900, how, cents, 3, 1 }
#define ABROAD(prefix) { prefix, TARIFF_PREMIUM, PRICE_NONE, 0, 3, 0 }

static const struct tariff_rule rules[] = {
    PREMIUM_DE("", 300, PRICE_UP_TO_PER_MINUTE),
    PREMIUM_DE("0", 49, PRICE_PER_MINUTE),
    PREMIUM_DE("1", 69, PRICE_PER_MINUTE),
    PREMIUM_DE("2", 99, PRICE_PER_MINUTE),
    PREMIUM_DE("3", 149, PRICE_PER_MINUTE),
    PREMIUM_DE("4", 169, PRICE_PER_MINUTE),
    PREMIUM_DE("5", 199, PRICE_PER_MINUTE),
    PREMIUM_DE("6", 229, PRICE_PER_MINUTE),
    PREMIUM_DE("7", 249, PRICE_PER_MINUTE),
    PREMIUM_DE("8", 299, PRICE_PER_MINUTE),
    PREMIUM_DE("9", 300, PRICE_UP_TO_PER_MINUTE),

    { "49190", TARIFF_PREMIUM, PRICE_UP_TO_PER_MINUTE, 300, 3, 1 }, /* withdrawn at the end of 2005 */
    { "49137", TARIFF_MASS_TRAFFIC, PRICE_NONE, 0, 3, 1 },
    { "491371", TARIFF_SHARED_COST, PRICE_NONE, 0, 3, 1 },
    { "491372", TARIFF_SHARED_COST, PRICE_NONE, 0, 3, 1 },
    { "491373", TARIFF_SHARED_COST, PRICE_NONE, 0, 3, 1 },
    { "491374", TARIFF_SHARED_COST, PRICE_NONE, 0, 3, 1 },
    { "491375", TARIFF_SHARED_COST, PRICE_NONE, 0, 3, 1 },
    { "491376", TARIFF_SHARED_COST, PRICE_NONE, 0, 3, 1 },
    { "491377", TARIFF_PREMIUM, PRICE_NONE, 0, 3, 1 },
    { "491378", TARIFF_PREMIUM, PRICE_NONE, 0, 3, 1 },
    { "491379", TARIFF_PREMIUM, PRICE_NONE, 0, 3, 1 },
    { "49138", TARIFF_MASS_TRAFFIC, PRICE_NONE, 0, 3, 1 },
    /* Two maxima, by the minute and by the call: the higher one bounds both in the first minute. */
    { "49180", TARIFF_SHARED_COST, PRICE_UP_TO_PER_MINUTE, 20, 3, 1 },
    { "49700", TARIFF_PERSONAL, PRICE_UP_TO_PER_MINUTE, 9, 3, 0 },
    { "4932", TARIFF_PERSONAL, PRICE_UP_TO_PER_MINUTE, 9, 2, 0 },
    { "49800", TARIFF_FREE, PRICE_NONE, 0, 3, 0 },
    { "49118", TARIFF_DIRECTORY, PRICE_UP_TO_PER_MINUTE, 300, 3, 0 },
    { "4912", TARIFF_SERVICE, PRICE_NONE, 0, 2, 0 },  /* innovative services */
    { "4918", TARIFF_SERVICE, PRICE_NONE, 0, 3, 0 },  /* 0181 to 0189: closed user groups */
    { "49191", TARIFF_SERVICE, PRICE_NONE, 0, 3, 0 }, /* 0191 to 0194: online services */
    { "49192", TARIFF_SERVICE, PRICE_NONE, 0, 3, 0 },
    { "49193", TARIFF_SERVICE, PRICE_NONE, 0, 3, 0 },
    { "49194", TARIFF_SERVICE, PRICE_NONE, 0, 3, 0 },
    { "4915", TARIFF_PLAN, PRICE_NONE, 0, 3, 0 },
    { "4916", TARIFF_PLAN, PRICE_NONE, 0, 3, 0 },
    { "4917", TARIFF_PLAN, PRICE_NONE, 0, 3, 0 },
    /* Area codes: 02 to 09 but 032, 0700, 0800, 0900; the four of two digits are grouped so. */
    { "492", TARIFF_PLAN, PRICE_NONE, 0, 3, 0 },
    { "493", TARIFF_PLAN, PRICE_NONE, 0, 3, 0 },
    { "4930", TARIFF_PLAN, PRICE_NONE, 0, 2, 0 },
    { "494", TARIFF_PLAN, PRICE_NONE, 0, 3, 0 },
    { "4940", TARIFF_PLAN, PRICE_NONE, 0, 2, 0 },
    { "495", TARIFF_PLAN, PRICE_NONE, 0, 3, 0 },
    { "496", TARIFF_PLAN, PRICE_NONE, 0, 3, 0 },
    { "4969", TARIFF_PLAN, PRICE_NONE, 0, 2, 0 },
    { "497", TARIFF_PLAN, PRICE_NONE, 0, 3, 0 },
    { "498", TARIFF_PLAN, PRICE_NONE, 0, 3, 0 },
    { "4989", TARIFF_PLAN, PRICE_NONE, 0, 2, 0 },
    { "499", TARIFF_PLAN, PRICE_NONE, 0, 3, 0 },

    ABROAD("43900"), ABROAD("43901"), ABROAD("43930"), ABROAD("43931"), ABROAD("43939"),
    ABROAD("41900"), ABROAD("41901"), ABROAD("41906"),
    ABROAD("31900"), ABROAD("31906"), ABROAD("31909"),
    ABROAD("3290"), ABROAD("3270"),
    ABROAD("3389"), ABROAD("3381"), ABROAD("3382"), ABROAD("33836"),
    ABROAD("34803"), ABROAD("34806"), ABROAD("34807"), ABROAD("34905"), ABROAD("34907"),
    ABROAD("39144"), ABROAD("39163"), ABROAD("39164"), ABROAD("39166"), ABROAD("390878"),
    ABROAD("39892"), ABROAD("39893"), ABROAD("39894"), ABROAD("39895"), ABROAD("39899"),
    ABROAD("4490"), ABROAD("4491"), ABROAD("4498"), ABROAD("4487"), ABROAD("4484"), ABROAD("4470"),
    ABROAD("1900"), ABROAD("1???976"),
    ABROAD("4590"), ABROAD("4870"), ABROAD("35290"), ABROAD("42090"), ABROAD("420976"), ABROAD("42198"),
    ABROAD("979"),                                    /* ITU-T E.169.2 */
    { "808", TARIFF_SHARED_COST, PRICE_NONE, 0, 0, 0 },/* ITU-T E.169.3 */
    { "800", TARIFF_SERVICE, PRICE_NONE, 0, 0, 0 },   /* ITU-T E.169.1: free from landlines only */
    { "878", TARIFF_PERSONAL, PRICE_NONE, 0, 0, 0 },
    { "870", TARIFF_SATELLITE, PRICE_NONE, 0, 0, 0 },
    { "881", TARIFF_SATELLITE, PRICE_NONE, 0, 0, 0 },
    { "882", TARIFF_SATELLITE, PRICE_NONE, 0, 0, 0 },
    { "883", TARIFF_SATELLITE, PRICE_NONE, 0, 0, 0 },
};

static const struct short_rule short_rules[] = {
    { "110", 3, 3, TARIFF_EMERGENCY, PRICE_NONE, 0 },
    { "112", 3, 3, TARIFF_EMERGENCY, PRICE_NONE, 0 },
    { "115", 3, 3, TARIFF_PLAN, PRICE_NONE, 0 },
    { "116", 6, 6, TARIFF_FREE, PRICE_NONE, 0 },
    { "118", 5, 6, TARIFF_DIRECTORY, PRICE_UP_TO_PER_MINUTE, 300 },
};

/* How many digits of the prefix matched: all of them, or none. */
static uint32_t matched(const char *prefix, const uint8_t *digits, uint32_t length)
{
    uint32_t i = 0;

    for (; prefix[i] != '\0'; i++) {
        if (i == length || (prefix[i] != '?' && prefix[i] != '0' + digits[i]))
            return 0;
    }
    return i;
}

const struct tariff_rule *tariff_find(const uint8_t *digits, uint32_t length)
{
    const struct tariff_rule *best = NULL;
    uint32_t longest = 0;

    for (uint32_t i = 0; i < sizeof rules / sizeof rules[0]; i++) {
        uint32_t n = matched(rules[i].prefix, digits, length);

        if (n > longest) {
            longest = n;
            best = &rules[i];
        }
    }
    return best;
}

const struct short_rule *tariff_find_short(const uint8_t *digits, uint32_t length)
{
    for (uint32_t i = 0; i < sizeof short_rules / sizeof short_rules[0]; i++) {
        const struct short_rule *rule = &short_rules[i];

        if (length < rule->least_digits || length > rule->most_digits)
            continue;
        if (matched(rule->prefix, digits, length) > 0)
            return rule;
    }
    return NULL;
}

/* ITU-T E.164's list: zones 1 and 7 are one country code, these pairs are countries, others have three. */
static const uint8_t two_digit_codes[] = {
    20, 27, 30, 31, 32, 33, 34, 36, 39, 40, 41, 43, 44, 45, 46, 47, 48, 49, 51, 52, 53, 54, 55, 56, 57, 58,
    60, 61, 62, 63, 64, 65, 66, 81, 82, 84, 86, 90, 91, 92, 93, 94, 95, 98,
};

uint32_t tariff_country_digits(const uint8_t *digits, uint32_t length)
{
    uint32_t pair;

    if (length < 3)
        return length;
    if (digits[0] == 1 || digits[0] == 7)
        return 1;
    pair = digits[0] * 10u + digits[1];
    for (uint32_t i = 0; i < sizeof two_digit_codes; i++) {
        if (two_digit_codes[i] == pair)
            return 2;
    }
    return 3;
}
