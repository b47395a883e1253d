/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * One step from any sound state (dial_sound.h), by any input of one KIND: the state is sound again,
 * and D1 to D6 of dial_call.h hold of what comes out. What Linux causes ends no emergency call
 * (D7).
 */
#include "contracts.h"
#include "dial_machine.h"
#include "dial_sound.h"
#include "proof.h"

#include <stddef.h>

struct dial_machine nondet_machine(void);
struct dial_input nondet_input(void);

/* Tokens are compared only: one last token stands for all, for a remainder of any is hard to prove.
 */
enum { OWNER = 1, CALLS_SO_FAR = 1000 };

static struct dial_machine m, before;
static struct dial_input in;
static struct dial_actions out;
static bool is_alone, is_beside;

/* A bool of a nondet struct may be any byte, a pointer anything. VMs are alike: one stands for all
 * that own something. */
static void settle(struct dial_call *c)
{
    c->owner = nondet_bool() ? &m.callers[OWNER] : NULL;
    c->plan.is_emergency = nondet_bool();
    c->plan.needs_hold = nondet_bool();
    c->is_shown = nondet_bool();
    c->is_untaken = nondet_bool();
}

static void any_machine(bool is_asked, bool is_emergency)
{
    m = nondet_machine();
    settle(&m.call);
    settle(&m.second);
    settle(&m.request);
    m.request.phase = is_asked ? PHASE_PROMPT : PHASE_IDLE;
    m.request.owner = is_asked ? &m.callers[OWNER] : NULL;
    m.request.plan.is_emergency = is_emergency;
    settle(&m.confirmation.call);
    m.confirmation.is_open = nondet_bool();
    if (is_alone) { /* the invariant: nothing that was confirmed waits */
        m.call.phase = PHASE_IDLE;
        m.confirmation.is_open = false;
    }
    ASSUME(!is_beside || m.call.phase != PHASE_IDLE);
    m.prompt_is_out = nondet_bool();
    m.prompt_waits = nondet_bool();
    m.legacy_is_blocked = nondet_bool();
    m.last_token = CALLS_SO_FAR;
    ASSUME(dial_is_sound(&m));
}

/* The display says yes to the one open prompt, and to its number. */
static bool is_decision(void)
{
    return in.kind == DIAL_INPUT_DECISION && in.value == DECISION_CONFIRMED &&
           before.request.phase == PHASE_PROMPT && !before.prompt_waits &&
           in.epoch == before.request.epoch &&
           number_is_equal(&in.number, &before.request.plan.number);
}

/* The keypad's key, with the number that its panel shows: an ordinary one with its price. */
static bool is_keypad(bool is_emergency)
{
    return in.kind == DIAL_INPUT_USER && in.operation == EVENT_DIAL &&
           number_is_equal(&planned_for, &in.number) &&
           (is_emergency || (in.value == before.priced.serial &&
                             number_is_equal(&in.number, &before.priced.number)));
}

static bool is_call_up(const struct dial_call *c)
{
    return c->phase >= PHASE_SENT && c->phase <= PHASE_ACTIVE;
}

static bool is_confirmed_in_log(const struct number *n)
{
    for (uint32_t i = 0; i < out.log_count && i < DIAL_LOG_MAX; i++) {
        if (out.log[i].kind == AUDIT_CONFIRMED && number_is_equal(&out.log[i].number, n)) {
            return true;
        }
    }
    return false;
}

/* D3: the driver did not take it; the same command once more. */
static bool is_again(void)
{
    const struct dial_call *c = &before.call;

    return c->phase == PHASE_SENT && c->is_untaken && c->plan.is_emergency &&
           out.command.token == c->token && number_is_equal(&out.command.number, &c->plan.number);
}

/* D1 to D4 */
static void check_dial(void)
{
    const struct number *n = &out.command.number;

    assert(m.call.phase == PHASE_SENT && m.call.token == out.command.token && out.show_call);
    assert(number_is_equal(&m.call.plan.number, n));
    if (is_again()) {
        return;
    }
    assert((is_decision() && number_is_equal(n, &in.number)) ||
           (is_keypad(m.call.plan.is_emergency) && number_is_equal(n, &planned)) ||
           (before.confirmation.is_open && number_is_equal(n, &before.confirmation.number)));
    assert(!m.confirmation.is_open && out.command.token == before.last_token + 1);
    assert(is_confirmed_in_log(n));
    assert(in.kind != DIAL_INPUT_LEGACY && in.kind != DIAL_INPUT_LEGACY_RESTART);
}

/* D5, D6 */
static void check_prompt(void)
{
    const bool is_gone =
        before.request.phase == PHASE_PROMPT && !before.prompt_waits &&
        (m.request.phase != PHASE_PROMPT || m.request.epoch != before.request.epoch);

    if (out.open_prompt) {
        assert(!before.prompt_is_out || in.kind == DIAL_INPUT_DECISION);
        assert(m.request.phase == PHASE_PROMPT && m.prompt_is_out && !m.prompt_waits);
        assert(in.kind == DIAL_INPUT_LEGACY || in.kind == DIAL_INPUT_DECISION);
    }
    assert(!is_gone || in.kind == DIAL_INPUT_DECISION || out.cancel_epoch == before.request.epoch);
}

/* D2: what waits for a call's end was said yes to, now or before. */
static void check_confirmation(void)
{
    const struct number *n = &m.confirmation.number;

    assert(!m.confirmation.is_open || (is_decision() && number_is_equal(n, &in.number)) ||
           (is_keypad(m.confirmation.call.plan.is_emergency) && number_is_equal(n, &planned)) ||
           (before.confirmation.is_open && number_is_equal(n, &before.confirmation.number)));
}

static bool owns_nothing(const struct dial_caller *caller)
{
    return m.request.owner != caller && m.call.owner != caller && m.second.owner != caller &&
           (!m.confirmation.is_open || m.confirmation.call.owner != caller);
}

static bool is_own(const struct dial_call *c, const struct dial_caller *caller)
{
    return c->phase != PHASE_IDLE && c->owner == caller && out.command.token == c->token;
}

/* What a guest may say to the modem: a tone in, or the end of, its own call; no to a stranger. */
static void check_guest(void)
{
    const struct dial_caller *caller = &m.callers[in.badge % (DIALLER_BADGE_VM_MASK + 1)];
    const uint32_t operation = out.command.operation;

    if (in.kind == DIAL_INPUT_LEGACY_RESTART) {
        assert(operation == 0 && owns_nothing(&m.callers[OWNER]));
    }
    if (operation == 0) {
        return;
    }
    assert(operation == MODEM_TONE || operation == MODEM_HANG_UP || operation == MODEM_DECLINE);
    if (operation == MODEM_DECLINE) {
        assert(before.call.phase == PHASE_INCOMING || before.second.phase == PHASE_INCOMING);
    } else {
        assert(is_own(&before.call, caller) || is_own(&before.second, caller));
    }
}

/* D7 */
static void check_emergency(void)
{
    if (before.call.plan.is_emergency && is_call_up(&before.call)) {
        assert(m.call.phase == before.call.phase && m.call.token == before.call.token);
        assert(out.command.operation != MODEM_HANG_UP || out.command.token != before.call.token ||
               before.second.token == before.call.token);
    }
}

static void any_input(uint32_t vm)
{
    in = nondet_input();
    in.kind = KIND;
    in.badge = in.badge << DIALLER_BADGE_EPOCH_SHIFT | vm;
    ASSUME((in.kind != DIAL_INPUT_MODEM || in.operation != MODEM_EVENT_RINGING) ||
           (in.token & MODEM_TOKEN_INCOMING) != 0);
}

static void step(bool is_asked, bool is_emergency, uint32_t vm)
{
    any_machine(is_asked, is_emergency);
    before = m;
    any_input(vm);
    dial_step(&m, &in, &out);
    assert(dial_is_sound(&m) && out.log_count <= DIAL_LOG_MAX);
    if (out.command.operation == MODEM_DIAL) {
        check_dial();
    }
    check_prompt();
    check_confirmation();
    if (in.kind == DIAL_INPUT_LEGACY || in.kind == DIAL_INPUT_LEGACY_RESTART) {
        check_guest();
        check_emergency();
    }
    if (in.kind == DIAL_INPUT_START) {
        assert(out.command.operation == 0 && !out.open_prompt);
    }
    REACHED(GOAL);
}

/* Nothing of this kind looks at the request. */
static void any_request(void)
{
    step(nondet_bool(), nondet_bool(), nondet_byte());
}

/* What the prover takes apart by itself only slowly. */
static void each_request(void)
{
    if (nondet_bool()) {
        step(false, nondet_bool(), OWNER);
    } else if (nondet_bool()) {
        step(true, false, OWNER);
    } else {
        step(true, true, OWNER);
    }
}

/* The same, each by itself; no call is up, or one is. */
static void no_request(void)
{
    step(false, nondet_bool(), OWNER);
}

static void ordinary_alone(void)
{
    is_alone = true;
    step(true, false, OWNER);
}

static void ordinary_beside(void)
{
    is_beside = true;
    step(true, false, OWNER);
}

static void emergency(void)
{
    step(true, true, OWNER);
}

int main(void)
{
    PART();
    return 0;
}
