/* SPDX-License-Identifier: BSD-2-Clause */
/* Every message: each field arrives, and each malformed form is refused. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "audit.h"
#include "display.h"
#include "modem.h"

#define NUMBER { 3, { 0x211 } }
#define SHOWN { { TARIFF_FIXED, 0, PRICE_NONE }, 1 << 2, 3, NUMBER }

static abi_word words[64];

/* A macro, as each message has a type and a function of its own. */
#define ROUND_TRIP(type, take, ...)                                \
    do {                                                           \
        const type in = __VA_ARGS__;                               \
        type out;                                                  \
        message_put(words, &in, MESSAGE_LENGTH(in));               \
        assert_true(take(&out, words, MESSAGE_LENGTH(in)));        \
        assert_memory_equal(&in, &out, sizeof in);                 \
        for (uint32_t sent = 0; sent < MESSAGE_LENGTH(in); sent++) \
            assert_false(take(&out, words, sent));                 \
        refuses_wide_words(MESSAGE_LENGTH(in));                    \
    } while (0)

/* On a 64-bit machine a word can hold what no field can. */
static void refuses_wide_words(uint32_t length)
{
    uint32_t fields[64];

    for (uint32_t i = 0; sizeof(abi_word) > 4 && i < length; i++) {
        const abi_word good = words[i];

        words[i] = good | (abi_word)1 << (8 * sizeof(abi_word) - 1);
        assert_false(message_take(fields, length, words, length));
        assert_int_equal(fields[0], 0);
        words[i] = good;
    }
    assert_true(message_take(fields, length, words, length));
}

static void every_field_arrives(void **state)
{
    (void)state;
    ROUND_TRIP(struct modem_request, modem_request_take,
               { MODEM_DIAL, 5, MODEM_FLAG_EMERGENCY, NUMBER });
    ROUND_TRIP(struct modem_notice, modem_notice_take,
               { MODEM_OK, MODEM_EVENT_ENDED, 5, 6, { 7, 8 }, MODEM_CAUSE_BUSY, NUMBER });
    ROUND_TRIP(struct dialler_reply, dialler_reply_take,
               { DIALLER_BUSY, 9, DIAL_STATE_ACTIVE, DIAL_OUTCOME_DECLINED, 1, NUMBER });
    ROUND_TRIP(struct prompt_request, prompt_request_take,
               { DISPLAY_PROMPT, { 1, 2 }, PROMPT_CALL, 1, ORIGIN_LEGACY, NOTE_REPEATED, SHOWN });
    ROUND_TRIP(struct prompt_decision, prompt_decision_take,
               { DISPLAY_OK, DECISION_CONFIRMED, { 1, 2 }, NUMBER });
    ROUND_TRIP(struct call_view, call_view_take,
               { DISPLAY_CALL,
                 DIAL_STATE_ACTIVE,
                 ORIGIN_USER,
                 CALL_FLAG_DIFFERS,
                 4,
                 { 5, 6 },
                 SHOWN,
                 1,
                 NUMBER });
    ROUND_TRIP(struct outcome_view, outcome_view_take,
               { DISPLAY_OUTCOME, ORIGIN_NETWORK, DIAL_OUTCOME_MISSED, REASON_NETWORK, 7, SHOWN });
    ROUND_TRIP(struct price_view, price_view_take,
               { DISPLAY_PRICE, 3, REASON_TOO_SHORT, NOTE_NUMBER_HIDDEN, SHOWN });
    ROUND_TRIP(struct refusal_view, refusal_view_take, { DISPLAY_REFUSAL, 3, REASON_CALL_UP });
    ROUND_TRIP(struct event_notice, event_notice_take, { DISPLAY_OK, EVENT_DIAL, 3, NUMBER });
    ROUND_TRIP(struct audit_append, audit_append_take,
               { AUDIT_APPEND, { AUDIT_SENT, 1, 2, 3, 4, NUMBER } });
    ROUND_TRIP(struct audit_appended, audit_appended_take, { AUDIT_OK, 1, { 2, 3, 4, 5 } });
}

static void a_head_is_the_first_field_or_nothing(void **state)
{
    (void)state;
    words[0] = MODEM_BUSY;
    assert_int_equal(message_head(words, 1), MODEM_BUSY);
    assert_int_equal(message_head(words, 0), MESSAGE_NONE);
    words[0] = (abi_word)-1;
    assert_int_equal(message_head(words, 1), MESSAGE_NONE);
}

static void a_request_to_the_dialler_may_be_short(void **state)
{
    const struct dialler_request in = { DIALLER_REPORT, REPORT_COMMAND, { 7, 8 }, NUMBER };
    struct dialler_request out;

    (void)state;
    message_put(words, &in, MESSAGE_LENGTH(in));
    dialler_request_take(&out, words, MESSAGE_LENGTH(in));
    assert_memory_equal(&in, &out, sizeof in);
    dialler_request_take(&out, words, 2);
    assert_int_equal(out.value, REPORT_COMMAND);
    assert_int_equal(out.address.low, 0);
    assert_int_equal(out.number.length, 0);
}

/* `change` makes a good message a bad one. */
#define REFUSED(type, take, good, change)                   \
    do {                                                    \
        type m = good, out;                                 \
        change;                                             \
        message_put(words, &m, MESSAGE_LENGTH(m));          \
        assert_false(take(&out, words, MESSAGE_LENGTH(m))); \
    } while (0)

static void bad_numbers_and_ranges_are_refused(void **state)
{
    const struct modem_request dial = { MODEM_DIAL, 5, 0, NUMBER };
    const struct modem_notice ended = { .event = MODEM_EVENT_ENDED };
    const struct dialler_reply reply = { .answer = DIALLER_ACCEPTED };
    const struct event_notice event = { .event = EVENT_HANG_UP };

    (void)state;
    REFUSED(struct modem_request, modem_request_take, dial, m.operation = 0);
    REFUSED(struct modem_request, modem_request_take, dial, m.operation = MODEM_DECLINE + 1);
    REFUSED(struct modem_request, modem_request_take, dial, m.token = 0);
    REFUSED(struct modem_request, modem_request_take, dial, m.token = MODEM_TOKEN_INCOMING | 1);
    REFUSED(struct modem_request, modem_request_take, dial, m.number.length = 0);
    REFUSED(struct modem_request, modem_request_take, dial, m.number.packed[4] = 1);
    REFUSED(struct modem_notice, modem_notice_take, ended, m.answer = MODEM_BUSY);
    REFUSED(struct modem_notice, modem_notice_take, ended, m.event = MODEM_EVENT_KINDS);
    REFUSED(struct modem_notice, modem_notice_take, ended, m.number.length = 1;
            m.number.packed[0] = 0xf);
    REFUSED(struct dialler_reply, dialler_reply_take, reply, m.answer = DIALLER_ANSWERS);
    REFUSED(struct dialler_reply, dialler_reply_take, reply, m.state = DIAL_STATES);
    REFUSED(struct dialler_reply, dialler_reply_take, reply, m.outcome = DIAL_OUTCOMES);
    REFUSED(struct dialler_reply, dialler_reply_take, reply, m.is_incoming = 2);
    REFUSED(struct dialler_reply, dialler_reply_take, reply,
            m.number.length = NUMBER_SYMBOLS_MAX + 1);
    REFUSED(struct event_notice, event_notice_take, event, m.answer = DISPLAY_BUSY);
    REFUSED(struct event_notice, event_notice_take, event, m.event = EVENTS);
    REFUSED(struct event_notice, event_notice_take, event, m.number.packed[0] = 1);
}

static void bad_views_are_refused(void **state)
{
    const struct prompt_request prompt = { DISPLAY_PROMPT, { 1, 2 }, PROMPT_CALL, 1,
                                           ORIGIN_LEGACY,  0,        SHOWN };
    const struct prompt_decision decision = { DISPLAY_OK, DECISION_CONFIRMED, { 1, 2 }, NUMBER };
    const struct call_view call = { .operation = DISPLAY_CALL,
                                    .state = DIAL_STATE_ACTIVE,
                                    .about = SHOWN };
    const struct outcome_view outcome = { .operation = DISPLAY_OUTCOME, .about = SHOWN };
    const struct price_view price = { .operation = DISPLAY_PRICE, .about = SHOWN };
    const struct refusal_view refusal = { .operation = DISPLAY_REFUSAL };

    (void)state;
    REFUSED(struct prompt_request, prompt_request_take, prompt, m.kind = PROMPT_PRACTICE);
    REFUSED(struct prompt_request, prompt_request_take, prompt, m.kind = 0);
    REFUSED(struct prompt_request, prompt_request_take, prompt, m.needs_hold = 2);
    REFUSED(struct prompt_request, prompt_request_take, prompt, m.origin = ORIGIN_NETWORK);
    REFUSED(struct prompt_request, prompt_request_take, prompt, m.notes = NOTES_ALL + 1);
    REFUSED(struct prompt_request, prompt_request_take, prompt,
            m.about.tariff.category = TARIFF_CATEGORIES);
    REFUSED(struct prompt_request, prompt_request_take, prompt,
            m.about.tariff.cents = TARIFF_CENTS_MAX + 1);
    REFUSED(struct prompt_request, prompt_request_take, prompt, m.about.tariff.unit = PRICE_UNITS);
    REFUSED(struct prompt_request, prompt_request_take, prompt,
            m.about.groups = 1 << NUMBER_DIAL_MAX);
    REFUSED(struct prompt_request, prompt_request_take, prompt, m.about.country = COUNTRIES_MAX);
    REFUSED(struct prompt_request, prompt_request_take, prompt,
            m.about.number.packed[0] = 0x21a); /* a star */
    REFUSED(struct prompt_decision, prompt_decision_take, decision, m.answer = DISPLAY_BUSY);
    REFUSED(struct prompt_decision, prompt_decision_take, decision, m.decision = 0);
    REFUSED(struct prompt_decision, prompt_decision_take, decision,
            m.decision = DECISION_WITHDRAWN + 1);
    REFUSED(struct call_view, call_view_take, call, m.state = DIAL_STATES);
    REFUSED(struct call_view, call_view_take, call, m.origin = ORIGINS);
    REFUSED(struct call_view, call_view_take, call, m.flags = CALL_FLAGS_ALL + 1);
    REFUSED(struct call_view, call_view_take, call, m.is_waiting = 2);
    REFUSED(struct call_view, call_view_take, call, m.waiting.length = 1;
            m.waiting.packed[0] = SYMBOL_HASH);
    REFUSED(struct call_view, call_view_take, call, m.about.number.packed[0] = 0x21b);
    REFUSED(struct outcome_view, outcome_view_take, outcome, m.origin = ORIGINS);
    REFUSED(struct outcome_view, outcome_view_take, outcome, m.outcome = DIAL_OUTCOMES);
    REFUSED(struct outcome_view, outcome_view_take, outcome, m.reason = REASONS);
    REFUSED(struct outcome_view, outcome_view_take, outcome, m.about.number.packed[1] = 1);
    REFUSED(struct price_view, price_view_take, price, m.reason = REASONS);
    REFUSED(struct price_view, price_view_take, price, m.notes = NOTES_ALL + 1);
    REFUSED(struct refusal_view, refusal_view_take, refusal, m.reason = REASONS);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_field_arrives),
        cmocka_unit_test(a_head_is_the_first_field_or_nothing),
        cmocka_unit_test(a_request_to_the_dialler_may_be_short),
        cmocka_unit_test(bad_numbers_and_ranges_are_refused),
        cmocka_unit_test(bad_views_are_refused),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
