/* SPDX-License-Identifier: BSD-2-Clause */
/* One case for each check that no ordinary call reaches: each fails when its check is taken out. */
#include "dial_machine.h"
#include "number_text.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

enum { BADGE = 1 | 5 << 8, OTHER_BADGE = 2 | 5 << 8 };

static struct dial_machine m;
static struct dial_actions out;

static void feed(struct dial_input in)
{
    in.now_us = 1000000000;
    dial_step(&m, &in, &out);
}

static int start(void **state)
{
    (void)state;
    memset(&m, 0, sizeof m);
    feed((struct dial_input){ .kind = DIAL_INPUT_START });
    return 0;
}

static void legacy(uint32_t badge, uint32_t operation, const char *number)
{
    feed((struct dial_input){ .kind = DIAL_INPUT_LEGACY,
                              .badge = badge,
                              .operation = operation,
                              .number = number_of(number) });
}

static void user(uint32_t event, uint32_t value, const char *number)
{
    feed((struct dial_input){
        .kind = DIAL_INPUT_USER, .operation = event, .value = value, .number = number_of(number) });
}

static void modem(uint32_t event)
{
    feed((struct dial_input){ .kind = DIAL_INPUT_MODEM,
                              .operation = event,
                              .token = m.call.token,
                              .taken = m.last_token });
}

static void confirm(void)
{
    feed((struct dial_input){ .kind = DIAL_INPUT_DECISION,
                              .value = DECISION_CONFIRMED,
                              .epoch = m.request.epoch,
                              .number = m.request.plan.number });
}

static void active_call_of(uint32_t badge, const char *number)
{
    legacy(badge, DIALLER_DIAL, number);
    confirm();
    modem(MODEM_EVENT_TAKEN);
    modem(MODEM_EVENT_ACTIVE);
    assert_int_equal(m.call.phase, PHASE_ACTIVE);
}

static void hanging_up_nothing_tells_the_modem_nothing(void **state)
{
    (void)state;
    user(EVENT_HANG_UP, 0, "");
    assert_int_equal(out.command.operation, 0);
    assert_false(out.show_call);
}

/* D1, below the check of the display's echo. */
static void another_number_than_the_shown_one_is_not_sent(void **state)
{
    struct dial_call call = { .phase = PHASE_PROMPT, .plan.number = number_of("09005123456") };
    struct number shown = number_of("0900512345");

    (void)state;
    memset(&out, 0, sizeof out);
    dial_confirmed(&m, &call, &shown, &out);
    assert_int_equal(out.command.operation, 0);
    assert_int_equal(out.log_count, 0);
    assert_false(m.confirmation.is_open);
}

static void what_was_no_prompt_cannot_be_confirmed(void **state)
{
    struct dial_call call = { .phase = PHASE_IDLE, .plan.number = number_of("030123456") };

    (void)state;
    memset(&out, 0, sizeof out);
    dial_confirmed(&m, &call, &call.plan.number, &out);
    assert_int_equal(out.command.operation, 0);
    assert_false(m.confirmation.is_open);
}

static void blocking_spares_an_emergency_and_unblocking_every_prompt(void **state)
{
    (void)state;
    legacy(BADGE, DIALLER_DIAL, "112");
    user(EVENT_BLOCK, 1, "");
    assert_int_equal(m.request.phase, PHASE_PROMPT);
    start(NULL);
    legacy(BADGE, DIALLER_DIAL, "030123456");
    user(EVENT_BLOCK, 0, "");
    assert_int_equal(m.request.phase, PHASE_PROMPT);
}

static void only_a_valid_callers_number_is_shown(void **state)
{
    struct dial_input ring = { .kind = DIAL_INPUT_MODEM,
                               .operation = MODEM_EVENT_RINGING,
                               .number = number_of("030123456") };

    (void)state;
    feed(ring);
    assert_string_equal(number_text(&m.call.plan.number), "030123456");
    start(NULL);
    ring.number.packed[0] |= 0xf; /* no symbol */
    assert_false(number_is_valid(&ring.number));
    feed(ring);
    assert_int_equal(m.call.phase, PHASE_INCOMING);
    assert_true(number_is_none(&m.call.plan.number));
    start(NULL);
    ring.number = number_of("+"); /* with which the display would refuse the page */
    feed(ring);
    assert_int_equal(m.call.phase, PHASE_INCOMING);
    assert_true(number_is_none(&m.call.plan.number));
}

static void a_lost_call_has_failed_and_not_ended(void **state)
{
    (void)state;
    active_call_of(BADGE, "030123456");
    modem(MODEM_EVENT_LOST);
    assert_int_equal(out.outcome.outcome, DIAL_OUTCOME_FAILED);
}

static void alerting_after_the_answer_does_not_start_the_clock_again(void **state)
{
    uint64_t since_us;

    (void)state;
    active_call_of(BADGE, "030123456");
    since_us = m.call.active_since_us;
    modem(MODEM_EVENT_ALERTING);
    assert_int_equal(m.call.phase, PHASE_ACTIVE);
    assert_int_equal(m.call.active_since_us, since_us);
    assert_false(out.show_call);
}

/* Linux can no longer end it, so it is as good as the person's own: dialling again would cost its
 * place. */
static void an_emergency_by_linux_is_shown_and_not_dialled_again(void **state)
{
    (void)state;
    active_call_of(BADGE, "112");
    user(EVENT_DIAL, 0, "112");
    assert_int_equal(out.command.operation, 0);
    assert_int_equal(out.call_flags, CALL_FLAG_TO_FRONT);
    user(EVENT_DIAL, 0, "110");
    assert_int_equal(out.command.operation, MODEM_DIAL);
    assert_int_equal(m.call.origin, ORIGIN_USER);
}

/* One VM's death takes nothing from another. */
static void only_the_dead_guests_call_loses_its_owner(void **state)
{
    (void)state;
    active_call_of(BADGE, "030123456");
    legacy(OTHER_BADGE, DIALLER_CANCEL_ALL, "");
    assert_ptr_equal(m.call.owner, &m.callers[1]);
    legacy(OTHER_BADGE, DIALLER_DIAL, "040123456");
    confirm(); /* waits for the end of the call that there is */
    assert_true(m.confirmation.is_open);
    legacy(BADGE, DIALLER_CANCEL_ALL, "");
    assert_ptr_equal(m.confirmation.call.owner, &m.callers[2]);
    legacy(OTHER_BADGE, DIALLER_CANCEL_ALL, "");
    assert_null(m.confirmation.call.owner);
}

static void the_log_names_a_rejected_number_only_when_it_is_one(void **state)
{
    struct dial_input in = { .kind = DIAL_INPUT_LEGACY,
                             .badge = BADGE,
                             .operation = DIALLER_DIAL,
                             .number = number_of("030123456") };
    const struct number none = { 0 };

    (void)state;
    user(EVENT_BLOCK, 1, "");
    feed(in);
    assert_int_equal(out.log[0].kind, AUDIT_REJECTED);
    assert_true(number_is_equal(&out.log[0].number, &in.number));
    start(NULL);
    in.number.packed[0] |= 0xf;
    feed(in);
    assert_int_equal(out.log[0].kind, AUDIT_REJECTED);
    assert_true(number_is_equal(&out.log[0].number, &none));
}

static void machine_0_is_nobody(void **state)
{
    (void)state;
    for (uint32_t epoch = 0; epoch < 3; epoch++) {
        legacy(epoch << DIALLER_BADGE_EPOCH_SHIFT, DIALLER_DIAL, "030123456");
        assert_int_equal(out.reply.answer, DIALLER_INVALID);
        assert_false(out.open_prompt);
    }
}

/* Each field of each record, not only its kind: a log that names another number, epoch or reason is
 * a wrong log. */
static void logged(uint32_t index, const struct audit_entry *wanted)
{
    assert_true(index < out.log_count);
    assert_memory_equal(&out.log[index], wanted, sizeof *wanted);
}

static void each_record_of_a_call_is_right_as_a_whole(void **state)
{
    struct audit_entry e = {
        .origin = ORIGIN_LEGACY, .epoch = 1, .repeats = 1, .number = number_of("09005123456")
    };

    (void)state;
    legacy(BADGE, DIALLER_DIAL, "09005123456");
    e.kind = AUDIT_REQUESTED, e.detail = BADGE;
    logged(0, &e);
    confirm();
    e.kind = AUDIT_SHOWN, e.detail = TARIFF_PREMIUM_0900 << 16 | 199;
    logged(0, &e);
    e.kind = AUDIT_CONFIRMED;
    logged(1, &e);
    modem(MODEM_EVENT_TAKEN);
    e.kind = AUDIT_SENT, e.detail = 1;
    logged(0, &e);
    e.kind = AUDIT_RESULT, e.detail = MODEM_EVENT_TAKEN << 8;
    logged(1, &e);
    modem(MODEM_EVENT_ACTIVE);
    e.detail = MODEM_EVENT_ACTIVE << 8;
    logged(0, &e);
    modem(MODEM_EVENT_ENDED);
    e.detail = MODEM_EVENT_ENDED << 8;
    logged(0, &e);
}

static void each_record_of_a_refusal_is_right_as_a_whole(void **state)
{
    struct audit_entry e = {
        .origin = ORIGIN_LEGACY, .epoch = 2, .repeats = 1, .number = number_of("030123456")
    };

    (void)state;
    legacy(BADGE, DIALLER_DIAL, "09005123456");
    feed((struct dial_input){
        .kind = DIAL_INPUT_DECISION, .value = DECISION_TIMED_OUT, .epoch = 1 });
    legacy(OTHER_BADGE, DIALLER_DIAL, "030123456");
    e.kind = AUDIT_REQUESTED, e.detail = OTHER_BADGE;
    logged(0, &e);
    feed((struct dial_input){
        .kind = DIAL_INPUT_DECISION, .value = DECISION_REFUSED, .epoch = 2, .number = e.number });
    e.kind = AUDIT_SHOWN, e.detail = TARIFF_FIXED << 16;
    logged(0, &e);
    e.kind = AUDIT_REFUSED, e.detail = DIAL_OUTCOME_REFUSED;
    logged(1, &e);
}

static void the_record_of_what_rings_is_right_as_a_whole(void **state)
{
    const struct number caller = number_of("01714445556");
    const struct audit_entry e = { .kind = AUDIT_RINGING,
                                   .origin = ORIGIN_NETWORK,
                                   .epoch = 1,
                                   .repeats = 1,
                                   .detail = MODEM_TOKEN_INCOMING | 9,
                                   .number = caller };

    (void)state;
    feed((struct dial_input){ .kind = DIAL_INPUT_MODEM,
                              .operation = MODEM_EVENT_RINGING,
                              .token = MODEM_TOKEN_INCOMING | 9,
                              .number = caller });
    logged(0, &e);
}

/* Three requests that are taken back, seen or not, would push a premium call off the home page's
 * list. */
static void a_request_that_was_taken_back_is_no_last_call(void **state)
{
    struct dial_input shown = { .kind = DIAL_INPUT_USER, .operation = EVENT_SHOWN, .value = 2 };

    (void)state;
    legacy(BADGE, DIALLER_DIAL, "09005123456");
    legacy(BADGE, DIALLER_HANG_UP, "");
    assert_int_equal(out.log[0].kind, AUDIT_REFUSED);
    assert_int_equal(out.outcome.operation, 0);
    assert_int_equal(m.callers[1].outcome, DIAL_OUTCOME_WITHDRAWN); /* Linux is told all the same */
    assert_true(out.signal_legacy);
    feed((struct dial_input){
        .kind = DIAL_INPUT_DECISION, .value = DECISION_WITHDRAWN, .epoch = 1 });
    legacy(OTHER_BADGE, DIALLER_DIAL, "030123456");
    shown.number = m.request.plan.number;
    feed(shown);
    legacy(OTHER_BADGE, DIALLER_HANG_UP, "");
    assert_int_equal(out.log[0].kind, AUDIT_REFUSED);
    assert_int_equal(out.outcome.operation, 0);
    assert_int_equal(m.callers[2].outcome, DIAL_OUTCOME_WITHDRAWN);
}

#define CASE(name) cmocka_unit_test_setup(name, start)

int main(void)
{
    const struct CMUnitTest tests[] = {
        CASE(hanging_up_nothing_tells_the_modem_nothing),
        CASE(another_number_than_the_shown_one_is_not_sent),
        CASE(what_was_no_prompt_cannot_be_confirmed),
        CASE(blocking_spares_an_emergency_and_unblocking_every_prompt),
        CASE(only_a_valid_callers_number_is_shown),
        CASE(a_lost_call_has_failed_and_not_ended),
        CASE(alerting_after_the_answer_does_not_start_the_clock_again),
        CASE(an_emergency_by_linux_is_shown_and_not_dialled_again),
        CASE(only_the_dead_guests_call_loses_its_owner),
        CASE(the_log_names_a_rejected_number_only_when_it_is_one),
        CASE(machine_0_is_nobody),
        CASE(a_request_that_was_taken_back_is_no_last_call),
        CASE(each_record_of_a_call_is_right_as_a_whole),
        CASE(each_record_of_a_refusal_is_right_as_a_whole),
        CASE(the_record_of_what_rings_is_right_as_a_whole),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
