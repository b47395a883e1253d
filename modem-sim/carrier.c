/* SPDX-License-Identifier: BSD-2-Clause */
#include "carrier.h"

#include "text.h"

/* 030 23125 000..999 is Berlin's range for numbers in films: it reaches nobody. */
const struct carrier carrier_default = {
    .count = 11,
    .rules = {
        { .number = "03023125122", .behaviour = CARRIER_SILENT },
        { .number = "03023125133", .behaviour = CARRIER_REJECT },
        { .number = "03023125144", .behaviour = CARRIER_SUBSTITUTE, .alert_ms = 500, .answer_ms = 2000,
          .other = "09009123456" },
        { .number = "03023125155", .behaviour = CARRIER_BUSY, .alert_ms = 500 },
        { .number = "03023125166", .behaviour = CARRIER_NO_ANSWER, .alert_ms = 500, .answer_ms = 5000 },
        { .number = "03023125177", .behaviour = CARRIER_ANSWER, .alert_ms = 500, .answer_ms = 1000,
          .hang_up_ms = 3000 },
        { .number = "03023125188", .behaviour = CARRIER_UNREACHABLE, .alert_ms = 500 },
        { .number = "03023125199", .behaviour = CARRIER_CALL_BACK, .alert_ms = 500, .answer_ms = 1000 },
        { .number = "03023125111", .behaviour = CARRIER_DIE, .alert_ms = 500, .answer_ms = 1000,
          .hang_up_ms = 2000 },
        { .number = "112", .behaviour = CARRIER_ANSWER, .alert_ms = 200, .answer_ms = 1000 },
        { .number = "*", .behaviour = CARRIER_ANSWER, .alert_ms = 500, .answer_ms = 1000 },
    },
};

static const struct carrier_rule last_resort = {
    .number = "*", .behaviour = CARRIER_ANSWER, .alert_ms = 500, .answer_ms = 1000,
};

static bool rule_matches(const struct carrier_rule *rule, const char *number)
{
    const char *pattern = rule->number;

    while (*pattern != '\0' && *pattern == *number) {
        pattern++;
        number++;
    }
    return (pattern[0] == '*' && pattern[1] == '\0') || (*pattern == '\0' && *number == '\0');
}

static void to_national(char out[CARRIER_NUMBER_BYTES], const char *number)
{
    const char *rest = text_after(number, "+49");

    if (rest == NULL)
        rest = text_after(number, "0049");
    if (rest == NULL) {
        text_copy(out, CARRIER_NUMBER_BYTES, number);
        return;
    }
    out[0] = '0';
    text_copy(out + 1, CARRIER_NUMBER_BYTES - 1, rest);
}

const struct carrier_rule *carrier_find(const struct carrier *carrier, const char *number)
{
    char national[CARRIER_NUMBER_BYTES];

    to_national(national, number);
    for (unsigned i = 0; i < carrier->count; i++) {
        if (rule_matches(&carrier->rules[i], national))
            return &carrier->rules[i];
    }
    return &last_resort;
}
