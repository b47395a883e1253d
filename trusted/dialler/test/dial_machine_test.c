/* SPDX-License-Identifier: BSD-2-Clause */
/* Tests of the dialler as a whole machine. */
#include "dial_machine.h"
#include "dial_modem.h"
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
    feed((struct dial_input){ .kind = DIAL_INPUT_LEGACY,
                              .badge = badge,
                              .operation = operation,
                              .value = value,
                              .number = number_of(number) });
}

static void request(const char *number)
{
    legacy(BADGE, DIALLER_DIAL, 0, number);
}

static void decide_as(uint32_t decision, uint64_t epoch, const char *number)
{
    feed((struct dial_input){ .kind = DIAL_INPUT_DECISION,
                              .value = decision,
                              .epoch = epoch,
                              .number = number_of(number) });
}

static void decide(uint32_t decision)
{
    feed((struct dial_input){ .kind = DIAL_INPUT_DECISION,
                              .value = decision,
                              .epoch = m.request.epoch,
                              .number = m.request.plan.number });
}

static void user(uint32_t event, uint32_t value, const char *number)
{
    feed((struct dial_input){
        .kind = DIAL_INPUT_USER, .operation = event, .value = value, .number = number_of(number) });
}

static void modem(uint32_t event, uint32_t cause)
{
    feed((struct dial_input){ .kind = DIAL_INPUT_MODEM,
                              .operation = event,
                              .token = m.call.token,
                              .taken = m.last_token,
                              .value = cause });
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
    for (unsigned i = 0; i < count; i++) {
        assert_int_equal(out.log[i].kind, va_arg(kinds, int));
    }
    va_end(kinds);
}

static void assert_dialled(const char *number)
{
    assert_true(out.command.operation == MODEM_DIAL);
    assert_string_equal(number_text(&out.command.number), number);
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

static void users_call(void)
{
    user(EVENT_TYPED, 7, "03023125042");
    user(EVENT_DIAL, 7, "03023125042");
    modem(MODEM_EVENT_TAKEN, 0);
    modem(MODEM_EVENT_ACTIVE, 0);
    assert_int_equal(m.call.phase, PHASE_ACTIVE);
}

/* The drawing in dial_call.h, as a list of its arrows; every other cell must stay. OVER leads home
 * from everywhere. */
static void every_cell_of_the_table(void **state)
{
    static const struct {
        enum dial_phase from;
        enum dial_transition step;
        enum dial_phase to;
    } arrows[] = {
        { PHASE_IDLE, STEP_REQUEST, PHASE_PROMPT },
        { PHASE_PROMPT, STEP_CONFIRMED, PHASE_SENT },
        { PHASE_SENT, STEP_TAKEN, PHASE_DIALLING },
        { PHASE_DIALLING, STEP_ALERTING, PHASE_ALERTING },
        { PHASE_DIALLING, STEP_ACTIVE, PHASE_ACTIVE },
        { PHASE_ALERTING, STEP_ACTIVE, PHASE_ACTIVE },
        { PHASE_INCOMING, STEP_ACTIVE, PHASE_ACTIVE },
        { PHASE_IDLE, STEP_RINGING, PHASE_INCOMING },
        { PHASE_SENT, STEP_HANG_UP, PHASE_ENDING },
        { PHASE_DIALLING, STEP_HANG_UP, PHASE_ENDING },
        { PHASE_ALERTING, STEP_HANG_UP, PHASE_ENDING },
        { PHASE_ACTIVE, STEP_HANG_UP, PHASE_ENDING },
        { PHASE_INCOMING, STEP_HANG_UP, PHASE_ENDING },
        { PHASE_PROMPT, STEP_OVER, PHASE_IDLE },
        { PHASE_SENT, STEP_OVER, PHASE_IDLE },
        { PHASE_DIALLING, STEP_OVER, PHASE_IDLE },
        { PHASE_ALERTING, STEP_OVER, PHASE_IDLE },
        { PHASE_ACTIVE, STEP_OVER, PHASE_IDLE },
        { PHASE_INCOMING, STEP_OVER, PHASE_IDLE },
        { PHASE_ENDING, STEP_OVER, PHASE_IDLE },
    };

    (void)state;
    for (int phase = 0; phase < PHASES; phase++) {
        for (int step = 0; step < STEPS_COUNT; step++) {
            struct dial_call call = { .phase = (enum dial_phase)phase };
            enum dial_phase expected = PHASES;
            bool taken = dial_take_step(&m, &call, (enum dial_transition)step);

            for (unsigned i = 0; i < sizeof arrows / sizeof arrows[0]; i++) {
                if ((int)arrows[i].from == phase && (int)arrows[i].step == step) {
                    expected = arrows[i].to;
                }
            }
            assert_int_equal(taken, expected != PHASES);
            assert_int_equal(call.phase, expected != PHASES ? expected : (enum dial_phase)phase);
        }
    }
}

static void a_confirmed_request_dials_once(void **state)
{
    (void)state;
    request("09005123456");
    assert_int_equal(out.reply.answer, DIALLER_ACCEPTED);
    assert_true(out.open_prompt);
    assert_false(out.command.operation == MODEM_DIAL);
    assert_log(1, AUDIT_REQUESTED);
    assert_int_equal(m.request.plan.price_cents, 199);
    assert_true(m.request.plan.needs_hold);
    decide(DECISION_CONFIRMED);
    assert_dialled("09005123456");
    assert_true(out.show_call);
    assert_log(2, AUDIT_SHOWN, AUDIT_CONFIRMED);
    assert_int_equal(out.log[0].detail, TARIFF_PREMIUM_0900 << 16 | 199);
    decide(DECISION_CONFIRMED);
    assert_false(out.command.operation == MODEM_DIAL);
    modem(MODEM_EVENT_SENT, 1);
    assert_log(1, AUDIT_SENT);
    assert_int_equal(out.log[0].detail, m.call.token);
    modem(MODEM_EVENT_TAKEN, 0);
    assert_log(1, AUDIT_RESULT);
    assert_int_equal(m.call.phase, PHASE_DIALLING);
    modem(MODEM_EVENT_ALERTING, 0);
    modem(MODEM_EVENT_ACTIVE, 0);
    assert_int_equal(m.call.active_since_us, now_us);
    modem(MODEM_EVENT_ENDED, MODEM_CAUSE_NORMAL);
    assert_log(1, AUDIT_RESULT);
    assert_int_equal(out.log[0].detail, MODEM_EVENT_ENDED << 8 | MODEM_CAUSE_NORMAL);
    assert_int_equal(out.outcome.outcome, DIAL_OUTCOME_ENDED);
    assert_int_equal(m.call.phase, PHASE_IDLE);
    assert_false(m.confirmation.is_open);
}

static void a_refused_request_dials_nothing_and_waits(void **state)
{
    (void)state;
    request("09005123456");
    decide(DECISION_REFUSED);
    assert_false(out.command.operation == MODEM_DIAL);
    assert_log(2, AUDIT_SHOWN, AUDIT_REFUSED);
    assert_true(out.outcome.outcome != 0 && out.signal_legacy);
    assert_int_equal(out.outcome.outcome, DIAL_OUTCOME_REFUSED);
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
    assert_int_equal(out.outcome.outcome, DIAL_OUTCOME_TIMED_OUT);
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
    assert_false(out.command.operation == MODEM_DIAL);
    assert_log(1, AUDIT_REFUSED);
    assert_int_equal(out.outcome.outcome, DIAL_OUTCOME_FAILED);
    now_us += SECOND;
    request("0301234567");
    decide_as(DECISION_CONFIRMED, m.request.epoch, "0301234568");
    assert_false(out.command.operation == MODEM_DIAL);
    assert_int_equal(m.call.phase, PHASE_IDLE);
    now_us += 2 * SECOND;
    request("0301234567");
    decide_as(99, m.request.epoch, "0301234567");
    assert_false(out.command.operation == MODEM_DIAL);
    assert_int_equal(out.outcome.outcome, DIAL_OUTCOME_REFUSED);
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
    assert_false(out.command.operation == MODEM_DIAL);
    assert_int_equal(out.log_count, 0);
    request("0301234567");
    assert_true(out.open_prompt);
    assert_int_not_equal(m.request.epoch, epoch);
}

/* The driver's queue was full, and it tells how things are now: what is up was taken. */
static void a_call_whose_taking_was_not_told_goes_on(void **state)
{
    static const struct {
        enum modem_event event;
        enum dial_phase phase;
    } told[] = {
        { MODEM_EVENT_ALERTING, PHASE_ALERTING },
        { MODEM_EVENT_ACTIVE, PHASE_ACTIVE },
    };

    for (unsigned i = 0; i < sizeof told / sizeof told[0]; i++) {
        start(state);
        user(EVENT_DIAL, 1, "112");
        assert_dialled("112");
        modem(told[i].event, 0);
        assert_int_equal(m.call.phase, told[i].phase);
        assert_true(out.show_call);
        assert_log(2, AUDIT_SENT, AUDIT_RESULT);
        assert_int_equal(dial_view(&m, 0).tries, 0);
    }
}

/* … and what it kept is not lost: neither a call that was answered nor one that rings. */
static void what_the_driver_kept_is_not_lost(void **state)
{
    struct dial_input lost = { .kind = DIAL_INPUT_MODEM,
                               .operation = MODEM_EVENT_LOST,
                               .kept = { 0x80000001, 0x80000002 } };

    (void)state;
    feed((struct dial_input){
        .kind = DIAL_INPUT_MODEM, .operation = MODEM_EVENT_RINGING, .token = 0x80000001 });
    modem(MODEM_EVENT_ACTIVE, 0);
    feed((struct dial_input){
        .kind = DIAL_INPUT_MODEM, .operation = MODEM_EVENT_RINGING, .token = 0x80000002 });
    feed(lost);
    assert_int_equal(m.call.phase, PHASE_ACTIVE);
    assert_int_equal(m.second.phase, PHASE_INCOMING);
    lost.kept[1] = 0;
    feed(lost);
    assert_int_equal(m.call.phase, PHASE_ACTIVE);
    assert_int_equal(m.second.phase, PHASE_IDLE);
    start(NULL);
    users_call();
    lost = (struct dial_input){ .kind = DIAL_INPUT_MODEM,
                                .operation = MODEM_EVENT_LOST,
                                .taken = m.last_token,
                                .kept = { m.call.token, 0 } };
    feed(lost);
    assert_int_equal(m.call.phase, PHASE_ACTIVE);
    lost.kept[0] = 0;
    feed(lost);
    assert_int_equal(m.call.phase, PHASE_IDLE);
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
    assert_true(out.price.operation != 0);
    assert_int_equal(out.price.serial, 7);
    assert_int_equal(out.price.about.tariff.cents, 199);
    user(EVENT_DIAL, 6, "09005123456");
    assert_false(out.command.operation == MODEM_DIAL);
    user(EVENT_DIAL, 7, "09005123457");
    assert_false(out.command.operation == MODEM_DIAL);
    user(EVENT_DIAL, 7, "09005123456");
    assert_dialled("09005123456");
    assert_log(2, AUDIT_SHOWN, AUDIT_CONFIRMED);
    assert_int_equal(out.log[1].origin, ORIGIN_USER);
    user(EVENT_DIAL, 7, "09005123456");
    assert_false(out.command.operation == MODEM_DIAL);
    legacy(BADGE, DIALLER_STATUS, 0, "");
    assert_int_equal(out.reply.state,
                     DIAL_STATE_NONE); /* the user's call is not Linux's business */
    legacy(BADGE, DIALLER_HANG_UP, 0, "");
    assert_false(out.command.operation == MODEM_HANG_UP);
    user(EVENT_HANG_UP, 0, "");
    assert_true(out.command.operation == MODEM_HANG_UP);
    modem(MODEM_EVENT_ENDED, 0);
    user(EVENT_TYPED, 8, "*100#");
    assert_int_equal(out.price.about.tariff.category, TARIFF_UNKNOWN);
    user(EVENT_DIAL, 8, "*100#");
    assert_false(out.command.operation == MODEM_DIAL);
}

static void emergency_needs_one_press(void **state)
{
    (void)state;
    user(EVENT_DIAL, 0, "112");
    assert_dialled("112");
    user(EVENT_DIAL, 0, "112");
    assert_false(out.command.operation == MODEM_DIAL ||
                 out.command.operation == MODEM_HANG_UP); /* it is on its way */
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
    assert_log(3, AUDIT_REFUSED, AUDIT_SHOWN, AUDIT_CONFIRMED);
    decide_as(DECISION_CONFIRMED, epoch, "09005123456");
    assert_false(out.command.operation == MODEM_DIAL);
    legacy(BADGE, DIALLER_STATUS, 0, "");
    assert_int_equal(out.reply.outcome, DIAL_OUTCOME_WITHDRAWN);
}

static void ended(uint32_t token)
{
    feed((struct dial_input){
        .kind = DIAL_INPUT_MODEM, .operation = MODEM_EVENT_ENDED, .token = token });
}

/* Whatever a call is at, 112 goes out at once; the record of the other call closes when its end is
 * reported. */
static void an_emergency_waits_for_no_call(void **state)
{
    static const uint32_t events[] = { MODEM_EVENT_NONE, MODEM_EVENT_TAKEN, MODEM_EVENT_ALERTING,
                                       MODEM_EVENT_ACTIVE };
    uint32_t old, old_outcome;

    (void)state;
    for (unsigned steps = 0; steps <= sizeof events / sizeof events[0]; steps++) {
        start(NULL);
        request("09005123456");
        decide(DECISION_CONFIRMED);
        for (unsigned i = 0; i < steps; i++) {
            modem(events[i], 0);
        }
        if (steps == sizeof events / sizeof events[0]) {
            user(EVENT_HANG_UP, 0, "");
        }
        old = m.call.token;
        user(EVENT_DIAL, 3, "112");
        assert_dialled("112");
        assert_int_equal(out.command.value, MODEM_FLAG_EMERGENCY);
        assert_log(2, AUDIT_SHOWN, AUDIT_CONFIRMED);
        assert_true(out.show_call);
        assert_string_equal(number_text(&m.call.plan.number), "112");
        legacy(BADGE, DIALLER_STATUS, 0, "");
        old_outcome = out.reply.outcome; /* already: +CLCC is empty for it */
        ended(old);
        assert_log(1, AUDIT_RESULT);
        assert_string_equal(number_text(&out.log[0].number), "09005123456");
        assert_int_equal(out.log[0].origin, ORIGIN_LEGACY);
        assert_string_equal(number_text(&out.outcome.about.number), "09005123456");
        assert_int_equal(m.call.phase, PHASE_SENT);
        assert_int_equal(out.command.operation, 0);
        legacy(BADGE, DIALLER_STATUS, 0, "");
        assert_int_equal(out.reply.outcome, old_outcome);
        assert_int_equal(out.reply.outcome, DIAL_OUTCOME_ENDED);
        modem(MODEM_EVENT_ENDED, 0);
        assert_false(out.command.operation == MODEM_DIAL);
        assert_int_equal(m.call.phase, PHASE_IDLE);
    }
}

/* Pressed again it is shown again and not dialled again; another emergency number is another wish.
 */
static void an_emergency_under_way_keeps_its_place(void **state)
{
    (void)state;
    user(EVENT_DIAL, 3, "112");
    user(EVENT_DIAL, 3, "112");
    assert_int_equal(out.command.operation, 0);
    assert_int_equal(out.log_count, 0);
    assert_true(out.show_call);
    assert_int_equal(dial_view(&m, out.call_flags).flags, CALL_FLAG_TO_FRONT);
    user(EVENT_DIAL, 3, "110");
    assert_dialled("110");
    user(EVENT_HANG_UP, 0, "");
    user(EVENT_DIAL, 3, "110"); /* the one that ends is none */
    assert_dialled("110");
}

/* "Calling 112" stays through resets, silence and a modem that is not there, until it is taken or
 * hung up. */
static void an_emergency_outlives_the_modem(void **state)
{
    (void)state;
    user(EVENT_DIAL, 3, "112");
    assert_int_equal(dial_deadline(&m), DIAL_NEVER);
    modem(MODEM_EVENT_SENT, 1);
    assert_log(1, AUDIT_SENT);
    modem(MODEM_EVENT_LOST, MODEM_CAUSE_TIMEOUT);
    assert_log(1, AUDIT_RESULT);
    assert_int_equal(m.call.phase, PHASE_SENT);
    time_passes(1000 * (uint64_t)SECOND);
    assert_int_equal(m.call.phase, PHASE_SENT);
    assert_int_equal(out.command.operation, 0); /* the driver goes on trying, nobody else */
    modem(MODEM_EVENT_SENT, 3);
    assert_log(1, AUDIT_SENT);
    assert_true(out.show_call);
    assert_int_equal(dial_view(&m, 0).tries, 3);
    assert_int_equal(dial_view(&m, 0).state, DIAL_STATE_DIALLING);
    modem(MODEM_EVENT_TAKEN, 0);
    assert_int_equal(dial_view(&m, 0).tries, 0);
    modem(MODEM_EVENT_LOST, MODEM_CAUSE_ERROR);
    assert_int_equal(m.call.phase, PHASE_IDLE);
    assert_int_equal(out.outcome.reason, REASON_NO_MODEM);
}

/* A call in the way whose end is never reported: after ten seconds its record says so. */
static void what_made_way_is_not_forgotten(void **state)
{
    (void)state;
    confirmed_legacy_call();
    user(EVENT_DIAL, 3, "112");
    assert_int_equal(dial_deadline(&m), now_us + 10 * SECOND);
    time_passes(10 * SECOND);
    assert_log(1, AUDIT_REFUSED);
    assert_int_equal(out.log[0].detail, DIAL_OUTCOME_FAILED | REASON_TIMEOUT << 8);
    assert_string_equal(number_text(&out.log[0].number), "09005123456");
    assert_int_equal(m.second.phase, PHASE_IDLE);
    assert_int_equal(dial_deadline(&m), DIAL_NEVER);
    assert_int_equal(m.call.phase, PHASE_SENT);
}

/* Two emergencies and a caller, and one place for what made way: every record is closed in the log.
 */
static void a_second_one_that_makes_way_takes_the_place(void **state)
{
    uint32_t first;

    (void)state;
    confirmed_legacy_call();
    first = m.call.token;
    user(EVENT_DIAL, 3, "112");
    user(EVENT_DIAL, 3, "110");
    assert_dialled("110");
    assert_log(3, AUDIT_SHOWN, AUDIT_REFUSED, AUDIT_CONFIRMED);
    assert_string_equal(number_text(&out.log[1].number), "09005123456");
    assert_int_equal(out.outcome.operation, 0); /* the new call's page comes, no result */
    assert_string_equal(number_text(&m.second.plan.number), "112");
    ended(first);
    assert_int_equal(m.second.phase, PHASE_ENDING);
    feed((struct dial_input){
        .kind = DIAL_INPUT_MODEM, .operation = MODEM_EVENT_RINGING, .token = 0x80000001 });
    assert_log(2, AUDIT_RINGING, AUDIT_REFUSED);
    assert_string_equal(number_text(&out.log[1].number), "112");
    assert_int_equal(m.second.phase, PHASE_INCOMING);
    modem(MODEM_EVENT_LOST, 0);
    assert_log(2, AUDIT_RESULT, AUDIT_RESULT);
    assert_int_equal(out.outcome.outcome, DIAL_OUTCOME_MISSED);
    assert_int_equal(m.second.phase, PHASE_IDLE);
    assert_int_equal(m.call.phase, PHASE_SENT);
}

static void not_taken(uint32_t reason)
{
    feed((struct dial_input){
        .kind = DIAL_INPUT_NOT_TAKEN, .operation = MODEM_DIAL, .value = reason });
}

static void command_not_taken(uint32_t badge, uint32_t reason)
{
    feed((struct dial_input){ .kind = DIAL_INPUT_NOT_TAKEN,
                              .badge = badge,
                              .operation = out.command.operation,
                              .value = reason });
}

static void assert_refused(uint32_t serial, uint32_t reason)
{
    assert_int_equal(out.refusal.operation, DISPLAY_REFUSAL);
    assert_int_equal(out.refusal.serial, serial);
    assert_int_equal(out.refusal.reason, reason);
    assert_int_equal(out.command.operation, 0);
}

/* The person hears why an answer or a tone came to nothing; Linux gets a no for its own tones. */
/* A modem that refuses 112 for an hour fills no log: the first tries are logged one by one, then as
 * many as there were before, and the rest when it is taken or over. */
static void many_tries_are_few_records(void **state)
{
    uint32_t records = 0, tries = 0;

    (void)state;
    user(EVENT_DIAL, 1, "112");
    for (uint32_t i = 1; i <= 3600; i++) {
        modem(MODEM_EVENT_SENT, i);
        assert_int_equal(dial_view(&m, 0).tries, i);
        assert_in_range(out.log_count, i <= 8, 1);
        records += out.log_count;
        tries += out.log_count > 0 ? out.log[0].repeats : 0;
    }
    assert_int_equal(records, 8 + 8); /* 16, 32 … 2048 */
    assert_int_equal(tries, 2048);
    modem(MODEM_EVENT_TAKEN, 0);
    assert_log(2, AUDIT_SENT, AUDIT_RESULT);
    assert_int_equal(out.log[0].repeats, 3600 - 2048);
    modem(MODEM_EVENT_ACTIVE, 0);
    assert_log(1, AUDIT_RESULT);
    start(NULL);
    user(EVENT_DIAL, 1, "112");
    for (uint32_t i = 1; i <= 10; i++) {
        modem(MODEM_EVENT_SENT, i);
    }
    user(EVENT_HANG_UP, 0, "");
    modem(MODEM_EVENT_ENDED, 0);
    assert_log(2, AUDIT_SENT, AUDIT_RESULT);
    assert_int_equal(out.log[0].repeats, 2);
}

static void what_the_driver_does_not_take_is_told(void **state)
{
    (void)state;
    feed((struct dial_input){
        .kind = DIAL_INPUT_MODEM, .operation = MODEM_EVENT_RINGING, .token = 0x80000001 });
    user(EVENT_ANSWER, 0, "");
    assert_int_equal(out.command.operation, MODEM_ANSWER);
    command_not_taken(0, REASON_NO_MODEM);
    assert_refused(0, REASON_NO_MODEM);
    assert_int_equal(m.call.phase, PHASE_INCOMING); /* and may be answered again */
    start(NULL);
    users_call();
    user(EVENT_TONE, 5, "");
    command_not_taken(0, REASON_TOO_FAST);
    assert_refused(0, REASON_TOO_FAST);
    start(NULL);
    confirmed_legacy_call();
    legacy(BADGE, DIALLER_TONE, 5, "");
    assert_int_equal(out.reply.answer, DIALLER_ACCEPTED);
    command_not_taken(BADGE, REASON_TOO_FAST);
    assert_int_equal(out.reply.answer, DIALLER_BUSY);
    assert_int_equal(out.refusal.operation, 0);
    user(EVENT_HANG_UP, 0, "");
    command_not_taken(0, REASON_NO_CALL); /* the event of its end is on its way */
    assert_int_equal(out.refusal.operation, 0);
    assert_int_equal(m.call.phase, PHASE_ENDING);
}

static void what_there_is_no_call_for_is_told(void **state)
{
    (void)state;
    user(EVENT_ANSWER, 0, "");
    assert_int_equal(out.command.operation, 0);
    assert_refused(0, REASON_NO_CALL);
    user(EVENT_TONE, 5, "");
    assert_int_equal(out.command.operation, 0);
    assert_refused(0, REASON_NO_CALL);
}

static void each_answer_of_the_driver_has_a_reason(void **state)
{
    static const struct {
        uint32_t operation, answer;
        enum dial_reason reason;
    } rows[] = {
        { MODEM_DIAL, MODEM_OK, REASON_NONE },
        { MODEM_DIAL, MODEM_BUSY, REASON_CALL_UP },
        { MODEM_DIAL, MODEM_INVALID, REASON_NO_MODEM },
        { MODEM_DIAL, MODEM_NO_LINE, REASON_NO_MODEM },
        { MODEM_DIAL, MESSAGE_NONE, REASON_NO_MODEM },
        { MODEM_ANSWER, MODEM_OK, REASON_NONE },
        { MODEM_ANSWER, MODEM_INVALID, REASON_NO_CALL },
        { MODEM_ANSWER, MESSAGE_NONE, REASON_NO_MODEM },
        { MODEM_TONE, MODEM_BUSY, REASON_TOO_FAST },
        { MODEM_TONE, MODEM_INVALID, REASON_NO_CALL },
        { MODEM_TONE, 99, REASON_NO_MODEM },
    };

    (void)state;
    for (unsigned i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        assert_int_equal(dial_why_not_taken(rows[i].operation, rows[i].answer), rows[i].reason);
    }
}

static void ring_and_end(void)
{
    feed((struct dial_input){
        .kind = DIAL_INPUT_MODEM, .operation = MODEM_EVENT_RINGING, .token = 0x80000001 });
    ended(0x80000001);
}

/* A driver that says no: it is asked again with the same token, each second and whenever there is
 * hope. */
static void an_emergency_that_was_not_taken_is_offered_again(void **state)
{
    uint32_t token;

    (void)state;
    user(EVENT_DIAL, 3, "112");
    token = m.call.token;
    not_taken(REASON_NO_MODEM);
    assert_int_equal(out.command.operation, MODEM_HANG_UP);
    assert_int_equal(out.command.token, MODEM_ANY_CALL);
    assert_int_equal(out.outcome.operation, 0);
    assert_int_equal(dial_deadline(&m), now_us + SECOND);
    time_passes(SECOND);
    assert_dialled("112");
    assert_int_equal(out.command.token, token);
    assert_true(out.show_call);
    assert_int_equal(dial_deadline(&m), DIAL_NEVER);
    not_taken(REASON_NOT_PRICED); /* the panel did not show it: nothing to hang up for that */
    assert_int_equal(out.command.operation, 0);
    feed((struct dial_input){
        .kind = DIAL_INPUT_MODEM, .operation = MODEM_EVENT_READY, .value = 1 });
    assert_dialled("112");
    feed((struct dial_input){
        .kind = DIAL_INPUT_MODEM, .operation = MODEM_EVENT_READY, .value = 1 });
    assert_int_equal(out.command.operation, 0);
    not_taken(REASON_NO_MODEM);
    ring_and_end();
    assert_dialled("112");
    not_taken(REASON_NO_MODEM);
    user(EVENT_HANG_UP, 0, "");
    assert_int_equal(out.command.operation, MODEM_HANG_UP);
    feed((struct dial_input){
        .kind = DIAL_INPUT_MODEM, .operation = MODEM_EVENT_READY, .value = 1 });
    assert_int_equal(out.command.operation, 0);
    time_passes(10 * SECOND);
    assert_int_equal(m.call.phase, PHASE_IDLE);
    assert_int_equal(dial_deadline(&m), DIAL_NEVER);
}

/* The post-check cuts no emergency call: it says so, on the panel and in the log. */
static void an_emergency_that_differs_goes_on(void **state)
{
    (void)state;
    user(EVENT_DIAL, 3, "112");
    modem(MODEM_EVENT_TAKEN, 0);
    modem(MODEM_EVENT_DIFFERS, 0);
    assert_log(1, AUDIT_RESULT);
    assert_int_equal(out.log[0].detail, MODEM_EVENT_DIFFERS << 8);
    assert_int_equal(out.command.operation, 0);
    assert_true(out.show_call);
    assert_int_equal(dial_view(&m, 0).flags, CALL_FLAG_DIFFERS);
    assert_int_equal(m.call.phase, PHASE_DIALLING);
}

/* D7: neither its asker's hang-up nor its reset nor its restart, and nothing that it asks for
 * beside it. */
static void nothing_of_linux_ends_or_covers_an_emergency(void **state)
{
    (void)state;
    for (unsigned by_linux = 0; by_linux < 2; by_linux++) {
        start(NULL);
        if (by_linux) {
            request("112");
            decide(DECISION_CONFIRMED);
        } else {
            user(EVENT_DIAL, 3, "112");
        }
        assert_dialled("112");
        modem(MODEM_EVENT_TAKEN, 0);
        modem(MODEM_EVENT_ACTIVE, 0);
        legacy(BADGE, DIALLER_HANG_UP, 0, "");
        assert_int_equal(out.command.operation, 0);
        assert_int_equal(out.reply.answer, by_linux ? DIALLER_REFUSED : DIALLER_ACCEPTED);
        request("09005123456");
        assert_int_equal(out.reply.answer, DIALLER_BUSY);
        request("112");
        assert_int_equal(out.reply.answer, DIALLER_BUSY);
        legacy(2 | 1 << 8, DIALLER_DIAL, 0, "09005123456");
        assert_int_equal(out.reply.answer, DIALLER_BUSY);
        legacy(BADGE, DIALLER_CANCEL_ALL, 0, "");
        assert_int_equal(out.command.operation, 0);
        feed((struct dial_input){ .kind = DIAL_INPUT_LEGACY_RESTART });
        assert_int_equal(out.command.operation, 0);
        assert_int_equal(m.call.phase, PHASE_ACTIVE);
        user(EVENT_HANG_UP, 0, "");
        assert_int_equal(out.command.operation, MODEM_HANG_UP);
    }
}

/* R8: a Trojan that keeps a prompt open, a call up, or has itself called keeps nobody from 112. */
static void linux_own_112_goes_before_its_own_prompt(void **state)
{
    uint64_t epoch;

    (void)state;
    request("09005123456");
    epoch = m.request.epoch;
    request("112");
    assert_int_equal(out.reply.answer, DIALLER_ACCEPTED);
    assert_int_equal(out.cancel_epoch, epoch);
    assert_false(out.open_prompt); /* D5: the display has not answered */
    assert_log(2, AUDIT_REFUSED, AUDIT_REQUESTED);
    assert_int_equal(out.outcome.operation, 0);
    request("112");
    assert_int_equal(out.reply.answer, DIALLER_BUSY);
    decide_as(DECISION_CONFIRMED, epoch, "09005123456"); /* pressed at the last moment */
    assert_int_equal(out.command.operation, 0);
    assert_true(out.open_prompt);
    assert_true(m.request.plan.is_emergency);
    decide(DECISION_CONFIRMED);
    assert_dialled("112");
}

/* Taken back before the display has seen it: nothing to cancel, and nothing opens later. */
static void a_prompt_that_waits_can_be_taken_back(void **state)
{
    (void)state;
    request("09005123456");
    request("112");
    user(EVENT_SHOWN, (uint32_t)m.request.epoch, "112"); /* it cannot be */
    assert_int_equal(out.log_count, 0);
    legacy(BADGE, DIALLER_HANG_UP, 0, "");
    assert_int_equal(out.cancel_epoch, 0);
    assert_int_equal(m.request.phase, PHASE_IDLE);
    decide_as(DECISION_WITHDRAWN, 1, "09005123456");
    assert_false(out.open_prompt);
}

static void linux_own_112_beside_its_own_call(void **state)
{
    uint32_t old;

    (void)state;
    confirmed_legacy_call();
    old = m.call.token;
    request("112");
    assert_true(out.open_prompt);
    assert_int_equal(out.command.operation, 0);
    decide(DECISION_CONFIRMED);
    assert_dialled("112");
    legacy(BADGE, DIALLER_CANCEL_ALL, 0, "");
    assert_null(m.second.owner);
    ended(old);
    assert_int_equal(m.call.phase, PHASE_SENT);
    assert_string_equal(number_text(&m.call.plan.number), "112");
}

/* Only its own prompt is the guest's to take back: it waits longer for the next one, another guest
 * does not. */
static void who_makes_room_for_112_pays_for_it(void **state)
{
    (void)state;
    for (uint32_t other = 0; other < 2; other++) {
        start(NULL);
        for (unsigned i = 0; i < 2; i++) {
            request("09005123456");
            assert_int_equal(out.reply.answer, DIALLER_ACCEPTED);
            legacy((1 + other) | 5 << 8, DIALLER_DIAL, 0, "112");
            assert_int_equal(out.reply.answer, DIALLER_ACCEPTED);
            decide_as(DECISION_WITHDRAWN, m.request.epoch - 1, "09005123456");
            legacy((1 + other) | 5 << 8, DIALLER_HANG_UP, 0, "");
            decide_as(DECISION_WITHDRAWN, m.request.epoch, "112");
            now_us += SECOND;
        }
        request("09005123456");
        assert_int_equal(out.reply.answer, other ? DIALLER_ACCEPTED : DIALLER_REFUSED);
    }
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
    assert_false(out.command.operation == MODEM_DIAL);
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
    not_taken(REASON_NO_LOG);
    assert_int_equal(out.outcome.outcome, DIAL_OUTCOME_FAILED);
    assert_int_equal(out.outcome.reason, REASON_NO_LOG);
    assert_log(1, AUDIT_REFUSED);
    assert_int_equal(out.log[0].detail, DIAL_OUTCOME_FAILED | REASON_NO_LOG << 8);
    assert_int_equal(out.command.operation, 0);
    not_taken(REASON_NO_LOG);
    assert_false(out.outcome.outcome != 0);
}

static void ends_of_calls(void **state)
{
    static const struct {
        uint32_t event, cause, outcome, reason;
    } ends[] = {
        { MODEM_EVENT_ENDED, MODEM_CAUSE_BUSY, DIAL_OUTCOME_BUSY, REASON_NONE },
        { MODEM_EVENT_ENDED, MODEM_CAUSE_NO_ANSWER, DIAL_OUTCOME_FAILED, REASON_NONE },
        { MODEM_EVENT_ENDED, MODEM_CAUSE_NORMAL, DIAL_OUTCOME_FAILED, REASON_NONE },
        { MODEM_EVENT_ENDED, MODEM_CAUSE_TIMEOUT, DIAL_OUTCOME_FAILED, REASON_TIMEOUT },
        { MODEM_EVENT_ENDED, MODEM_CAUSE_NO_DIALTONE, DIAL_OUTCOME_FAILED, REASON_NETWORK },
        { MODEM_EVENT_ENDED, MODEM_CAUSE_ERROR, DIAL_OUTCOME_FAILED, REASON_NETWORK },
        { MODEM_EVENT_LOST, MODEM_CAUSE_ERROR, DIAL_OUTCOME_FAILED, REASON_NO_MODEM },
        { MODEM_EVENT_MISMATCH, MODEM_CAUSE_ERROR, DIAL_OUTCOME_FAILED, REASON_MISMATCH },
    };

    (void)state;
    for (unsigned i = 0; i < sizeof ends / sizeof ends[0]; i++) {
        request("0301234567");
        decide(DECISION_CONFIRMED);
        modem(MODEM_EVENT_TAKEN, 0);
        modem(ends[i].event, ends[i].cause);
        assert_int_equal(out.outcome.outcome, ends[i].outcome);
        assert_int_equal(out.outcome.reason, ends[i].reason);
        assert_int_equal(out.outcome.about.tariff.category, TARIFF_FIXED);
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
    ended(old);
    assert_int_equal(m.call.phase, PHASE_SENT);
    assert_log(1, AUDIT_RESULT);
    assert_int_equal(out.log[0].number.length, 0);
    assert_int_equal(out.command.operation, 0); /* it is over: nothing to hang up */
}

/* A LOST that was queued before the driver took the new call says nothing about that one. */
static void a_loss_before_a_call_is_not_its_end(void **state)
{
    (void)state;
    request("0301234567");
    decide(DECISION_CONFIRMED);
    feed((struct dial_input){
        .kind = DIAL_INPUT_MODEM, .operation = MODEM_EVENT_LOST, .taken = m.call.token - 1 });
    assert_int_equal(m.call.phase, PHASE_SENT);
    assert_log(1, AUDIT_RESULT);
    modem(MODEM_EVENT_LOST, 0);
    assert_int_equal(m.call.phase, PHASE_IDLE);
    modem(MODEM_EVENT_LOST, 0);
    assert_int_equal(out.log_count, 0);
}

/* A call that the driver has and nobody sees is hung up: it alone, and never "whatever there is".
 */
static void a_call_out_of_sight_is_hung_up(void **state)
{
    static const uint32_t alive[] = { MODEM_EVENT_SENT, MODEM_EVENT_TAKEN, MODEM_EVENT_ALERTING,
                                      MODEM_EVENT_ACTIVE };

    (void)state;
    users_call();
    for (unsigned i = 0; i < sizeof alive / sizeof alive[0]; i++) {
        now_us += SECOND;
        feed((struct dial_input){ .kind = DIAL_INPUT_MODEM, .operation = alive[i], .token = 77 });
        assert_int_equal(out.command.operation, MODEM_HANG_UP);
        assert_int_equal(out.command.token, 77);
        assert_log(1, AUDIT_RESULT);
        assert_int_equal(out.log[0].detail, alive[i] << 8);
        feed((struct dial_input){ .kind = DIAL_INPUT_MODEM, .operation = alive[i], .token = 0 });
        assert_int_equal(out.command.operation, 0);
        assert_int_equal(out.log_count, 0); /* one a second */
    }
    now_us += SECOND;
    feed((struct dial_input){
        .kind = DIAL_INPUT_MODEM, .operation = MODEM_EVENT_MISMATCH, .token = 77 });
    assert_log(1, AUDIT_RESULT);
    assert_int_equal(out.command.operation, 0); /* the driver has hung up already */
    assert_int_equal(m.call.phase, PHASE_ACTIVE);
}

static void a_silent_modem_is_hung_up(void **state)
{
    (void)state;
    request("0301234567");
    decide(DECISION_CONFIRMED);
    assert_int_equal(dial_deadline(&m), now_us + 30 * SECOND);
    time_passes(30 * SECOND);
    assert_true(out.command.operation == MODEM_HANG_UP);
    time_passes(10 * SECOND);
    assert_int_equal(out.outcome.outcome, DIAL_OUTCOME_FAILED);
    assert_int_equal(dial_deadline(&m), DIAL_NEVER);
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
    assert_false(out.command.operation == MODEM_HANG_UP || out.command.operation == MODEM_DIAL ||
                 out.show_call);
    assert_int_equal(m.call.phase, PHASE_ACTIVE);
    now_us += SECOND;
    request("09005123456");
    decide(DECISION_CONFIRMED);
    assert_true(out.command.operation == MODEM_HANG_UP);
    assert_false(out.command.operation == MODEM_DIAL);
    assert_log(1, AUDIT_SHOWN);
    legacy(BADGE, DIALLER_STATUS, 0, "");
    assert_int_equal(out.reply.state, DIAL_STATE_DIALLING);
    assert_string_equal(number_text(&out.reply.number), "09005123456");
    request("09005123456");
    assert_int_equal(out.reply.answer, DIALLER_BUSY);
    modem(MODEM_EVENT_ENDED, 0);
    assert_dialled("09005123456");
    assert_log(2, AUDIT_RESULT, AUDIT_CONFIRMED);
    modem(MODEM_EVENT_ENDED, 0);
    assert_false(out.command.operation == MODEM_DIAL);
}

static void what_waits_for_the_end_of_a_call_can_be_taken_back(void **state)
{
    (void)state;
    for (unsigned by_user = 0; by_user < 2; by_user++) {
        start(NULL);
        users_call();
        request("09005123456");
        decide(DECISION_CONFIRMED);
        if (by_user) {
            user(EVENT_HANG_UP, 0, "");
        } else {
            legacy(BADGE, DIALLER_HANG_UP, 0, "");
        }
        assert_log(1, AUDIT_REFUSED);
        modem(MODEM_EVENT_ENDED, 0);
        assert_false(out.command.operation == MODEM_DIAL);
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
        assert_false(out.command.operation == MODEM_HANG_UP || out.show_call);
        decide_as(DECISION_WITHDRAWN, m.request.epoch, "09005123456");
        assert_int_equal(m.call.phase, PHASE_ACTIVE);
    }
}

/* Nobody refused these: however often the guest restarts, it waits a second, no more and no less.
 */
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
    assert_log(3, AUDIT_SHOWN, AUDIT_REFUSED, AUDIT_CONFIRMED);
    assert_dialled("112");
    modem(MODEM_EVENT_ENDED, 0);
    assert_false(out.command.operation == MODEM_DIAL);
}

static void a_restarted_guest_loses_its_prompt(void **state)
{
    (void)state;
    request("09005123456");
    feed((struct dial_input){ .kind = DIAL_INPUT_LEGACY_RESTART });
    assert_true(out.cancel_epoch != 0);
    assert_int_equal(m.call.phase, PHASE_IDLE);
    decide_as(DECISION_CONFIRMED, 1, "09005123456");
    assert_false(out.command.operation == MODEM_DIAL);
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
    assert_false(out.command.operation == MODEM_HANG_UP || out.cancel_epoch != 0);
    assert_int_equal(m.call.phase, PHASE_ACTIVE);
    legacy(NEXT_BADGE, DIALLER_HANG_UP, 0, "");
    assert_false(out.command.operation == MODEM_HANG_UP);
    legacy(NEXT_BADGE, DIALLER_TONE, 5, "");
    assert_false(out.command.operation == MODEM_TONE);
    user(EVENT_HANG_UP, 0, "");
    assert_true(out.command.operation == MODEM_HANG_UP);
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
    assert_true(out.command.operation == MODEM_TONE);
    legacy(BADGE, DIALLER_TONE, SYMBOL_PLUS, "");
    assert_false(out.command.operation == MODEM_TONE);
    legacy(BADGE, DIALLER_STATUS, 0, "");
    assert_int_equal(out.reply.state, DIAL_STATE_ACTIVE);
    legacy(BADGE, DIALLER_HANG_UP, 0, "");
    assert_true(out.command.operation == MODEM_HANG_UP);
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
    assert_false(out.command.operation == MODEM_TONE);
    confirmed_legacy_call();
    user(EVENT_TONE, 11, "");
    assert_true(out.command.operation == MODEM_TONE);
    assert_int_equal(out.command.value, 11);
}

enum { CALLER = 0x80000001, SECOND_CALLER };

static void ring(uint32_t token, const char *number)
{
    feed((struct dial_input){ .kind = DIAL_INPUT_MODEM,
                              .operation = MODEM_EVENT_RINGING,
                              .token = token,
                              .taken = m.last_token,
                              .number = number_of(number) });
}

static void event(uint32_t token, uint32_t what)
{
    feed((struct dial_input){
        .kind = DIAL_INPUT_MODEM, .operation = what, .token = token, .taken = m.last_token });
}

static void incoming_calls(void **state)
{
    (void)state;
    request("09005123456");
    ring(CALLER, "03023125042");
    assert_true(out.cancel_epoch != 0 && out.show_call);
    assert_int_equal(out.outcome.operation, 0);
    assert_log(2, AUDIT_RINGING, AUDIT_REFUSED);
    assert_int_equal(out.log[0].detail, CALLER);
    assert_int_equal(out.log[0].origin, ORIGIN_NETWORK);
    assert_string_equal(number_text(&out.log[0].number), "03023125042");
    assert_int_equal(m.call.phase, PHASE_INCOMING);
    legacy(BADGE, DIALLER_STATUS, 0, "");
    assert_int_equal(out.reply.state, DIAL_STATE_INCOMING);
    assert_int_equal(out.reply.is_incoming, 1);
    legacy(BADGE, DIALLER_TONE, 1, "");
    assert_int_equal(out.command.operation, 0);
    request("0301234567");
    assert_int_equal(out.reply.answer, DIALLER_BUSY);
    ring(CALLER, "03023125042");
    assert_int_equal(out.log_count, 0); /* once */
    user(EVENT_ANSWER, 0, "");
    assert_int_equal(out.command.operation, MODEM_ANSWER);
    assert_int_equal(out.command.token, CALLER);
    event(CALLER, MODEM_EVENT_ACTIVE);
    assert_int_equal(m.call.phase, PHASE_ACTIVE);
    legacy(BADGE, DIALLER_STATUS, 0, "");
    assert_int_equal(out.reply.state, DIAL_STATE_ACTIVE);
    assert_int_equal(out.reply.is_incoming, 1);
    now_us += 42 * SECOND;
    event(CALLER, MODEM_EVENT_ENDED);
    assert_int_equal(out.outcome.outcome, DIAL_OUTCOME_ENDED);
    assert_int_equal(out.outcome.seconds, 42);
    user(EVENT_ANSWER, 0, "");
    assert_int_equal(out.command.operation, 0);
    legacy(BADGE, DIALLER_ANSWER, 0, "");
    assert_int_equal(out.reply.answer, DIALLER_INVALID);
}

/* Whatever the caller's number is, the page comes up, and the display takes its message. */
static void a_caller_without_a_usable_number_rings(void **state)
{
    static const char *const unusable[] = { "", "12345678901234567890123", "030*1",
                                            "#31#030123456" };

    (void)state;
    for (unsigned i = 0; i < sizeof unusable / sizeof unusable[0]; i++) {
        struct call_view view, taken;
        abi_word words[MESSAGE_LENGTH(view)];

        start(NULL);
        ring(CALLER, unusable[i]);
        assert_true(out.show_call);
        assert_log(1, AUDIT_RINGING);
        assert_int_equal(m.call.plan.number.length, 0);
        view = dial_view(&m, out.call_flags);
        message_put(words, &view, MESSAGE_LENGTH(view));
        assert_true(call_view_take(&taken, words, MESSAGE_LENGTH(view)));
        assert_int_equal(taken.state, DIAL_STATE_INCOMING);
        ring(CALLER, "+4930123456"); /* the network tells it later */
        assert_true(out.show_call);
        assert_string_equal(number_text(&m.call.plan.number), "+4930123456");
    }
}

static void missed_declined_and_answered_are_three_things(void **state)
{
    static const struct {
        uint32_t event, outcome;
    } ways[] = {
        { EVENT_NONE, DIAL_OUTCOME_MISSED },
        { EVENT_DECLINE, DIAL_OUTCOME_DECLINED },
        { EVENT_HANG_UP, DIAL_OUTCOME_DECLINED },
        { EVENT_ANSWER, DIAL_OUTCOME_ENDED },
    };

    (void)state;
    for (unsigned i = 0; i < sizeof ways / sizeof ways[0]; i++) {
        ring(CALLER + i, "03023125042");
        user(ways[i].event, 0, "");
        if (ways[i].outcome == DIAL_OUTCOME_DECLINED) {
            assert_int_equal(out.command.operation, MODEM_DECLINE);
            assert_int_equal(out.command.token, CALLER + i);
            assert_log(1, AUDIT_REFUSED);
            assert_int_equal(out.log[0].detail, DIAL_OUTCOME_DECLINED);
        }
        if (ways[i].event == EVENT_ANSWER) {
            event(CALLER + i, MODEM_EVENT_ACTIVE);
        }
        event(CALLER + i, MODEM_EVENT_ENDED);
        assert_int_equal(out.outcome.outcome, ways[i].outcome);
        assert_int_equal(out.outcome.origin, ORIGIN_NETWORK);
    }
    user(EVENT_DECLINE, 0, "");
    assert_int_equal(out.command.operation, 0);
}

/* Linux declines, which costs nothing. Its Answer brings the page back, but not so often that
 * nobody can leave it. */
static void linux_declines_and_cannot_answer(void **state)
{
    (void)state;
    ring(CALLER, "03023125042");
    event(CALLER, MODEM_EVENT_LOST);
    assert_int_equal(out.outcome.outcome, DIAL_OUTCOME_MISSED);
    ring(CALLER, "03023125042");
    legacy(BADGE, DIALLER_ANSWER, 0, "");
    assert_int_equal(out.reply.answer, DIALLER_ACCEPTED);
    assert_int_equal(out.command.operation, 0);
    assert_true(out.show_call);
    assert_int_equal(out.call_flags, CALL_FLAG_TO_FRONT);
    now_us += 5 * SECOND - 1;
    legacy(BADGE, DIALLER_ANSWER, 0, "");
    assert_int_equal(out.reply.answer, DIALLER_ACCEPTED);
    assert_false(out.show_call);
    now_us += 1;
    legacy(BADGE, DIALLER_ANSWER, 0, "");
    assert_true(out.show_call);
    legacy(BADGE, DIALLER_HANG_UP, 0, "");
    assert_int_equal(out.reply.answer, DIALLER_ACCEPTED);
    assert_int_equal(out.command.operation, MODEM_DECLINE);
    assert_int_equal(out.command.token, CALLER);
    event(CALLER, MODEM_EVENT_ENDED);
    assert_int_equal(out.outcome.outcome, DIAL_OUTCOME_DECLINED);
}

/* The second caller of the same number is another call: Linux learns it by the id. */
static void each_caller_has_an_id_of_its_own(void **state)
{
    uint32_t first;

    (void)state;
    legacy(BADGE, DIALLER_STATUS, 0, "");
    assert_int_equal(out.reply.id, 0);
    ring(CALLER, "03023125042");
    legacy(BADGE, DIALLER_STATUS, 0, "");
    first = out.reply.id;
    assert_int_not_equal(first, 0);
    event(CALLER, MODEM_EVENT_ENDED);
    ring(SECOND_CALLER, "03023125042");
    legacy(BADGE, DIALLER_STATUS, 0, "");
    assert_int_not_equal(out.reply.id, 0);
    assert_int_not_equal(out.reply.id, first);
    event(SECOND_CALLER, MODEM_EVENT_ENDED);
    request("0301234567");
    legacy(BADGE, DIALLER_STATUS, 0, "");
    assert_true(out.reply.id != 0 && out.reply.id != first);
}

static void a_call_waits_beside_another(void **state)
{
    uint32_t old;

    (void)state;
    users_call();
    old = m.call.token;
    ring(CALLER, "030111222");
    assert_true(out.show_call);
    assert_log(1, AUDIT_RINGING);
    assert_true(dial_view(&m, 0).is_waiting);
    assert_string_equal(number_text(&(struct number){ dial_view(&m, 0).waiting.length,
                                                      { dial_view(&m, 0).waiting.packed[0],
                                                        dial_view(&m, 0).waiting.packed[1] } }),
                        "030111222");
    assert_int_equal(m.call.token, old);
    request("09005123456");
    assert_int_equal(out.reply.answer, DIALLER_BUSY);
    user(EVENT_DECLINE, 0, "");
    assert_int_equal(out.command.operation, MODEM_DECLINE);
    assert_int_equal(out.command.token, CALLER);
    assert_false(dial_view(&m, 0).is_waiting);
    event(CALLER, MODEM_EVENT_ENDED);
    assert_int_equal(out.outcome.outcome, DIAL_OUTCOME_DECLINED);
    assert_int_equal(m.call.phase, PHASE_ACTIVE);
    ring(SECOND_CALLER, "030111222");
    user(EVENT_ANSWER, 0, "");
    assert_int_equal(out.command.operation, MODEM_ANSWER);
    assert_int_equal(out.command.token, SECOND_CALLER);
    event(SECOND_CALLER, MODEM_EVENT_ACTIVE);
    assert_int_equal(m.call.token, SECOND_CALLER);
    assert_int_equal(dial_view(&m, 0).state, DIAL_STATE_ACTIVE);
    event(old, MODEM_EVENT_ENDED);
    assert_int_equal(out.outcome.outcome, DIAL_OUTCOME_ENDED);
    assert_int_equal(m.call.phase, PHASE_ACTIVE);
}

static void the_waiting_call_outlives_the_other(void **state)
{
    (void)state;
    users_call();
    ring(CALLER, "030111222");
    ring(SECOND_CALLER, "030333444"); /* a third one has no place; it is logged */
    assert_log(1, AUDIT_RINGING);
    assert_false(out.show_call);
    user(EVENT_HANG_UP, 0, "");
    assert_int_equal(out.command.operation, MODEM_HANG_UP);
    modem(MODEM_EVENT_ENDED, 0);
    assert_int_equal(m.call.phase, PHASE_INCOMING);
    assert_int_equal(m.call.token, CALLER);
    assert_int_equal(m.second.phase, PHASE_IDLE);
    event(CALLER, MODEM_EVENT_ENDED);
    assert_int_equal(out.outcome.outcome, DIAL_OUTCOME_MISSED);
    assert_int_equal(m.call.phase, PHASE_IDLE);
}

/* Who calls within ten minutes of an emergency call may be the rescuers: Linux does not decline
 * them. */
static void rescuers_call_back(void **state)
{
    (void)state;
    user(EVENT_DIAL, 3, "112");
    modem(MODEM_EVENT_TAKEN, 0);
    modem(MODEM_EVENT_ENDED, 0);
    user(EVENT_BLOCK, 1, "");
    now_us += 600 * (uint64_t)SECOND - 1;
    ring(CALLER, "");
    assert_true(out.show_call);
    assert_int_equal(dial_view(&m, 0).flags, CALL_FLAG_RESCUERS);
    legacy(BADGE, DIALLER_HANG_UP, 0, "");
    assert_int_equal(out.reply.answer, DIALLER_REFUSED);
    assert_int_equal(out.command.operation, 0);
    user(EVENT_DECLINE, 0, "");
    assert_int_equal(out.command.operation, MODEM_DECLINE);
    event(CALLER, MODEM_EVENT_ENDED);
    now_us += 1;
    ring(SECOND_CALLER, "");
    assert_int_equal(dial_view(&m, 0).flags, 0);
}

/* Linux' own 112 while it rings, and the person's: both go before the caller. */
static void emergencies_while_it_rings(void **state)
{
    (void)state;
    ring(CALLER, "030111222");
    request("112");
    assert_true(out.open_prompt);
    event(CALLER, MODEM_EVENT_ENDED);
    ring(SECOND_CALLER, "030333444");
    assert_int_equal(out.cancel_epoch, 0);
    assert_int_equal(m.request.phase, PHASE_PROMPT);
    decide(DECISION_CONFIRMED);
    assert_dialled("112");
    event(SECOND_CALLER, MODEM_EVENT_ENDED);
    assert_int_equal(out.outcome.outcome, DIAL_OUTCOME_DECLINED);
    assert_int_equal(m.call.phase, PHASE_SENT);
}

/* ---- nothing vanishes without a word --------------------------------------------------------- */

static void the_keypad_says_why_not(void **state)
{
    static const struct {
        const char *number;
        uint32_t reason;
    } cannot[] = {
        { "*100#", REASON_NOT_A_NUMBER },
        { "*#06#", REASON_NOT_A_NUMBER },
        { "12", REASON_TOO_SHORT },
        { "#31#12", REASON_TOO_SHORT },
        { "030123456789012345678", REASON_TOO_LONG },
        { "+49301234567890123", REASON_TOO_LONG },
    };

    (void)state;
    for (uint32_t i = 0; i < sizeof cannot / sizeof cannot[0]; i++) {
        user(EVENT_TYPED, i + 1, cannot[i].number);
        assert_int_equal(out.price.reason, cannot[i].reason);
        user(EVENT_DIAL, i + 1, cannot[i].number);
        assert_refused(i + 1, cannot[i].reason);
    }
    user(EVENT_TYPED, 9, "0301234567");
    assert_int_equal(out.price.reason, REASON_NONE);
    user(EVENT_DIAL, 8, "0301234567");
    assert_refused(8, REASON_NOT_PRICED);
    request("09005123456");
    user(EVENT_DIAL, 9, "0301234567");
    assert_refused(9, REASON_ASKING);
    ring(CALLER, "030111222");
    user(EVENT_DIAL, 9, "0301234567");
    assert_refused(9, REASON_RINGING);
    event(CALLER, MODEM_EVENT_ENDED);
    users_call();
    user(EVENT_TYPED, 9, "0301234567");
    user(EVENT_DIAL, 9, "0301234567");
    assert_refused(9, REASON_CALL_UP);
    assert_int_equal(m.call.phase, PHASE_ACTIVE);
    user(EVENT_DIAL, 1, "112");
    modem(MODEM_EVENT_ENDED, 0);
    assert_int_equal(m.call.phase, PHASE_IDLE);
    user(EVENT_DIAL, 9, "0301234567");
    assert_refused(9, REASON_CALL_UP); /* the first one has not ended yet */
}

static void a_hidden_number_is_priced_and_grouped_behind_its_prefix(void **state)
{
    (void)state;
    user(EVENT_TYPED, 1, "0301234567");
    assert_int_equal(out.price.notes, 0);
    assert_int_equal(out.price.about.groups & 1u << 3, 1u << 3);
    user(EVENT_TYPED, 2, "#31#0301234567");
    assert_int_equal(out.price.notes, NOTE_NUMBER_HIDDEN);
    assert_int_equal(out.price.about.tariff.category, TARIFF_FIXED);
    assert_string_equal(number_text(&m.priced.number), "#31#0301234567");
    assert_true(number_is_equal(&out.price.about.number, &m.priced.number));
    assert_int_equal(out.price.about.groups & (1u << 4 | 1u << 7), 1u << 4 | 1u << 7);
    user(EVENT_TYPED, 3,
         "#31#01011004930123456789"); /* its last gap is beyond what a message may say */
    assert_int_equal(out.price.reason, REASON_NONE);
    assert_int_equal(out.price.about.groups >> NUMBER_DIAL_MAX, 0);
}

/* `shown` is logged when it was shown, once, and only what was. */
static void shown_is_logged_when_it_was(void **state)
{
    (void)state;
    request("0301234567");
    user(EVENT_SHOWN, (uint32_t)m.request.epoch + 1, "0301234567");
    assert_int_equal(out.log_count, 0);
    user(EVENT_SHOWN, (uint32_t)m.request.epoch, "0301234568");
    assert_int_equal(out.log_count, 0);
    user(EVENT_SHOWN, (uint32_t)m.request.epoch, "0301234567");
    assert_log(1, AUDIT_SHOWN);
    assert_int_equal(out.log[0].epoch, (uint32_t)m.request.epoch);
    assert_int_equal(out.log[0].detail >> 16, TARIFF_FIXED);
    user(EVENT_SHOWN, (uint32_t)m.request.epoch, "0301234567");
    assert_int_equal(out.log_count, 0);
    decide(DECISION_CONFIRMED);
    assert_log(1, AUDIT_CONFIRMED);
    modem(MODEM_EVENT_ENDED, 0);
    request("0301234567");
    decide_as(DECISION_WITHDRAWN, m.request.epoch, "0301234567");
    assert_log(1, AUDIT_REFUSED);
    user(EVENT_SHOWN, (uint32_t)m.request.epoch, "0301234567"); /* nothing is open */
    assert_int_equal(out.log_count, 0);
}

/* A driver that answers for a call which it never said it sent. */
static void what_was_answered_was_sent(void **state)
{
    (void)state;
    request("0301234567");
    decide(DECISION_CONFIRMED);
    modem(MODEM_EVENT_TAKEN, 0);
    assert_log(2, AUDIT_SENT, AUDIT_RESULT);
    assert_int_equal(out.log[0].detail, m.call.token);
    modem(MODEM_EVENT_ALERTING, 0);
    assert_log(1, AUDIT_RESULT);
}

static void without_a_sim_there_are_more_emergency_numbers(void **state)
{
    (void)state;
    user(EVENT_DIAL, 1, "08");
    assert_refused(1, REASON_TOO_SHORT);
    feed((struct dial_input){
        .kind = DIAL_INPUT_MODEM, .operation = MODEM_EVENT_READY, .value = 0 });
    user(EVENT_DIAL, 1, "08");
    assert_dialled("08");
    modem(MODEM_EVENT_ENDED, 0);
    feed((struct dial_input){
        .kind = DIAL_INPUT_MODEM, .operation = MODEM_EVENT_READY, .value = 1 });
    user(EVENT_DIAL, 1, "08");
    assert_refused(1, REASON_TOO_SHORT);
}

/* Two ways to write it are one number: it was refused a moment ago. */
static void asked_for_again_in_other_symbols(void **state)
{
    (void)state;
    request("0301234567");
    decide(DECISION_REFUSED);
    now_us += SECOND;
    request("+49301234567");
    assert_true(m.request.plan.notes & NOTE_REPEATED);
    decide(DECISION_REFUSED);
    now_us += 2 * SECOND;
    request("0301234568");
    assert_false(m.request.plan.notes & NOTE_REPEATED);
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
        for (unsigned k = 0; k < out.log_count; k++) {
            repeats += out.log[k].repeats;
        }
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
    assert_int_equal(out.log[0].detail, REPORT_HYPERCALL);
}

/* What the virtual modem refused by itself leaves its kind. */
static void refused_commands_are_reported(void **state)
{
    struct dial_input in = { .kind = DIAL_INPUT_LEGACY,
                             .badge = BADGE,
                             .operation = DIALLER_REPORT,
                             .value = REPORT_COMMAND,
                             .address = REPORT_COMMAND_DIVERT };

    (void)state;
    feed(in);
    assert_log(1, AUDIT_VIOLATION);
    assert_int_equal(out.log[0].detail, REPORT_COMMAND | REPORT_COMMAND_DIVERT << 8);
    now_us += SECOND;
    in.address = REPORT_COMMANDS;
    feed(in);
    assert_int_equal(out.log[0].detail, REPORT_COMMAND);
    now_us += SECOND;
    in.address = REPORT_COMMAND_SMS; /* the address of something else */
    in.value = REPORT_MEMORY;
    feed(in);
    assert_int_equal(out.log[0].detail, REPORT_MEMORY);
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
    assert_int_equal(out.command.token, 1);
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
        CASE(a_call_whose_taking_was_not_told_goes_on),
        CASE(what_the_driver_kept_is_not_lost),
        CASE(many_tries_are_few_records),
        CASE(an_open_prompt_does_not_change),
        CASE(bad_requests),
        CASE(the_keypad_dials_what_it_shows),
        CASE(emergency_needs_one_press),
        CASE(emergency_withdraws_a_prompt),
        CASE(an_emergency_waits_for_no_call),
        CASE(an_emergency_under_way_keeps_its_place),
        CASE(an_emergency_outlives_the_modem),
        CASE(what_made_way_is_not_forgotten),
        CASE(a_second_one_that_makes_way_takes_the_place),
        CASE(what_the_driver_does_not_take_is_told),
        CASE(what_there_is_no_call_for_is_told),
        CASE(each_answer_of_the_driver_has_a_reason),
        CASE(an_emergency_that_was_not_taken_is_offered_again),
        CASE(an_emergency_that_differs_goes_on),
        CASE(nothing_of_linux_ends_or_covers_an_emergency),
        CASE(linux_own_112_goes_before_its_own_prompt),
        CASE(a_prompt_that_waits_can_be_taken_back),
        CASE(linux_own_112_beside_its_own_call),
        CASE(who_makes_room_for_112_pays_for_it),
        CASE(emergency_by_legacy),
        CASE(blocking_withdraws_and_unblocking_allows),
        CASE(the_modem_refuses),
        CASE(ends_of_calls),
        CASE(late_events_of_an_old_call_fit_nothing),
        CASE(a_loss_before_a_call_is_not_its_end),
        CASE(a_call_out_of_sight_is_hung_up),
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
        CASE(a_caller_without_a_usable_number_rings),
        CASE(missed_declined_and_answered_are_three_things),
        CASE(linux_declines_and_cannot_answer),
        CASE(each_caller_has_an_id_of_its_own),
        CASE(a_call_waits_beside_another),
        CASE(the_waiting_call_outlives_the_other),
        CASE(rescuers_call_back),
        CASE(emergencies_while_it_rings),
        CASE(the_keypad_says_why_not),
        CASE(a_hidden_number_is_priced_and_grouped_behind_its_prefix),
        CASE(shown_is_logged_when_it_was),
        CASE(what_was_answered_was_sent),
        CASE(without_a_sim_there_are_more_emergency_numbers),
        CASE(asked_for_again_in_other_symbols),
        CASE(a_flood_fills_one_line_a_second),
        CASE(reports_are_coalesced),
        CASE(refused_commands_are_reported),
        CASE(restart_is_passed_on),
        CASE(tokens_are_never_zero),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
