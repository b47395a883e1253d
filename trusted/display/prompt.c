/* SPDX-License-Identifier: BSD-2-Clause */
/* The prompt: what is asked, by whom, and how it may be answered. */
#include "prompt.h"
#include "text.h"

_Static_assert(WORD_NOTE_LAST - WORD_NOTE + 1 == 5 && NOTES_ALL == (1 << 5) - 1, "words of notes");

/* What is not plain is held, whatever the request says. */
static enum yes choose_yes(const struct prompt *p, bool wants_hold)
{
    switch (p->kind) {
    case PROMPT_EMERGENCY:
        return YES_EMERGENCY;
    case PROMPT_MMI:
        return p->target.length != 0 ? YES_DIVERT : YES_SEND;
    default:
        return wants_hold || !tariff_is_plain(p->about.tariff.category) ? YES_CALL_HOLD : YES_CALL;
    }
}

static enum word choose_who(const struct prompt *p)
{
    if (p->kind == PROMPT_MMI) {
        return p->target.length != 0 ? WORD_WHO_DIVERT : WORD_WHO_CODE;
    }
    return p->about.origin == ORIGIN_LEGACY ? WORD_WHO_CALL : WORD_WHO_USER;
}

void prompt_open(struct prompt *p, const struct prompt_request *r, const struct subject *about,
                 bool is_unawares)
{
    p->about = *about;
    p->epoch = wide_join(r->epoch);
    p->kind = r->kind;
    p->notes = r->notes;
    p->meaning = text_code_meaning(&about->number, &p->target);
    p->who = choose_who(p);
    p->drawn = (struct number){ 0 };
    p->yes = choose_yes(p, r->needs_hold != 0 || (about->origin == ORIGIN_LEGACY && is_unawares));
    p->is_waiting = true;
    p->is_shown_told = false;
}

void prompt_practise(struct prompt *p)
{
    p->about = (struct subject){ .origin = ORIGIN_USER,
                                 .tariff = { TARIFF_PREMIUM_0900, 199, PRICE_PER_MINUTE },
                                 .gaps = 1 << 4 | 1 << 5 | 1 << 8,
                                 .number = { 11, { 0x32150090, 0x654 } } }; /* 09005123456 */
    p->kind = PROMPT_PRACTICE;
    p->yes = YES_CALL_HOLD;
    p->who = WORD_WHO_PRACTICE;
    p->notes = 0;
}

struct prompt_decision prompt_answer(const struct prompt *p, enum decision decision)
{
    return (struct prompt_decision){ DISPLAY_OK, decision, wide_split(p->epoch), p->drawn };
}

/* When the oldest of the last three prompts that came to nothing is less than a minute old: also
 * of a guest that takes them back, or restarts, before anybody can refuse. */
bool prompt_count_refusal(struct prompt *p, uint64_t now_us)
{
    for (uint32_t i = 0; i + 1 < REFUSALS_BEFORE_OFFER; i++) {
        p->refused_us[i] = p->refused_us[i + 1];
    }
    p->refused_us[REFUSALS_BEFORE_OFFER - 1] = now_us;
    return p->refused_us[0] != 0 && now_us - p->refused_us[0] < REFUSALS_US;
}
