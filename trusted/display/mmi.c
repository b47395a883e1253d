/* SPDX-License-Identifier: BSD-2-Clause */
#include "mmi.h"

struct divert {
    uint32_t service; /* decimal digits of the service code behind a leading 1: 002 is 1002 */
    enum word meaning;
};

/* 3GPP TS 22.030 Annex B, "Codes for defined Supplementary Services". */
static const struct divert diverts[] = {
    { 121, WORD_DIVERT_ALL },           { 1002, WORD_DIVERT_ALL },
    { 167, WORD_DIVERT_BUSY },          { 161, WORD_DIVERT_UNANSWERED },
    { 162, WORD_DIVERT_UNREACHABLE },   { 1004, WORD_DIVERT_CONDITIONAL },
};

static uint32_t read_service(const struct number *code, uint32_t *at)
{
    uint32_t service = 1;

    while (*at < code->length && number_symbol_at(code, *at) < SYMBOL_STAR && service < 10000)
        service = service * 10 + number_symbol_at(code, (*at)++);
    return service;
}

static void read_target(const struct number *code, uint32_t at, struct number *out)
{
    while (at < code->length) {
        unsigned symbol = number_symbol_at(code, at++);

        if (symbol == SYMBOL_STAR || symbol == SYMBOL_HASH || !number_append(out, symbol))
            return;
    }
}

/* '*' activates, '**' registers; '#', '##', '*#' switch off, erase, ask: no target matters. */
void mmi_read(const struct number *code, struct mmi *out)
{
    uint32_t at = 0, service;

    *out = (struct mmi){ WORD_WHO_CODE, WORD_NETWORK_CODE, WORD_HOLD_TO_SEND, { 0 } };
    while (at < 2 && at < code->length && number_symbol_at(code, at) == SYMBOL_STAR)
        at++;
    service = read_service(code, &at);
    for (uint32_t i = 0; i < sizeof diverts / sizeof diverts[0]; i++) {
        if (diverts[i].service == service && number_symbol_at(code, 0) == SYMBOL_STAR &&
            at + 1 < code->length && number_symbol_at(code, at) == SYMBOL_STAR) {
            read_target(code, at + 1, &out->target);
        }
        if (out->target.length != 0) {
            *out = (struct mmi){ WORD_WHO_DIVERT, diverts[i].meaning, WORD_HOLD_TO_DIVERT,
                                 out->target };
            return;
        }
    }
}
