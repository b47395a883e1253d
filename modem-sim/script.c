/* SPDX-License-Identifier: BSD-2-Clause */
/* Reads a script of the carrier's behaviour: which number does what, and who calls when. */
#include "script.h"

#include <stdio.h>
#include <string.h>

static const char *const behaviour_names[CARRIER_BEHAVIOURS] = {
    [CARRIER_ANSWER] = "answer",
    [CARRIER_BUSY] = "busy",
    [CARRIER_NO_ANSWER] = "no-answer",
    [CARRIER_UNREACHABLE] = "unreachable",
    [CARRIER_CALL_BACK] = "call-back",
    [CARRIER_SUBSTITUTE] = "substitute",
    [CARRIER_REJECT] = "reject",
    [CARRIER_SILENT] = "silent",
    [CARRIER_DIE] = "die",
};

static const char *const quirk_names[QUIRKS] = {
    "blanks", "unquoted",  "mode-9",     "international", "type",  "sos",
    "other",  "no-number", "unreadable", "unlisted",      "first", "waiting",
    "flood",  "data",      "kept",       "slow",          "mute",  "no-sim",
};

static bool find_quirk(const char *name, uint32_t *quirks)
{
    for (unsigned i = 0; i < QUIRKS; i++) {
        if (strcmp(quirk_names[i], name) == 0) {
            *quirks |= UINT32_C(1) << i;
            return true;
        }
    }
    return false;
}

static bool find_behaviour(const char *name, enum carrier_behaviour *out)
{
    for (unsigned i = 0; i < CARRIER_BEHAVIOURS; i++) {
        if (strcmp(behaviour_names[i], name) == 0) {
            *out = (enum carrier_behaviour)i;
            return true;
        }
    }
    return false;
}

static bool to_ms(double seconds, uint32_t *out)
{
    if (!(seconds >= 0 && seconds < 100000)) {
        return false;
    }
    *out = (uint32_t)(seconds * 1000);
    return true;
}

static bool option(struct carrier_rule *rule, const char *word)
{
    double seconds;

    if (sscanf(word, "alert=%lf", &seconds) == 1) {
        return to_ms(seconds, &rule->alert_ms);
    }
    if (sscanf(word, "answer=%lf", &seconds) == 1) {
        return to_ms(seconds, &rule->answer_ms);
    }
    if (sscanf(word, "hang-up=%lf", &seconds) == 1) {
        return to_ms(seconds, &rule->hang_up_ms);
    }
    return sscanf(word, "shows=%43s", rule->other) == 1 || find_quirk(word, &rule->quirks);
}

/* number NUMBER BEHAVIOUR [alert=S] [answer=S] [hang-up=S] [shows=NUMBER] [QUIRK …] */
static bool number_line(struct script *script, const char *rest)
{
    struct carrier_rule rule = { .alert_ms = 500, .answer_ms = 1000 };
    char behaviour[16], word[64];
    int used = 0;

    if (script->carrier.count == CARRIER_RULES_MAX) {
        return false;
    }
    if (sscanf(rest, "%43s %15s%n", rule.number, behaviour, &used) != 2) {
        return false;
    }
    if (!find_behaviour(behaviour, &rule.behaviour)) {
        return false;
    }
    for (rest += used; sscanf(rest, "%63s%n", word, &used) == 1; rest += used) {
        if (!option(&rule, word)) {
            return false;
        }
    }
    script->carrier.rules[script->carrier.count++] = rule;
    return true;
}

/* incoming SECONDS NUMBER */
static bool incoming_line(struct script *script, const char *rest)
{
    struct script_call call;
    uint32_t at_ms;
    double seconds;

    if (script->calls == SCRIPT_CALLS_MAX || sscanf(rest, "%lf %43s", &seconds, call.number) != 2) {
        return false;
    }
    if (!to_ms(seconds, &at_ms)) {
        return false;
    }
    call.at_us = (uint64_t)at_ms * 1000;
    script->call[script->calls++] = call;
    return true;
}

bool script_line(struct script *script, const char *line)
{
    char word[16];
    int used = 0;

    if (sscanf(line, "%15s%n", word, &used) != 1 || word[0] == '#') {
        return true;
    }
    if (strcmp(word, "number") == 0) {
        return number_line(script, line + used);
    }
    if (strcmp(word, "incoming") == 0) {
        return incoming_line(script, line + used);
    }
    return false;
}

void script_finish(struct script *script)
{
    for (unsigned i = 0; i < carrier_default.count && script->carrier.count < CARRIER_RULES_MAX;
         i++) {
        script->carrier.rules[script->carrier.count++] = carrier_default.rules[i];
    }
}

bool script_load(struct script *script, const char *path, unsigned *error_line)
{
    char line[256];
    FILE *file = fopen(path, "r");
    bool good = file != NULL;

    for (*error_line = 0; good && fgets(line, sizeof line, file) != NULL;) {
        ++*error_line;
        good = script_line(script, line);
    }
    if (file != NULL) {
        fclose(file);
    }
    script_finish(script);
    return good;
}
