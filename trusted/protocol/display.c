/* SPDX-License-Identifier: BSD-2-Clause */
/* What makes a message of display.h one. */
#include "display.h"

/* Digits, and a plus in front: a service code is never shown as a call. */
static bool is_call_number(const struct number *n)
{
    uint32_t digits = 0;

    for (uint32_t i = 0; number_is_valid(n) && i < n->length; i++) {
        digits += number_symbol_at(n, i) <= 9;
    }
    return digits != 0 && n->length <= NUMBER_DIAL_MAX &&
           digits + (number_symbol_at(n, 0) == SYMBOL_PLUS) == n->length;
}

static bool is_call_number_or_none(const struct number *n)
{
    const struct number none = { 0 };

    return number_is_equal(n, &none) || is_call_number(n);
}

static bool is_shown_well(const struct shown_number *s)
{
    return tariff_is_valid(&s->tariff) && s->groups >> NUMBER_DIAL_MAX == 0 &&
           s->country < COUNTRIES_MAX;
}

bool prompt_request_take(struct prompt_request *out, const abi_word *words, uint32_t sent)
{
    return message_take(out, MESSAGE_LENGTH(*out), words, sent) && is_shown_well(&out->about) &&
           out->origin < ORIGIN_NETWORK && out->needs_hold <= 1 && out->notes <= NOTES_ALL &&
           (out->kind == PROMPT_MMI ? number_is_valid(&out->about.number)
                                    : (out->kind == PROMPT_CALL || out->kind == PROMPT_EMERGENCY) &&
                                          is_call_number(&out->about.number));
}

bool prompt_decision_take(struct prompt_decision *out, const abi_word *words, uint32_t sent)
{
    return message_take(out, MESSAGE_LENGTH(*out), words, sent) && out->answer == DISPLAY_OK &&
           out->decision >= DECISION_CONFIRMED && out->decision <= DECISION_WITHDRAWN;
}

bool call_view_take(struct call_view *out, const abi_word *words, uint32_t sent)
{
    return message_take(out, MESSAGE_LENGTH(*out), words, sent) && is_shown_well(&out->about) &&
           out->state < DIAL_STATES && out->origin < ORIGINS && out->flags <= CALL_FLAGS_ALL &&
           out->is_waiting <= 1 &&
           (out->state == DIAL_STATE_NONE || is_call_number_or_none(&out->about.number)) &&
           is_call_number_or_none(&out->waiting);
}

bool outcome_view_take(struct outcome_view *out, const abi_word *words, uint32_t sent)
{
    const struct number none = { 0 };

    return message_take(out, MESSAGE_LENGTH(*out), words, sent) && is_shown_well(&out->about) &&
           out->origin < ORIGINS && out->outcome < DIAL_OUTCOMES && out->reason < REASONS &&
           (number_is_equal(&out->about.number, &none) || number_is_valid(&out->about.number));
}

bool price_view_take(struct price_view *out, const abi_word *words, uint32_t sent)
{
    return message_take(out, MESSAGE_LENGTH(*out), words, sent) && is_shown_well(&out->about) &&
           out->reason < REASONS && out->notes <= NOTES_ALL;
}

bool refusal_view_take(struct refusal_view *out, const abi_word *words, uint32_t sent)
{
    return message_take(out, MESSAGE_LENGTH(*out), words, sent) && out->reason < REASONS;
}

bool event_notice_take(struct event_notice *out, const abi_word *words, uint32_t sent)
{
    const struct number none = { 0 };

    return message_take(out, MESSAGE_LENGTH(*out), words, sent) && out->answer == DISPLAY_OK &&
           out->event < EVENTS &&
           (number_is_equal(&out->number, &none) || number_is_valid(&out->number));
}
