/* SPDX-License-Identifier: BSD-2-Clause */
/* What the items of tables/screens.txt mean: when they are there, and what they say. */
#include "server.h"

#define COUNT(first) ((unsigned)(first##_LAST) - (unsigned)(first) + 1)

_Static_assert(COUNT(WORD_BAR_STATE) == DIAL_STATES, "the bar knows each state of a call");
_Static_assert(COUNT(WORD_BAR_SHORT) == DIAL_STATES, "Linux' bar, too");
_Static_assert(COUNT(WORD_CALL_STATE) == DIAL_STATES, "and the call's page");
_Static_assert(COUNT(WORD_EMERGENCY_STATE) == DIAL_STATES, "and the red one");
_Static_assert(COUNT(WORD_REASON) == REASONS, "a sentence for each reason");
_Static_assert(COUNT(WORD_OUTCOME) == DIAL_OUTCOMES, "a word for each outcome");
_Static_assert(COUNT(WORD_ORIGIN) == ORIGINS && COUNT(WORD_ASKED) == ORIGINS, "who called");
_Static_assert(COUNT(WORD_STOPPED_TITLE) == LEGACY_STATES, "what Linux does");
_Static_assert(WORD_LINUX_STOPPED - WORD_LINUX_RUNNING == LEGACY_STOPPED, "on the home page, too");
_Static_assert(COUNT(WORD_CATEGORY) == TARIFF_CATEGORIES, "a word for each kind of number");
_Static_assert(COUNT(WORD_CATEGORY_IN) == TARIFF_CATEGORIES, "with a country, too");
_Static_assert(WORD_CALL_DECLINED - WORD_CALL_FAILED == DIAL_OUTCOME_DECLINED - DIAL_OUTCOME_FAILED,
               "a page for each outcome that has one");
_Static_assert(COUNT(WORD_CARD_TITLE) == CARDS && COUNT(BOX_CARD_DOT) == CARDS, "cards");
_Static_assert(COUNT(BOX_HOME_ENTRY) == HISTORY_ENTRIES, "a row for each call");
_Static_assert(FACTS <= 32 && DAMAGES < 32, "bits of a word; the last damage is the pointer's");

enum { SECOND_US = 1000000, TONE_COLUMNS = 3, TONE_ROWS = 4, TONE_GAP = 6, TONES_ABOVE = 12 };

bool emergency_is_shown(const struct server *s)
{
    return (s->view == VIEW_PROMPT && s->prompt.kind == PROMPT_EMERGENCY) ||
           (s->view == VIEW_CALL && call_is_emergency(&s->call));
}

/* A second call does not cover the first one's page if that one leads to the rescuers. */
bool ringing_is_shown(const struct server *s)
{
    return s->view == VIEW_CALL && call_is_ringing(&s->call) && !call_is_emergency(&s->call);
}

static uint32_t seconds_of_call(const struct server *s)
{
    return s->view == VIEW_RESULT ? s->result.seconds : call_seconds(&s->call, s->now_us);
}

uint32_t countdown_seconds(const struct server *s)
{
    uint64_t left_us = s->confirm.deadline_us > s->now_us ? s->confirm.deadline_us - s->now_us : 0;

    return s->view == VIEW_PROMPT ? ((uint32_t)left_us + SECOND_US - 1) / SECOND_US : 0;
}

const struct subject *screen_subject(const struct server *s)
{
    switch ((uint32_t)s->view) {
    case VIEW_PROMPT:
        return &s->prompt.about;
    case VIEW_KEYPAD:
        return &s->keypad.about;
    case VIEW_RESULT:
        return &s->result.about;
    default:
        return ringing_is_shown(s) && s->call.is_second_ringing ? &s->call.second : &s->call.about;
    }
}

uint32_t screen_facts(const struct server *s)
{
    const struct subject *about = screen_subject(s);
    const bool is[FACTS] = {
        [IF_TRUSTED] = s->view != VIEW_LEGACY,
        [IF_RED] = emergency_is_shown(s),
        [IF_UP] = call_is_up(&s->call),
        [IF_RINGING] = ringing_is_shown(s),
        [IF_ACTIVE] = s->call.state == DIAL_STATE_ACTIVE,
        [IF_TONES] = s->call.has_tones,
        [IF_COSTLY] = about->tariff.unit != PRICE_NONE && about->origin != ORIGIN_NETWORK,
        [IF_NUMBER] = about->number.length != 0,
        [IF_PRICE] = s->keypad.has_price,
        [IF_CODE] = s->prompt.kind == PROMPT_MMI,
        [IF_PRACTICE] = s->prompt.kind == PROMPT_PRACTICE,
        [IF_BLOCKED] = s->home.is_legacy_blocked,
        [IF_STOPPED] = s->home.legacy_state == LEGACY_STOPPED,
        [IF_CALLS] = s->home.history_count != 0,
        [IF_NOTHING] = s->result.word == WORD_NOT_CALLED || s->result.word == WORD_PRACTICE_OVER,
        [IF_OFFER] = s->result.has_offer,
        [IF_LAST] = s->card + 1 == CARDS,
        [IF_OURS] = about->origin != ORIGIN_NETWORK,
        [IF_WAITING] = s->call.is_second_ringing,
        [IF_TRYING] = s->call.state == DIAL_STATE_DIALLING && s->call.tries != 0,
        [IF_DIFFERS] = (s->call.flags & CALL_FLAG_DIFFERS) != 0,
        [IF_RESCUERS] = (s->call.flags & CALL_FLAG_RESCUERS) != 0,
        [IF_HIDDEN] = (s->keypad.notes & NOTE_NUMBER_HIDDEN) != 0,
        [IF_HINT] = s->hint != WORD_NONE,
        [IF_LASTED] = s->result.seconds != 0,
    };
    uint32_t facts = 0;

    for (uint32_t i = 0; i < FACTS; i++) {
        facts |= (uint32_t)is[i] << i;
    }
    return facts;
}

bool screen_has(const struct server *s, const struct item *item, uint32_t facts)
{
    return (item->view == s->view || item->view == VIEW_ANY) &&
           (facts & item->needs) == item->needs && (facts & item->lacks) == 0;
}

static enum word linux_word(const struct server *s, enum word running)
{
    return s->home.legacy_state != LEGACY_RUNNING ? running + s->home.legacy_state
           : s->home.is_legacy_blocked            ? WORD_LINUX_BLOCKED
                                                  : running;
}

enum word screen_word(const struct server *s, const struct item *item)
{
    const enum word word[CHOICES] = {
        [BY_NOTHING] = item->word,
        [BY_STATE] = item->word + s->call.state,
        [BY_ORIGIN] = item->word + s->call.about.origin,
        [BY_LINUX] = linux_word(s, item->word),
        [BY_CARD] = item->word + s->card,
        [BY_RESULT] = s->result.word,
        [BY_WHO] = s->prompt.who,
        [BY_MEANING] = s->prompt.meaning,
        [BY_HINT] = s->hint,
        [BY_REASON] = WORD_REASON + s->result.reason,
        [BY_ENTRIES] = item->word + (s->home.log_count == 1),
    };

    return word[item->by];
}

struct text screen_filling(const struct server *s, enum item_filling with)
{
    const struct subject *about = screen_subject(s);
    uint32_t times =
        about->tariff.unit == PRICE_PER_CALL ? 1 : seconds_of_call(s) / 60 + 1; /* minutes begun */
    const uint32_t count[] = {
        [WITH_DIGITS] = subject_digits(about),
        [WITH_COUNTDOWN] = countdown_seconds(s),
        [WITH_LOG] = s->home.log_count,
    };
    struct text t = { 0 };

    if (with == WITH_NUMBER) {
        text_add_number(&t, &about->number);
    } else if (with == WITH_CLOCK) {
        text_add_clock(&t, seconds_of_call(s));
    } else if (with == WITH_TRIES) {
        text_add_ordinal(&t, s->call.tries);
    } else if (with == WITH_COST) {
        text_add_cents(&t, about->tariff.cents * times);
    } else if (with == WITH_LABEL) {
        text_add(&t, s->legacy_label);
    } else if (with != WITH_NOTHING) {
        text_add_decimal(&t, count[with], 1);
    }
    return t;
}

struct rect screen_tone_key(const struct server *s, uint32_t index)
{
    int32_t top = s->below + TONES_ABOVE;
    int32_t pitch = (layout[BOX_HANG_UP].y - TONES_ABOVE - top + TONE_GAP) / TONE_ROWS;
    int32_t width = (layout[BOX_NUMBER].width + TONE_GAP) / TONE_COLUMNS;

    return (struct rect){ (int16_t)(layout[BOX_NUMBER].x + (int32_t)(index % TONE_COLUMNS) * width),
                          (int16_t)(top + (int32_t)(index / TONE_COLUMNS) * pitch),
                          (int16_t)(width - TONE_GAP), (int16_t)(pitch - TONE_GAP) };
}
