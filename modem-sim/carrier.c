/* SPDX-License-Identifier: BSD-2-Clause */
/* What the simulated network does with which number. */
#include "carrier.h"

#include "text.h"

#define TALKS(dialled, ways, whom) \
    { .number = dialled,           \
      .behaviour = CARRIER_ANSWER, \
      .alert_ms = 500,             \
      .answer_ms = 1000,           \
      .other = whom,               \
      .quirks = ways }
#define CALLS(dialled, ways, whom)    \
    { .number = dialled,              \
      .behaviour = CARRIER_CALL_BACK, \
      .alert_ms = 500,                \
      .answer_ms = 1000,              \
      .hang_up_ms = 500,              \
      .other = whom,                  \
      .quirks = ways }

/* 030 23125 000..999 is Berlin's range for numbers in films: it reaches nobody. */
const struct carrier carrier_default = {
    .count = 37,
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
        /* The modem's ways: how it lists, … */
        TALKS("03023125200", QUIRK_BLANKS, ""),
        TALKS("03023125201", QUIRK_UNQUOTED, ""),
        TALKS("03023125202", QUIRK_MODE_9, ""),
        TALKS("03023125203", QUIRK_INTERNATIONAL, ""),
        TALKS("03023125204", QUIRK_TYPE, ""),
        TALKS("03023125205", QUIRK_SOS, ""),
        TALKS("03023125206", QUIRK_OTHER, "110"),
        TALKS("03023125207", QUIRK_NO_NUMBER, ""),
        TALKS("03023125208", QUIRK_UNREADABLE, ""),
        TALKS("03023125209", QUIRK_UNLISTED, ""),
        TALKS("03023125210", QUIRK_WAITING, "01719999999"),
        TALKS("03023125211", QUIRK_WAITING | QUIRK_FIRST, "01719999999"),
        TALKS("03023125212", QUIRK_WAITING | QUIRK_FIRST | QUIRK_FLOOD, "01719999999"),
        TALKS("03023125213", QUIRK_DATA, ""),
        /* … how it hangs up, is silent or has no card, … */
        TALKS("03023125214", QUIRK_KEPT, ""),
        TALKS("03023125215", QUIRK_SLOW, ""),
        { .number = "03023125216", .behaviour = CARRIER_DIE, .alert_ms = 500, .answer_ms = 1000,
          .hang_up_ms = 2000, .quirks = QUIRK_MUTE },
        { .number = "03023125217", .behaviour = CARRIER_DIE, .alert_ms = 500, .answer_ms = 1000,
          .hang_up_ms = 2000, .quirks = QUIRK_NO_SIM },
        /* … and who calls: a second after a call that the far end ends after half a second. */
        CALLS("03023125220", 0, "+493023125042"),
        CALLS("03023125221", 0, "00493012345678901234567"),
        CALLS("03023125222", 0, "030*1234#"),
        CALLS("03023125223", 0, "ROBIN-BANK"),
        CALLS("03023125224", 0, "-"),
        CALLS("03023125225", QUIRK_TYPE, "+493023125042"),
        CALLS("03023125226", QUIRK_UNREADABLE, "+493023125042"),
        CALLS("03023125227", QUIRK_SLOW, "+493023125042"),
        { .number = "112", .behaviour = CARRIER_ANSWER, .alert_ms = 200, .answer_ms = 1000 },
        { .number = "*", .behaviour = CARRIER_ANSWER, .alert_ms = 500, .answer_ms = 1000 },
    },
};

static const struct carrier_rule last_resort = {
    .number = "*",
    .behaviour = CARRIER_ANSWER,
    .alert_ms = 500,
    .answer_ms = 1000,
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

    if (rest == NULL) {
        rest = text_after(number, "0049");
    }
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
        if (rule_matches(&carrier->rules[i], national)) {
            return &carrier->rules[i];
        }
    }
    return &last_resort;
}
