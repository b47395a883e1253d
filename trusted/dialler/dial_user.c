/* SPDX-License-Identifier: BSD-2-Clause */
/* What the user does outside a prompt: keypad, hang-up, answer, block, restart. */
#include "dial_steps.h"

/* The call key was the confirmation of what the keypad's panel shows (P1). */
static void keypad_call(struct dial_machine *m, const struct call_plan *plan, struct dial_actions *out)
{
    const struct dial_call call = { .origin = ORIGIN_USER, .plan = *plan };

    dial_log(&call, out, AUDIT_SHOWN, plan->category << 16 | plan->price_cents);
    dial_confirmed(m, &call, &plan->number, STEP_KEYPAD, out);
}

static bool is_users_emergency(const struct dial_call *call)
{
    return call->plan.is_emergency && call->origin == ORIGIN_USER;
}

/* Before everything else: an open prompt and a running call make way for it. */
static void emergency(struct dial_machine *m, const struct call_plan *plan, struct dial_actions *out)
{
    bool is_under_way = m->call.phase >= PHASE_SENT && m->call.phase <= PHASE_ACTIVE;

    if ((is_under_way && is_users_emergency(&m->call)) || (m->next.is_waiting && is_users_emergency(&m->next.call)))
        return;
    dial_withdraw(m, FAULT_OF_NOBODY, out);
    keypad_call(m, plan, out);
}

static bool is_priced(const struct dial_machine *m, const struct dial_input *in)
{
    return m->priced.serial == in->value && number_is_equal(&m->priced.number, &in->number);
}

static void keypad(struct dial_machine *m, const struct dial_input *in, struct dial_actions *out)
{
    struct call_plan plan;

    if (!call_plan_make(&in->number, 0, &plan))
        return; /* the display was told "no such number" when it was typed */
    if (plan.is_emergency)
        emergency(m, &plan, out);
    else if (m->call.phase == PHASE_IDLE && m->request.phase == PHASE_IDLE && is_priced(m, in))
        keypad_call(m, &plan, out);
}

static void typed(struct dial_machine *m, const struct dial_input *in, struct dial_actions *out)
{
    m->priced.serial = in->value;
    m->priced.number = in->number;
    out->show_price = true;
    out->serial = in->value;
    call_plan_make(&in->number, 0, &out->price); /* where it fails, the tariff stays unknown */
}

static void block(struct dial_machine *m, uint32_t on, struct dial_actions *out)
{
    const struct dial_call nobody = { .origin = ORIGIN_USER };

    if (on != 0 && !m->request.plan.is_emergency)
        dial_withdraw(m, FAULT_OF_NOBODY, out);
    m->legacy_is_blocked = on != 0;
    dial_log(&nobody, out, AUDIT_BLOCKED, on != 0);
}

void dial_user(struct dial_machine *m, const struct dial_input *in, struct dial_actions *out)
{
    switch ((enum display_event)in->operation) {
    case EVENT_DIAL: keypad(m, in, out); return;
    case EVENT_TYPED: typed(m, in, out); return;
    case EVENT_HANG_UP:
        dial_forget_next(m, out);
        dial_hang_up(m, out);
        return;
    case EVENT_ANSWER: out->answer = m->call.phase == PHASE_INCOMING; return;
    case EVENT_TONE:
        out->tone = m->call.phase == PHASE_ACTIVE && in->value <= SYMBOL_HASH;
        out->symbol = in->value;
        return;
    case EVENT_BLOCK: block(m, in->value, out); return;
    case EVENT_RESTART_LEGACY: out->restart_legacy = true; return;
    case EVENT_NONE: return;
    }
}
