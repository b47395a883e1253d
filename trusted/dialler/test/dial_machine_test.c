/* SPDX-License-Identifier: BSD-2-Clause */
#include "dial_machine.h"
#include "number_text.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

enum { SECOND = 1000000, BADGE = 1 | 5 << 8, NEXT_BADGE = 1 | 6 << 8 };

static struct dial_machine m;
static struct dial_actions out;
static uint64_t now_us;

static void feed(struct dial_input in)
{
    in.now_us = now_us;
    dial_step(&m, &in, &out);
}

static int start(void **state)
{
    (void)state;
    memset(&m, 0, sizeof m);
    now_us = 1000 * SECOND;
    feed((struct dial_input){ .kind = DIAL_INPUT_START });
    return 0;
}

static void legacy(uint32_t badge, uint32_t operation, uint32_t value, const char *number)
{
    feed((struct dial_input){ .kind = DIAL_INPUT_LEGACY, .badge = badge, .operation = operation, .value = value,
                              .number = number_of(number) });
}

static void request(const char *number)
{
    legacy(BADGE, DIALLER_DIAL, 0, number);
}

static void decide_as(uint32_t decision, uint64_t epoch, const char *number)
{
    feed((struct dial_input){ .kind = DIAL_INPUT_DECISION, .value = decision, .epoch = epoch,
                              .number = number_of(number) });
}

static void decide(uint32_t decision)
{
    feed((struct dial_input){ .kind = DIAL_INPUT_DECISION, .value = decision, .epoch = m.request.epoch,
                              .number = m.request.plan.number });
}

static void user(uint32_t event, uint32_t value, const char *number)
{
    feed((struct dial_input){ .kind = DIAL_INPUT_USER, .operation = event, .value = value,
                              .number = number_of(number) });
}

static void modem(uint32_t event, uint32_t cause)
{
    feed((struct dial_input){ .kind = DIAL_INPUT_MODEM, .operation = event, .token = m.call.token, .value = cause });
}

static void time_passes(uint64_t us)
{
    now_us += us;
    feed((struct dial_input){ .kind = DIAL_INPUT_TIMER });
}

static void assert_log(unsigned count, ...)
{
    va_list kinds;

    va_start(kinds, count);
    assert_int_equal(out.log_count, count);
    for (unsigned i = 0; i < count; i++)
        assert_int_equal(out.log[i].kind, va_arg(kinds, int));
    va_end(kinds);
}

static void assert_dialled(const char *number)
{
    assert_true(out.command == MODEM_DIAL);
    assert_string_equal(number_text(&out.number), number);
}

static void confirmed_legacy_call(void)
{
    request("09005123456");
    decide(DECISION_CONFIRMED);
    modem(MODEM_EVENT_TAKEN, 0);
    modem(MODEM_EVENT_ALERTING, 0);
    modem(MODEM_EVENT_ACTIVE, 0);
    assert_int_equal(m.call.phase, PHASE_ACTIVE);
}

/* The drawing in dial_machine.h, as a list of its arrows; every other cell must stay. */
static void every_cell_of_the_table(void **state)
{
    static const struct { enum dial_phase from; enum dial_transition step; enum dial_phase to; } arrows[] = {
        { PHASE_IDLE, STEP_REQUEST, PHASE_PROMPT },      { PHASE_PROMPT, STEP_CONFIRMED, PHASE_SENT },
        { PHASE_SENT, STEP_TAKEN, PHASE_DIALLING },
        { PHASE_DIALLING, STEP_ALERTING, PHASE_ALERTING }, { PHASE_DIALLING, STEP_ACTIVE, PHASE_ACTIVE },
        { PHASE_ALERTING, STEP_ACTIVE, PHASE_ACTIVE },   { PHASE_INCOMING, STEP_ACTIVE, PHASE_ACTIVE },
        { PHASE_IDLE, STEP_RINGING, PHASE_INCOMING },    { PHASE_SENT, STEP_HANG_UP, PHASE_ENDING },
        { PHASE_DIALLING, STEP_HANG_UP, PHASE_ENDING },  { PHASE_ALERTING, STEP_HANG_UP, PHASE_ENDING },
        { PHASE_ACTIVE, STEP_HANG_UP, PHASE_ENDING },    { PHASE_INCOMING, STEP_HANG_UP, PHASE_ENDING },
        { PHASE_PROMPT, STEP_OVER, PHASE_IDLE },         { PHASE_SENT, STEP_OVER, PHASE_IDLE },
        { PHASE_DIALLING, STEP_OVER, PHASE_IDLE },       { PHASE_ALERTING, STEP_OVER, PHASE_IDLE },
        { PHASE_ACTIVE, STEP_OVER, PHASE_IDLE },         { PHASE_INCOMING, STEP_OVER, PHASE_IDLE },
        { PHASE_ENDING, STEP_OVER, PHASE_IDLE },
    };

    (void)state;
    for (int phase = 0; phase < PHASES; phase++) {
        for (int step = 0; step < STEPS_COUNT; step++) {
            enum dial_phase expected = PHASES;

            for (unsigned i = 0; i < sizeof arrows / sizeof arrows[0]; i++) {
                if ((int)arrows[i].from == phase && (int)arrows[i].step == step)
                    expected = arrows[i].to;
            }
            assert_int_equal(dial_phase_next[phase][step], expected);
        }
    }
}

static void a_confirmed_request_dials_once(void **state)
{
    (void)state;
    request("09005123456");
    assert_int_equal(out.reply.answer, DIALLER_ACCEPTED);
    assert_true(out.open_prompt);
    assert_false(out.command == MODEM_DIAL);
    assert_log(1, AUDIT_REQUESTED);
    assert_int_equal(m.request.plan.price_cents, 199);
    assert_true(m.request.plan.needs_hold);
    decide(DECISION_CONFIRMED);
    assert_dialled("09005123456");
    assert_true(out.show_call);
    assert_log(3, AUDIT_SHOWN, AUDIT_CONFIRMED, AUDIT_SENT);
    assert_int_equal(out.log[0].detail, TARIFF_PREMIUM_0900 << 16 | 199);
    decide(DECISION_CONFIRMED);
    assert_false(out.command == MODEM_DIAL);
    modem(MODEM_EVENT_TAKEN, 0);
    assert_int_equal(m.call.phase, PHASE_DIALLING);
    modem(MODEM_EVENT_ALERTING, 0);
    modem(MODEM_EVENT_ACTIVE, 0);
    assert_int_equal(m.call.active_since_us, now_us);
    modem(MODEM_EVENT_ENDED, MODEM_CAUSE_NORMAL);
    assert_log(1, AUDIT_RESULT);
    assert_int_equal(out.log[0].detail, MODEM_EVENT_ENDED << 8 | MODEM_CAUSE_NORMAL);
    assert_int_equal(out.outcome, DIAL_OUTCOME_ENDED);
    assert_int_equal(m.call.phase, PHASE_IDLE);
    assert_false(m.confirmation.is_open);
}

static void a_refused_request_dials_nothing_and_waits(void **state)
{
    (void)state;
    request("09005123456");
    decide(DECISION_REFUSED);
    assert_false(out.command == MODEM_DIAL);
    assert_log(2, AUDIT_SHOWN, AUDIT_REFUSED);
    assert_true(out.outcome != 0 && out.signal_legacy);
    assert_int_equal(out.outcome, DIAL_OUTCOME_REFUSED);
    legacy(BADGE, DIALLER_STATUS, 0, "");
    assert_int_equal(out.reply.outcome, DIAL_OUTCOME_REFUSED);
    assert_int_equal(out.reply.state, DIAL_STATE_NONE);
    request("09005123456");
    assert_int_equal(out.reply.answer, DIALLER_REFUSED);
    now_us += SECOND;
    request("09005123456");
    assert_int_equal(out.reply.answer, DIALLER_ACCEPTED);
    assert_true(m.request.plan.notes & NOTE_REPEATED);
    decide(DECISION_TIMED_OUT);
    assert_int_equal(out.outcome, DIAL_OUTCOME_TIMED_OUT);
    now_us += SECOND;
    request("0301234567");
    assert_int_equal(out.reply.answer, DIALLER_REFUSED); /* now two seconds */
    now_us += SECOND;
    request("0301234567");
    assert_int_equal(out.reply.answer, DIALLER_ACCEPTED);
    assert_false(m.request.plan.notes & NOTE_REPEATED);
}

static void back_off_grows_and_is_forgiven(void **state)
{
    static const unsigned seconds[] = { 1, 2, 5, 15, 30, 60, 60 };

    (void)state;
    for (unsigned i = 0; i < sizeof seconds / sizeof seconds[0]; i++) {
        request("09005123456");
        assert_int_equal(out.reply.answer, DIALLER_ACCEPTED);
        decide(DECISION_REFUSED);
        now_us += seconds[i] * (uint64_t)SECOND - 1;
        request("09005123456");
        assert_int_equal(out.reply.answer, DIALLER_REFUSED);
        now_us += 1;
    }
    now_us += 601 * (uint64_t)SECOND;
    request("09005123456");
    decide(DECISION_REFUSED);
    now_us += SECOND;
    request("09005123456");
    assert_int_equal(out.reply.answer, DIALLER_ACCEPTED);
    decide(DECISION_CONFIRMED);
    modem(MODEM_EVENT_ENDED, 0);
    request("09005123456");
    assert_int_equal(out.reply.answer, DIALLER_ACCEPTED);
}

static void a_wrong_echo_is_a_refusal(void **state)
{
    (void)state;
    request("09005123456");
    decide_as(DECISION_CONFIRMED, m.request.epoch + 1, "09005123456");
    assert_false(out.command == MODEM_DIAL);
    assert_log(1, AUDIT_REFUSED);
    assert_int_equal(out.outcome, DIAL_OUTCOME_FAILED);
    now_us += SECOND;
    request("0301234567");
    decide_as(DECISION_CONFIRMED, m.request.epoch, "0301234568");
    assert_false(out.command == MODEM_DIAL);
    assert_int_equal(m.call.phase, PHASE_IDLE);
    now_us += 2 * SECOND;
    request("0301234567");
    decide_as(99, m.request.epoch, "0301234567");
    assert_false(out.command == MODEM_DIAL);
    assert_int_equal(out.outcome, DIAL_OUTCOME_REFUSED);
}

static void a_withdrawn_prompt_cannot_be_confirmed(void **state)
{
    uint64_t epoch;

    (void)state;
    request("09005123456");
    epoch = m.request.epoch;
    legacy(BADGE, DIALLER_HANG_UP, 0, "");
    assert_true(out.cancel_epoch != 0);
    assert_int_equal(out.cancel_epoch, epoch);
    now_us += SECOND;
    request("0301234567");
    assert_int_equal(out.reply.answer, DIALLER_BUSY); /* D5: the display has not answered */
    decide_as(DECISION_CONFIRMED, epoch, "09005123456");
    assert_false(out.command == MODEM_DIAL);
    assert_int_equal(out.log_count, 0);
    request("0301234567");
    assert_true(out.open_prompt);
    assert_int_not_equal(m.request.epoch, epoch);
}

static void an_open_prompt_does_not_change(void **state)
{
    (void)state;
    request("0301234567");
    request("09005123456");
    assert_int_equal(out.reply.answer, DIALLER_BUSY);
    assert_string_equal(number_text(&m.request.plan.number), "0301234567");
    legacy(2 | 1 << 8, DIALLER_DIAL, 0, "09005123456");
    assert_int_equal(out.reply.answer, DIALLER_BUSY);
    legacy(2 | 1 << 8, DIALLER_HANG_UP, 0, "");
    assert_int_equal(m.request.phase, PHASE_PROMPT);
}

static void bad_requests(void **state)
{
    (void)state;
    request("*100#");
    assert_int_equal(out.reply.answer, DIALLER_INVALID);
    legacy(9 | 1 << 8, DIALLER_DIAL, 0, "0301234567");
    assert_int_equal(out.reply.answer, DIALLER_INVALID);
    legacy(BADGE, 99, 0, "");
    assert_int_equal(out.reply.answer, DIALLER_INVALID);
    legacy(BADGE, DIALLER_REPORT, 0, "");
    assert_int_equal(out.reply.answer, DIALLER_INVALID);
    legacy(BADGE, DIALLER_REPORT, REPORT_KINDS, "");
    assert_int_equal(out.reply.answer, DIALLER_INVALID);
    legacy(BADGE, DIALLER_DIAL, 0, "0301234567890123456789");
    assert_int_equal(out.reply.answer, DIALLER_INVALID);
    assert_int_equal(m.call.phase, PHASE_IDLE);
}

static void the_keypad_dials_what_it_shows(void **state)
{
    (void)state;
    user(EVENT_TYPED, 7, "09005123456");
    assert_true(out.show_price);
    assert_int_equal(out.serial, 7);
    assert_int_equal(out.price.price_cents, 199);
    user(EVENT_DIAL, 6, "09005123456");
    assert_false(out.command == MODEM_DIAL);
    user(EVENT_DIAL, 7, "09005123457");
    assert_false(out.command == MODEM_DIAL);
    user(EVENT_DIAL, 7, "09005123456");
    assert_dialled("09005123456");
    assert_log(3, AUDIT_SHOWN, AUDIT_CONFIRMED, AUDIT_SENT);
    assert_int_equal(out.log[1].origin, ORIGIN_USER);
    user(EVENT_DIAL, 7, "09005123456");
    assert_false(out.command == MODEM_DIAL);
    legacy(BADGE, DIALLER_STATUS, 0, "");
    assert_int_equal(out.reply.state, DIAL_STATE_NONE); /* the user's call is not Linux's business */
    legacy(BADGE, DIALLER_HANG_UP, 0, "");
    assert_false(out.command == MODEM_HANG_UP);
    user(EVENT_HANG_UP, 0, "");
    assert_true(out.command == MODEM_HANG_UP);
    modem(MODEM_EVENT_ENDED, 0);
    user(EVENT_TYPED, 8, "*100#");
    assert_int_equal(out.price.category, TARIFF_UNKNOWN);
    user(EVENT_DIAL, 8, "*100#");
    assert_false(out.command == MODEM_DIAL);
}

static void emergency_needs_one_press(void **state)
{
    (void)state;
    user(EVENT_DIAL, 0, "112");
    assert_dialled("112");
    user(EVENT_DIAL, 0, "112");
    assert_false(out.command == MODEM_DIAL || out.command == MODEM_HANG_UP); /* it is on its way */
}

static void emergency_withdraws_a_prompt(void **state)
{
    uint64_t epoch;

    (void)state;
    request("09005123456");
    epoch = m.request.epoch;
    user(EVENT_DIAL, 3, "110");
    assert_true(out.cancel_epoch != 0);
    assert_int_equal(out.cancel_epoch, epoch);
    assert_dialled("110");
    assert_log(4, AUDIT_REFUSED, AUDIT_SHOWN, AUDIT_CONFIRMED, AUDIT_SENT);
    decide_as(DECISION_CONFIRMED, epoch, "09005123456");
    assert_false(out.command == MODEM_DIAL);
    legacy(BADGE, DIALLER_STATUS, 0, "");
    assert_int_equal(out.reply.outcome, DIAL_OUTCOME_WITHDRAWN);
}

static void emergency_ends_a_running_call(void **state)
{
    (void)state;
    confirmed_legacy_call();
    user(EVENT_DIAL, 3, "112");
    assert_true(out.command == MODEM_HANG_UP);
    assert_false(out.command == MODEM_DIAL);
    user(EVENT_DIAL, 3, "112");
    assert_false(out.command == MODEM_HANG_UP);
    modem(MODEM_EVENT_ENDED, 0);
    assert_dialled("112");
    modem(MODEM_EVENT_ENDED, 0);
    assert_false(out.command == MODEM_DIAL);
    assert_int_equal(m.call.phase, PHASE_IDLE);
}

static void a_waiting_emergency_can_be_taken_back(void **state)
{
    (void)state;
    confirmed_legacy_call();
    user(EVENT_DIAL, 3, "112");
    user(EVENT_HANG_UP, 0, "");
    modem(MODEM_EVENT_ENDED, 0);
    assert_false(out.command == MODEM_DIAL);
}

static void a_modem_that_does_not_hang_up_holds_no_emergency_back(void **state)
{
    (void)state;
    confirmed_legacy_call();
    user(EVENT_DIAL, 3, "112");
    assert_int_equal(dial_deadline(&m), now_us + 10 * SECOND);
    time_passes(10 * SECOND);
    assert_dialled("112");
}

static void emergency_by_legacy(void **state)
{
    (void)state;
    user(EVENT_BLOCK, 1, "");
    request("0301234567");
    assert_int_equal(out.reply.answer, DIALLER_REFUSED);
    request("112");
    assert_true(out.open_prompt && m.request.plan.is_emergency && !m.request.plan.needs_hold);
    decide(DECISION_REFUSED);
    assert_false(out.command == MODEM_DIAL);
    request("112");
    assert_int_equal(out.reply.answer, DIALLER_REFUSED);
    now_us += SECOND;
    request("112");
    assert_true(out.open_prompt);
    decide(DECISION_CONFIRMED);
    assert_dialled("112");
}

static void blocking_withdraws_and_unblocking_allows(void **state)
{
    (void)state;
    request("0301234567");
    user(EVENT_BLOCK, 1, "");
    assert_true(out.cancel_epoch != 0);
    assert_log(2, AUDIT_REFUSED, AUDIT_BLOCKED);
    decide_as(DECISION_WITHDRAWN, 1, "0301234567");
    user(EVENT_BLOCK, 0, "");
    now_us += SECOND;
    request("0301234567");
    assert_true(out.open_prompt);
}

static void the_modem_refuses(void **state)
{
    (void)state;
    request("0301234567");
    decide(DECISION_CONFIRMED);
    feed((struct dial_input){ .kind = DIAL_INPUT_NOT_TAKEN });
    assert_int_equal(out.outcome, DIAL_OUTCOME_FAILED);
    assert_false(out.command == MODEM_DIAL);
    feed((struct dial_input){ .kind = DIAL_INPUT_NOT_TAKEN });
    assert_false(out.outcome != 0);
}

static void ends_of_calls(void **state)
{
    static const struct { uint32_t event, cause, outcome; } ends[] = {
        { MODEM_EVENT_ENDED, MODEM_CAUSE_BUSY, DIAL_OUTCOME_BUSY },
        { MODEM_EVENT_ENDED, MODEM_CAUSE_NO_ANSWER, DIAL_OUTCOME_FAILED },
        { MODEM_EVENT_ENDED, MODEM_CAUSE_NORMAL, DIAL_OUTCOME_FAILED },
        { MODEM_EVENT_ENDED, MODEM_CAUSE_TIMEOUT, DIAL_OUTCOME_FAILED },
        { MODEM_EVENT_LOST, MODEM_CAUSE_ERROR, DIAL_OUTCOME_FAILED },
        { MODEM_EVENT_MISMATCH, MODEM_CAUSE_ERROR, DIAL_OUTCOME_FAILED },
    };

    (void)state;
    for (unsigned i = 0; i < sizeof ends / sizeof ends[0]; i++) {
        request("0301234567");
        decide(DECISION_CONFIRMED);
        modem(MODEM_EVENT_TAKEN, 0);
        modem(ends[i].event, ends[i].cause);
        assert_int_equal(out.outcome, ends[i].outcome);
        assert_int_equal(m.call.phase, PHASE_IDLE);
        assert_log(1, AUDIT_RESULT);
    }
}

static void late_events_of_an_old_call_fit_nothing(void **state)
{
    uint32_t old;

    (void)state;
    confirmed_legacy_call();
    old = m.call.token;
    modem(MODEM_EVENT_ENDED, 0);
    request("0301234567");
    decide(DECISION_CONFIRMED);
    assert_int_not_equal(m.call.token, old);
    feed((struct dial_input){ .kind = DIAL_INPUT_MODEM, .operation = MODEM_EVENT_ENDED, .token = old });
    assert_int_equal(m.call.phase, PHASE_SENT);
}

static void a_silent_modem_is_hung_up(void **state)
{
    (void)state;
    request("0301234567");
    decide(DECISION_CONFIRMED);
    assert_int_equal(dial_deadline(&m), now_us + 30 * SECOND);
    time_passes(30 * SECOND);
    assert_true(out.command == MODEM_HANG_UP);
    time_passes(10 * SECOND);
    assert_int_equal(out.outcome, DIAL_OUTCOME_FAILED);
    assert_int_equal(dial_deadline(&m), DIAL_NEVER);
}

static void users_call(void)
{
    user(EVENT_TYPED, 7, "03023125042");
    user(EVENT_DIAL, 7, "03023125042");
    modem(MODEM_EVENT_TAKEN, 0);
    modem(MODEM_EVENT_ACTIVE, 0);
    assert_int_equal(m.call.phase, PHASE_ACTIVE);
}

static void a_prompt_may_stand_beside_a_call(void **state)
{
    (void)state;
    users_call();
    request("09005123456");
    assert_true(out.open_prompt);
    legacy(BADGE, DIALLER_STATUS, 0, "");
    assert_int_equal(out.reply.state, DIAL_STATE_PROMPT);
    decide(DECISION_REFUSED);
    assert_false(out.command == MODEM_HANG_UP || out.command == MODEM_DIAL || out.show_call);
    assert_int_equal(m.call.phase, PHASE_ACTIVE);
    now_us += SECOND;
    request("09005123456");
    decide(DECISION_CONFIRMED);
    assert_true(out.command == MODEM_HANG_UP);
    assert_false(out.command == MODEM_DIAL);
    assert_log(1, AUDIT_SHOWN);
    legacy(BADGE, DIALLER_STATUS, 0, "");
    assert_int_equal(out.reply.state, DIAL_STATE_DIALLING);
    assert_string_equal(number_text(&out.reply.number), "09005123456");
    request("09005123456");
    assert_int_equal(out.reply.answer, DIALLER_BUSY);
    modem(MODEM_EVENT_ENDED, 0);
    assert_dialled("09005123456");
    assert_log(3, AUDIT_RESULT, AUDIT_CONFIRMED, AUDIT_SENT);
    modem(MODEM_EVENT_ENDED, 0);
    assert_false(out.command == MODEM_DIAL);
}

static void what_waits_for_the_end_of_a_call_can_be_taken_back(void **state)
{
    (void)state;
    for (unsigned by_user = 0; by_user < 2; by_user++) {
        start(NULL);
        users_call();
        request("09005123456");
        decide(DECISION_CONFIRMED);
        if (by_user)
            user(EVENT_HANG_UP, 0, "");
        else
            legacy(BADGE, DIALLER_HANG_UP, 0, "");
        assert_log(1, AUDIT_REFUSED);
        modem(MODEM_EVENT_ENDED, 0);
        assert_false(out.command == MODEM_DIAL);
        legacy(BADGE, DIALLER_STATUS, 0, "");
        assert_int_equal(out.reply.outcome, DIAL_OUTCOME_WITHDRAWN);
    }
}

static void no_prompt_beside_ones_own_call_or_one_being_set_up(void **state)
{
    (void)state;
    user(EVENT_TYPED, 7, "03023125042");
    user(EVENT_DIAL, 7, "03023125042");
    request("09005123456");
    assert_int_equal(out.reply.answer, DIALLER_BUSY);
    modem(MODEM_EVENT_ENDED, 0);
    confirmed_legacy_call();
    request("09005123456");
    assert_int_equal(out.reply.answer, DIALLER_BUSY);
}

static void guests_die_during_a_call_with_their_prompt_open(void **state)
{
    (void)state;
    users_call();
    for (uint32_t epoch = 1; epoch <= 200; epoch++) {
        uint32_t badge = 1 | epoch << 8;

        now_us += SECOND;
        legacy(badge, DIALLER_DIAL, 0, "09005123456");
        assert_true(out.open_prompt);
        feed((struct dial_input){ .kind = DIAL_INPUT_LEGACY_RESTART });
        assert_true(out.cancel_epoch != 0);
        assert_false(out.command == MODEM_HANG_UP || out.show_call);
        decide_as(DECISION_WITHDRAWN, m.request.epoch, "09005123456");
        assert_int_equal(m.call.phase, PHASE_ACTIVE);
    }
}

/* Nobody refused these: however often the guest restarts, it waits a second, no more and no less. */
static void a_guest_that_restarts_waits_a_second(void **state)
{
    (void)state;
    users_call();
    for (unsigned i = 0; i < 200; i++) {
        request("09005123456");
        assert_true(out.open_prompt);
        legacy(BADGE, DIALLER_CANCEL_ALL, 0, "");
        assert_log(1, AUDIT_REFUSED);
        decide_as(DECISION_WITHDRAWN, m.request.epoch, "09005123456");
        now_us += SECOND - 1;
        request("09005123456");
        assert_int_equal(out.reply.answer, DIALLER_REFUSED);
        now_us += 1;
    }
    assert_int_equal(m.call.phase, PHASE_ACTIVE);
}

static void a_restart_shortens_no_wait(void **state)
{
    (void)state;
    for (unsigned i = 0; i < 3; i++) {
        request("09005123456");
        decide(DECISION_REFUSED);
        now_us += i < 2 ? 5 * (uint64_t)SECOND : 0;
    }
    legacy(BADGE, DIALLER_CANCEL_ALL, 0, "");
    now_us += 5 * SECOND - 1;
    request("09005123456");
    assert_int_equal(out.reply.answer, DIALLER_REFUSED);
    now_us += 1;
    request("09005123456");
    legacy(BADGE, DIALLER_CANCEL_ALL, 0, "");
    decide_as(DECISION_WITHDRAWN, m.request.epoch, "09005123456");
    now_us += SECOND;
    request("09005123456");
    decide(DECISION_REFUSED); /* the fourth */
    now_us += 15 * SECOND - 1;
    request("09005123456");
    assert_int_equal(out.reply.answer, DIALLER_REFUSED);
}

/* The user can block everything else. */
static void a_guest_that_restarts_does_not_repeat_emergencies_at_will(void **state)
{
    static const unsigned seconds[] = { 1, 1, 2, 5, 10, 10 };

    (void)state;
    for (unsigned i = 0; i < sizeof seconds / sizeof seconds[0]; i++) {
        request("112");
        assert_int_equal(out.reply.answer, DIALLER_ACCEPTED);
        legacy(BADGE, DIALLER_CANCEL_ALL, 0, "");
        decide_as(DECISION_WITHDRAWN, m.request.epoch, "112");
        now_us += seconds[i] * (uint64_t)SECOND - 1;
        request("112");
        assert_int_equal(out.reply.answer, DIALLER_REFUSED);
        now_us += 1;
    }
}

static void emergency_goes_before_what_waits(void **state)
{
    (void)state;
    users_call();
    request("09005123456");
    decide(DECISION_CONFIRMED);
    user(EVENT_DIAL, 0, "112");
    assert_log(2, AUDIT_SHOWN, AUDIT_REFUSED);
    modem(MODEM_EVENT_ENDED, 0);
    assert_dialled("112");
    modem(MODEM_EVENT_ENDED, 0);
    assert_false(out.command == MODEM_DIAL);
}

static void a_restarted_guest_loses_its_prompt(void **state)
{
    (void)state;
    request("09005123456");
    feed((struct dial_input){ .kind = DIAL_INPUT_LEGACY_RESTART });
    assert_true(out.cancel_epoch != 0);
    assert_int_equal(m.call.phase, PHASE_IDLE);
    decide_as(DECISION_CONFIRMED, 1, "09005123456");
    assert_false(out.command == MODEM_DIAL);
    legacy(NEXT_BADGE, DIALLER_STATUS, 0, "");
    assert_int_equal(out.reply.answer, DIALLER_ACCEPTED);
    request("09005123456");
    assert_int_equal(out.reply.answer, DIALLER_INVALID); /* the old badge */
    legacy(NEXT_BADGE, DIALLER_DIAL, 0, "09005123456");
    assert_int_equal(out.reply.answer, DIALLER_REFUSED); /* back-off outlives the guest */
}

static void a_new_badge_withdraws_the_old_ones_prompt(void **state)
{
    (void)state;
    request("09005123456");
    legacy(NEXT_BADGE, DIALLER_STATUS, 0, "");
    assert_true(out.cancel_epoch != 0);
}

static void a_confirmed_call_outlives_its_guest(void **state)
{
    (void)state;
    confirmed_legacy_call();
    feed((struct dial_input){ .kind = DIAL_INPUT_LEGACY_RESTART });
    assert_false(out.command == MODEM_HANG_UP || out.cancel_epoch != 0);
    assert_int_equal(m.call.phase, PHASE_ACTIVE);
    legacy(NEXT_BADGE, DIALLER_HANG_UP, 0, "");
    assert_false(out.command == MODEM_HANG_UP);
    legacy(NEXT_BADGE, DIALLER_TONE, 5, "");
    assert_false(out.command == MODEM_TONE);
    user(EVENT_HANG_UP, 0, "");
    assert_true(out.command == MODEM_HANG_UP);
}

static void a_reset_guest_cancels_its_prompt(void **state)
{
    (void)state;
    request("09005123456");
    legacy(BADGE, DIALLER_CANCEL_ALL, 0, "");
    assert_true(out.cancel_epoch != 0);
}

static void a_guest_ends_its_own_call(void **state)
{
    (void)state;
    confirmed_legacy_call();
    legacy(BADGE, DIALLER_TONE, 5, "");
    assert_true(out.command == MODEM_TONE);
    legacy(BADGE, DIALLER_TONE, SYMBOL_PLUS, "");
    assert_false(out.command == MODEM_TONE);
    legacy(BADGE, DIALLER_STATUS, 0, "");
    assert_int_equal(out.reply.state, DIAL_STATE_ACTIVE);
    legacy(BADGE, DIALLER_HANG_UP, 0, "");
    assert_true(out.command == MODEM_HANG_UP);
    legacy(BADGE, DIALLER_STATUS, 0, "");
    assert_int_equal(out.reply.state, DIAL_STATE_NONE);
    assert_int_equal(out.reply.outcome, DIAL_OUTCOME_ENDED);
    assert_int_equal(dial_call_state(&m.call), DIAL_STATE_ACTIVE); /* the screen still says so */
    legacy(BADGE, DIALLER_TONE, 5, "");
    assert_int_equal(out.reply.answer, DIALLER_INVALID);
}

static void tones_by_the_user(void **state)
{
    (void)state;
    user(EVENT_TONE, 5, "");
    assert_false(out.command == MODEM_TONE);
    confirmed_legacy_call();
    user(EVENT_TONE, 11, "");
    assert_true(out.command == MODEM_TONE);
    assert_int_equal(out.value, 11);
}

static void incoming_calls(void **state)
{
    struct dial_input ring = { .kind = DIAL_INPUT_MODEM, .operation = MODEM_EVENT_RINGING,
                               .number = number_of("03023125042") };

    (void)state;
    request("09005123456");
    feed(ring);
    assert_true(out.cancel_epoch != 0 && out.show_call);
    assert_false(out.outcome != 0);
    assert_int_equal(m.call.phase, PHASE_INCOMING);
    legacy(BADGE, DIALLER_STATUS, 0, "");
    assert_int_equal(out.reply.state, DIAL_STATE_INCOMING);
    assert_int_equal(out.reply.is_incoming, 1);
    legacy(BADGE, DIALLER_ANSWER, 0, "");
    assert_int_equal(out.reply.answer, DIALLER_ACCEPTED);
    assert_false(out.command == MODEM_ANSWER); /* only the user answers */
    legacy(BADGE, DIALLER_HANG_UP, 0, "");
    assert_false(out.command == MODEM_HANG_UP);
    legacy(BADGE, DIALLER_TONE, 1, "");
    assert_false(out.command == MODEM_TONE);
    request("0301234567");
    assert_int_equal(out.reply.answer, DIALLER_BUSY);
    user(EVENT_ANSWER, 0, "");
    assert_true(out.command == MODEM_ANSWER);
    modem(MODEM_EVENT_ACTIVE, 0);
    assert_int_equal(m.call.phase, PHASE_ACTIVE);
    feed(ring);
    assert_int_equal(m.call.phase, PHASE_ACTIVE);
    modem(MODEM_EVENT_ENDED, 0);
    assert_int_equal(out.outcome, DIAL_OUTCOME_ENDED);
    user(EVENT_ANSWER, 0, "");
    assert_false(out.command == MODEM_ANSWER);
    legacy(BADGE, DIALLER_ANSWER, 0, "");
    assert_int_equal(out.reply.answer, DIALLER_INVALID);
}

static void a_flood_fills_one_line_a_second(void **state)
{
    unsigned entries = 0, repeats = 0, prompts = 0;

    (void)state;
    request("09005123456");
    for (unsigned i = 0; i < 10000; i++) {
        now_us += 1000;
        request("09005123456");
        assert_int_equal(out.reply.answer, DIALLER_BUSY);
        prompts += out.open_prompt;
        entries += out.log_count;
        for (unsigned k = 0; k < out.log_count; k++)
            repeats += out.log[k].repeats;
    }
    assert_int_equal(dial_deadline(&m) > now_us, 1);
    time_passes(SECOND);
    entries += out.log_count;
    repeats += out.log[0].repeats;
    assert_int_equal(prompts, 0);
    assert_in_range(entries, 10, 12);
    assert_int_equal(repeats, 10000);
}

static void reports_are_coalesced(void **state)
{
    (void)state;
    legacy(BADGE, DIALLER_REPORT, REPORT_MEMORY, "");
    assert_log(1, AUDIT_VIOLATION);
    legacy(BADGE, DIALLER_REPORT, REPORT_MEMORY, "");
    legacy(BADGE, DIALLER_REPORT, REPORT_HYPERCALL, "");
    assert_int_equal(out.log_count, 0);
    time_passes(SECOND);
    assert_log(1, AUDIT_VIOLATION);
    assert_int_equal(out.log[0].repeats, 2);
}

static void restart_is_passed_on(void **state)
{
    (void)state;
    user(EVENT_RESTART_LEGACY, 0, "");
    assert_true(out.restart_legacy);
    user(EVENT_NONE, 0, "");
    assert_false(out.restart_legacy);
}

static void tokens_are_never_zero(void **state)
{
    (void)state;
    m.last_token = MODEM_TOKEN_OWN_MAX;
    user(EVENT_DIAL, 0, "112");
    assert_int_equal(out.token, 1);
}

#define CASE(name) cmocka_unit_test_setup(name, start)

int main(void)
{
    const struct CMUnitTest tests[] = {
        CASE(every_cell_of_the_table),
        CASE(a_confirmed_request_dials_once),
        CASE(a_refused_request_dials_nothing_and_waits),
        CASE(back_off_grows_and_is_forgiven),
        CASE(a_wrong_echo_is_a_refusal),
        CASE(a_withdrawn_prompt_cannot_be_confirmed),
        CASE(an_open_prompt_does_not_change),
        CASE(bad_requests),
        CASE(the_keypad_dials_what_it_shows),
        CASE(emergency_needs_one_press),
        CASE(emergency_withdraws_a_prompt),
        CASE(emergency_ends_a_running_call),
        CASE(a_waiting_emergency_can_be_taken_back),
        CASE(a_modem_that_does_not_hang_up_holds_no_emergency_back),
        CASE(emergency_by_legacy),
        CASE(blocking_withdraws_and_unblocking_allows),
        CASE(the_modem_refuses),
        CASE(ends_of_calls),
        CASE(late_events_of_an_old_call_fit_nothing),
        CASE(a_silent_modem_is_hung_up),
        CASE(a_prompt_may_stand_beside_a_call),
        CASE(what_waits_for_the_end_of_a_call_can_be_taken_back),
        CASE(no_prompt_beside_ones_own_call_or_one_being_set_up),
        CASE(guests_die_during_a_call_with_their_prompt_open),
        CASE(a_guest_that_restarts_waits_a_second),
        CASE(a_restart_shortens_no_wait),
        CASE(a_guest_that_restarts_does_not_repeat_emergencies_at_will),
        CASE(emergency_goes_before_what_waits),
        CASE(a_restarted_guest_loses_its_prompt),
        CASE(a_new_badge_withdraws_the_old_ones_prompt),
        CASE(a_confirmed_call_outlives_its_guest),
        CASE(a_reset_guest_cancels_its_prompt),
        CASE(a_guest_ends_its_own_call),
        CASE(tones_by_the_user),
        CASE(incoming_calls),
        CASE(a_flood_fills_one_line_a_second),
        CASE(reports_are_coalesced),
        CASE(restart_is_passed_on),
        CASE(tokens_are_never_zero),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
