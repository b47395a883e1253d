/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Random inputs, four million of them, against a small model of what was shown and
 * what the user said: D1 to D7 of dial_call.h hold after each.
 */
#include "dial_machine.h"
#include "number_text.h"
#include "proof/dial_sound.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

enum { ROUNDS = 4000000, OPERATIONS = 12 };

/* What the outside knows. */
static struct {
    bool prompt_is_open, display_owes_answer,
        is_due; /* due: confirmed, waits for the end of a call */
    uint64_t epoch;
    struct number number, due;
    uint32_t last_token;
    bool is_untaken; /* the emergency call of last_token, as its driver said */
} model;

static struct dial_machine m;
static unsigned visited[PHASES][DIAL_INPUTS][OPERATIONS];
static unsigned dialled_by[DIAL_INPUTS], offered_again, beside_a_call, waited, made_way,
    prompts_that_waited;
static uint64_t seed = 0x2545f4914f6cdd1d;

static uint32_t below(uint32_t limit)
{
    seed ^= seed << 13;
    seed ^= seed >> 7;
    seed ^= seed << 17;
    return (uint32_t)(seed >> 32) % limit;
}

/* Every other quarter of an hour nobody asks for an emergency: then ordinary calls get on. */
static bool is_calm;

static struct number some_number(void)
{
    static const char *const texts[] = { "09005123456", "0301234567", "+8823460777", "*100#",
                                         "12",          "112",        "110",         "08" };

    return number_of(texts[below(is_calm ? 5 : sizeof texts / sizeof texts[0])]);
}

static struct dial_input some_input(uint64_t now_us)
{
    struct dial_input in = { .kind = (enum dial_input_kind)below(DIAL_INPUTS), .now_us = now_us };

    is_calm = now_us / 60000000 % 4 == 0;
    in.operation = below(OPERATIONS);
    in.badge = 1 + below(2) + ((uint32_t)(now_us / 50000000) + below(2)) * 256;
    in.value = below(5);
    in.number = below(4) ? m.request.plan.number : some_number();
    in.epoch = below(8) ? m.request.epoch : below(1000);
    in.token = below(8)   ? m.call.token
               : below(2) ? m.second.token
                          : below(100) | (below(2) ? MODEM_TOKEN_INCOMING : 0);
    in.taken = below(4) ? m.last_token : below(100);
    if (in.kind == DIAL_INPUT_LEGACY || in.kind == DIAL_INPUT_USER) {
        in.number = some_number();
    }
    if (in.kind == DIAL_INPUT_LEGACY && in.operation == DIALLER_DIAL) {
        in.value = 0;
    }
    if (in.kind == DIAL_INPUT_MODEM && is_calm &&
        (m.call.phase == PHASE_SENT || m.call.phase == PHASE_DIALLING)) {
        in.operation = m.call.phase == PHASE_SENT ? MODEM_EVENT_TAKEN : MODEM_EVENT_ACTIVE;
        in.token = m.call.token;
    }
    if (m.call.phase == PHASE_ACTIVE && m.request.phase == PHASE_PROMPT && below(8) == 0) {
        in = (struct dial_input){ .kind = DIAL_INPUT_DECISION,
                                  .now_us = now_us,
                                  .value = DECISION_CONFIRMED,
                                  .epoch = m.request.epoch,
                                  .number = m.request.plan.number };
    }
    if (in.kind == DIAL_INPUT_MODEM && m.confirmation.is_open && below(2)) {
        in.operation = MODEM_EVENT_ENDED;
        in.token = m.call.token;
    }
    if (is_calm && m.call.phase == PHASE_ACTIVE && m.request.phase == PHASE_IDLE && below(4) == 0) {
        in = (struct dial_input){ .kind = DIAL_INPUT_LEGACY,
                                  .now_us = now_us,
                                  .operation = DIALLER_DIAL,
                                  .badge = in.badge,
                                  .number = some_number() };
    }
    if (in.kind == DIAL_INPUT_USER && in.operation == EVENT_DIAL && below(2)) {
        in.value = m.priced.serial;
        in.number = m.priced.number;
    }
    if (in.kind == DIAL_INPUT_USER && in.operation == EVENT_SHOWN && below(4)) {
        in.value = (uint32_t)m.request.epoch;
        in.number = m.request.plan.number;
    }
    if (in.kind == DIAL_INPUT_MODEM && in.operation == MODEM_EVENT_RINGING) {
        in.token |= MODEM_TOKEN_INCOMING; /* as the driver names what comes in */
    }
    if (in.kind == DIAL_INPUT_LEGACY_RESTART && below(20)) {
        in.kind = DIAL_INPUT_TIMER;
    }
    return in;
}

static bool is_emergency(const struct number *n)
{
    struct number fire = number_of("112"), police = number_of("110"),
                  fire_without_sim = number_of("08");

    return number_is_equal(n, &fire) || number_is_equal(n, &police) ||
           (m.sim == SIM_NONE && number_is_equal(n, &fire_without_sim));
}

static bool emergency_is_up(const struct dial_machine *at)
{
    return at->call.plan.is_emergency && at->call.phase >= PHASE_SENT &&
           at->call.phase <= PHASE_ACTIVE;
}

/* D2: does this input say yes to this number? */
static bool says_yes(const struct dial_input *in, const struct number *number)
{
    if (in->kind == DIAL_INPUT_DECISION) {
        return model.prompt_is_open && in->value == DECISION_CONFIRMED &&
               in->epoch == model.epoch && number_is_equal(&in->number, &model.number) &&
               number_is_equal(number, &model.number);
    }
    return in->kind == DIAL_INPUT_USER && in->operation == EVENT_DIAL &&
           number_is_equal(number, &in->number) &&
           (is_emergency(number) ||
            (m.priced.serial == in->value && number_is_equal(&m.priced.number, number)));
}

static bool is_logged(const struct dial_actions *out, uint32_t kind, const struct number *number)
{
    for (uint32_t i = 0; i < out->log_count; i++) {
        if (out->log[i].kind == kind && number_is_equal(&out->log[i].number, number)) {
            return true;
        }
    }
    return false;
}

/* D3: again only what the driver did not take, and only an emergency. */
static void check_offered_again(const struct dial_actions *out)
{
    assert_true(model.is_untaken);
    assert_true(out->command.value & MODEM_FLAG_EMERGENCY);
    assert_true(is_emergency(&out->command.number) || m.call.plan.is_emergency);
    offered_again++;
}

static void check_dial(const struct dial_input *in, const struct dial_actions *out)
{
    const struct number *number = &out->command.number;

    if (out->command.operation != MODEM_DIAL) {
        return;
    }
    assert_true(out->show_call); /* D4 */
    assert_int_equal(m.call.phase, PHASE_SENT);
    assert_int_equal(m.call.token, out->command.token);
    assert_true(number_is_equal(number, &m.call.plan.number));
    assert_int_equal((out->command.value & MODEM_FLAG_EMERGENCY) != 0, m.call.plan.is_emergency);
    if (out->command.token == model.last_token) {
        check_offered_again(out);
    } else {
        assert_true(says_yes(in, number) || /* D1, D2 */
                    (model.is_due && number_is_equal(number, &model.due)));
        assert_int_equal(out->command.token, model.last_token + 1); /* D3 */
        assert_true(is_logged(out, AUDIT_CONFIRMED, number));       /* D4 */
        model.is_due = false;
        dialled_by[in->kind]++;
    }
    model.last_token = out->command.token;
    model.is_untaken = false;
}

/* `sent` is in the log exactly when the driver says so of a call that was dialled. */
static void check_sent(const struct dial_input *in, const struct dial_actions *out)
{
    for (uint32_t i = 0; i < out->log_count; i++) {
        if (out->log[i].kind == AUDIT_SENT) {
            assert_int_equal(in->kind, DIAL_INPUT_MODEM);
            assert_int_equal(out->log[i].detail, in->token);
            assert_true(in->token <= model.last_token && in->token != 0);
        }
    }
}

/* D7: an emergency call ends by the user's hand, for another emergency of the user's, or by the
 * network. */
static void check_emergency(const struct dial_machine *before, const struct dial_input *in)
{
    bool by_user = in->kind == DIAL_INPUT_USER &&
                   (in->operation == EVENT_HANG_UP || in->operation == EVENT_DIAL);
    bool by_network = in->kind == DIAL_INPUT_MODEM;

    if (emergency_is_up(before) && !by_user && !by_network) {
        assert_true(emergency_is_up(&m));
        assert_int_equal(m.call.token, before->call.token);
        assert_int_equal(m.call.phase, before->call.phase);
    }
    if (emergency_is_up(before) && before->call.phase == PHASE_SENT &&
        in->operation == MODEM_EVENT_LOST && by_network) {
        assert_true(emergency_is_up(&m));
    }
    if (emergency_is_up(&m)) {
        assert_int_not_equal(m.request.phase, PHASE_PROMPT);
    }
}

/* What is hung up is a call that there is, or one out of sight; everything only for an emergency.
 */
static void check_hang_up(const struct dial_machine *before, const struct dial_input *in,
                          const struct dial_actions *out)
{
    uint32_t token = out->command.token;

    if (out->command.operation == MODEM_DECLINE) {
        assert_true(token == before->call.token || token == before->second.token);
    }
    if (out->command.operation != MODEM_HANG_UP) {
        return;
    }
    if (token == MODEM_ANY_CALL) {
        assert_true((in->kind == DIAL_INPUT_NOT_TAKEN && m.call.plan.is_emergency) ||
                    before->call.token == 0);
    } else {
        assert_true(token == before->call.token ||
                    (in->kind == DIAL_INPUT_MODEM && token == in->token));
    }
}

/* What the machine keeps for later was said yes to just now, or is what was kept before. */
static void follow_waiting(const struct dial_input *in)
{
    const struct number *waiting = &m.confirmation.call.plan.number;

    if (!m.confirmation.is_open) {
        model.is_due = false;
        return;
    }
    assert_true(says_yes(in, waiting) || (model.is_due && number_is_equal(waiting, &model.due)));
    model.is_due = true;
    model.due = *waiting;
}

static void follow(const struct dial_input *in, const struct dial_actions *out)
{
    if (in->kind == DIAL_INPUT_DECISION) {
        model.display_owes_answer = false;
        model.prompt_is_open = false;
    }
    if (out->cancel_epoch != 0) {
        assert_true(model.prompt_is_open);
        assert_int_equal(out->cancel_epoch, model.epoch);
        model.prompt_is_open = false; /* D6 */
    }
    if (out->open_prompt) {
        assert_false(model.display_owes_answer); /* D5 */
        assert_true(m.request.epoch > model.epoch);
        model.display_owes_answer = model.prompt_is_open = true;
        model.epoch = m.request.epoch;
        model.number = m.request.plan.number;
    }
    assert_int_equal(model.prompt_is_open, m.request.phase == PHASE_PROMPT && !m.prompt_waits);
    prompts_that_waited += m.prompt_waits;
    if (in->kind == DIAL_INPUT_NOT_TAKEN && in->operation == MODEM_DIAL &&
        m.call.phase == PHASE_SENT) {
        model.is_untaken = true;
    }
}

static void check_small_things(const struct dial_input *in, const struct dial_actions *out)
{
    assert_true(out->log_count < DIAL_LOG_MAX);
    assert_false(out->open_prompt && out->command.operation == MODEM_DIAL);
    assert_false(out->command.operation == MODEM_DIAL && in->kind == DIAL_INPUT_NOT_TAKEN);
    assert_false(out->command.operation == MODEM_ANSWER && in->kind != DIAL_INPUT_USER);
    assert_int_not_equal(m.call.phase, PHASE_PROMPT);
    assert_true(m.request.phase == PHASE_IDLE || m.request.phase == PHASE_PROMPT);
    assert_int_equal(m.request.owner != NULL, m.request.phase == PHASE_PROMPT);
    assert_false(m.call.owner != NULL && m.call.phase == PHASE_IDLE);
    if (m.confirmation.is_open) {
        assert_int_equal(m.call.phase, PHASE_ENDING);
    }
    assert_true(m.second.phase == PHASE_IDLE || m.second.phase == PHASE_INCOMING ||
                m.second.phase == PHASE_ENDING);
    assert_false(m.second.phase == PHASE_INCOMING && m.call.phase == PHASE_IDLE);
    assert_false(m.second.owner != NULL && m.second.phase == PHASE_IDLE);
    waited += m.second.phase == PHASE_INCOMING;
    made_way += m.second.phase == PHASE_ENDING;
}

static void millions_of_inputs(void **state)
{
    uint64_t now_us = 1;

    (void)state;
    for (unsigned round = 0; round < ROUNDS; round++) {
        const struct dial_machine before = m;
        struct dial_actions out;
        struct dial_input in;

        now_us += below(20) ? below(100000) : below(20000000);
        in = some_input(now_us);
        if (in.kind == DIAL_INPUT_DECISION &&
            (!model.display_owes_answer || (m.call.phase != PHASE_ACTIVE && below(4)))) {
            continue; /* the prompt thread answers when it was asked */
        }
        visited[m.request.phase == PHASE_PROMPT ? PHASE_PROMPT : m.call.phase][in.kind]
               [in.operation]++;
        beside_a_call += m.request.phase == PHASE_PROMPT && m.call.phase == PHASE_ACTIVE;
        dial_step(&m, &in, &out);
        assert_true(dial_is_sound(&m));
        check_emergency(&before, &in);
        check_hang_up(&before, &in, &out);
        check_dial(&in, &out);
        check_sent(&in, &out);
        follow_waiting(&in);
        follow(&in, &out);
        check_small_things(&in, &out);
    }
}

/* The test saw what it is about: each input in each phase, and dials by each way that there is. */
static void nothing_was_left_out(void **state)
{
    (void)state;
    for (int phase = 0; phase < PHASES; phase++) {
        for (int kind = 0; kind < DIAL_INPUTS; kind++) {
            unsigned seen = 0;

            for (int operation = 0; operation < OPERATIONS; operation++) {
                seen += visited[phase][kind][operation];
                if (kind == DIAL_INPUT_LEGACY || kind == DIAL_INPUT_USER ||
                    kind == DIAL_INPUT_MODEM) {
                    assert_int_not_equal(visited[phase][kind][operation], 0);
                }
            }
            assert_int_not_equal(seen, 0);
        }
    }
    assert_true(dialled_by[DIAL_INPUT_DECISION] > 100);
    assert_true(dialled_by[DIAL_INPUT_USER] > 100);
    assert_true(dialled_by[DIAL_INPUT_MODEM] > 100); /* what waited for the end of a call */
    assert_true(beside_a_call > 1000 && waited > 1000 && made_way > 1000);
    assert_true(offered_again > 100 && prompts_that_waited > 100);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(millions_of_inputs),
        cmocka_unit_test(nothing_was_left_out),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
