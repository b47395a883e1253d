/* SPDX-License-Identifier: BSD-2-Clause */
/* What makes a message of display.h one. */
#include "display.h"

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
                                          number_is_callable(&out->about.number));
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
           (out->state == DIAL_STATE_NONE ||
            (number_is_none(&out->about.number) || number_is_callable(&out->about.number))) &&
           (number_is_none(&out->waiting) || number_is_callable(&out->waiting));
}

bool outcome_view_take(struct outcome_view *out, const abi_word *words, uint32_t sent)
{
    return message_take(out, MESSAGE_LENGTH(*out), words, sent) && is_shown_well(&out->about) &&
           out->origin < ORIGINS && out->outcome < DIAL_OUTCOMES && out->reason < REASONS &&
           (number_is_none(&out->about.number) || number_is_valid(&out->about.number));
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
    return message_take(out, MESSAGE_LENGTH(*out), words, sent) && out->answer == DISPLAY_OK &&
           out->event < EVENTS && (number_is_none(&out->number) || number_is_valid(&out->number));
}
