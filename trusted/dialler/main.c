/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The dialler's shell: messages and signals into the machine, its actions out.
 *
 * The display answers a prompt when the user has decided. A thread of its own
 * waits for that, so that the dialler stays awake. The two threads take turns on
 * one message, question and then answer; the notifications order them.
 */
#include "dial_machine.h"
#include "manifest.h"
#include "runtime/barrier.h"
#include "runtime/clock.h"
#include "runtime/component.h"
#include "runtime/ipc.h"
#include "runtime/mark.h"
#include "runtime/syscall.h"

/* Servers never have more events waiting than this; a broken one must not keep us here. */
enum { EVENTS_AT_ONCE = 64 };

static struct dial_machine machine;
static struct ipc_message prompt;

/* What a short answer does not tell was zero in the question. */
static bool ask(cap_index server, struct ipc_message *m)
{
    return ipc_call(server, m) == STATUS_OK && m->length > 0 && m->word[0] == 0;
}

/* With a number from word `at` on. */
static bool tell(cap_index server, struct ipc_message m, uint32_t at, const struct number *number)
{
    number_put(&m.word[at], number);
    return ask(server, &m);
}

/* The audit log's answer, count and head, is what the display wants to know. */
static bool log_entry(const struct audit_entry *entry)
{
    struct ipc_message m = {
        .length = AUDIT_APPEND_WORDS,
        .word = { AUDIT_APPEND, entry->kind, entry->origin, entry->epoch, entry->detail },
    };

    number_put(&m.word[5], &entry->number);
    m.word[5 + NUMBER_WORDS] = entry->repeats;
    if (!ask(CAP_AUDIT, &m))
        return false;
    m.word[0] = DISPLAY_LOG;
    (void)ask(CAP_DISPLAY, &m);
    return true;
}

static bool show_call(const struct dial_call *call)
{
    const struct call_plan *plan = &call->plan;
    const struct ipc_message m = {
        .length = CALL_WORDS,
        .word = {
            [0] = DISPLAY_CALL,
            [CALL_WORD_STATE] = dial_call_state(call),
            [CALL_WORD_ORIGIN] = call->origin,
            [CALL_WORD_CATEGORY] = plan->category,
            [CALL_WORD_PRICE] = plan->price_cents,
            [CALL_WORD_UNIT] = plan->unit,
            [CALL_WORD_GROUPS] = plan->groups,
            [CALL_WORD_STARTED_LOW] = (uint32_t)call->active_since_us,
            [CALL_WORD_STARTED_HIGH] = (uint32_t)(call->active_since_us >> 32),
            [CALL_WORD_COUNTRY] = plan->country,
        },
    };

    return tell(CAP_DISPLAY, m, CALL_WORD_NUMBER, &plan->number);
}

static void ask_user(const struct dial_call *call)
{
    const struct call_plan *plan = &call->plan;

    prompt = (struct ipc_message){
        .length = PROMPT_WORDS,
        .word = {
            [0] = DISPLAY_PROMPT,
            [PROMPT_WORD_EPOCH_LOW] = (uint32_t)call->epoch,
            [PROMPT_WORD_EPOCH_HIGH] = (uint32_t)(call->epoch >> 32),
            [PROMPT_WORD_KIND] = plan->is_emergency ? PROMPT_EMERGENCY : PROMPT_CALL | (uint32_t)plan->needs_hold << 8,
            [PROMPT_WORD_ORIGIN] = call->origin,
            [PROMPT_WORD_CATEGORY] = plan->category,
            [PROMPT_WORD_PRICE] = plan->price_cents,
            [PROMPT_WORD_UNIT] = plan->unit,
            [PROMPT_WORD_NOTES] = plan->notes,
            [PROMPT_WORD_GROUPS] = plan->groups,
            [PROMPT_WORD_COUNTRY] = plan->country,
        },
    };
    number_put(&prompt.word[PROMPT_WORD_NUMBER], &plan->number);
    barrier_write();
    (void)sys_signal(CAP_PROMPT_WAKE);
}

static bool show_all(const struct dial_actions *actions)
{
    struct ipc_message cancel = { .length = 3, .word = { DISPLAY_CANCEL_PROMPT, (uint32_t)actions->cancel_epoch,
                                                               (uint32_t)(actions->cancel_epoch >> 32) } };
    const struct ipc_message outcome = { .length = 4 + NUMBER_WORDS, .word = { DISPLAY_OUTCOME, actions->outcome_origin,
                                                                               actions->outcome } };
    struct ipc_message price = { .length = 7, .word = { DISPLAY_PRICE, actions->serial, actions->price.category,
                                 actions->price.price_cents, actions->price.unit, actions->price.groups,
                                 actions->price.country } };
    bool shown = true;

    if (actions->cancel_epoch != 0)
        (void)ask(CAP_DISPLAY, &cancel);
    if (actions->show_call)
        shown = show_call(&machine.call);
    if (actions->outcome != DIAL_OUTCOME_NONE)
        (void)tell(CAP_DISPLAY, outcome, 4, &actions->outcome_number);
    if (actions->show_price)
        (void)ask(CAP_DISPLAY, &price);
    return shown;
}

static bool command_modem(const struct dial_actions *actions)
{
    const struct ipc_message m = { .length = 3 + NUMBER_WORDS,
                                   .word = { actions->command, actions->value, actions->flags } };

    return tell(CAP_MODEM, m, 3, &actions->number);
}

/*
 * False: the dial action was not taken. D4: the log says `confirmed` and `sent`, and the number stands on the
 * panel, before the modem hears it. Where one of them cannot be done nothing is dialled; an emergency call
 * does not wait for the log.
 */
static bool carry_out(const struct dial_actions *actions)
{
    bool dials = actions->command == MODEM_DIAL, logged = true, done = actions->command == 0;
    bool shown;

    for (uint32_t i = 0; i < actions->log_count; i++)
        logged = log_entry(&actions->log[i]) && logged;
    shown = show_all(actions);
    if (!done && (!dials || (shown && (logged || machine.call.plan.is_emergency))))
        done = command_modem(actions);
    if (actions->open_prompt)
        ask_user(&machine.request);
    if (actions->signal_legacy)
        (void)sys_signal(CAP_LEGACY_SIGNAL);
    if (actions->restart_legacy)
        (void)sys_signal(CAP_ROOT_SIGNAL);
    return done || !dials;
}

static struct dial_reply run(struct dial_input input)
{
    struct dial_actions out, after;

    input.now_us = clock_us();
    dial_step(&machine, &input, &out);
    if (!carry_out(&out)) {
        input.kind = DIAL_INPUT_NOT_TAKEN; /* which never dials */
        dial_step(&machine, &input, &after);
        (void)carry_out(&after);
    }
    return out.reply;
}

static bool take_event(cap_index server, uint32_t operation, struct ipc_message *m)
{
    *m = (struct ipc_message){ .length = 1, .word = { operation } };
    return ask(server, m) && m->word[1] != 0;
}

static void on_signals(abi_word bits)
{
    struct ipc_message m;

    for (int i = 0; (bits & DIALLER_SIGNAL_DISPLAY) && i < EVENTS_AT_ONCE &&
                    take_event(CAP_DISPLAY, DISPLAY_TAKE_EVENT, &m); i++)
        run((struct dial_input){ .kind = DIAL_INPUT_USER, .operation = (uint32_t)m.word[1],
                                 .value = (uint32_t)m.word[2], .number = number_take(&m.word[3]) });
    for (int i = 0; (bits & DIALLER_SIGNAL_MODEM) && i < EVENTS_AT_ONCE &&
                    take_event(CAP_MODEM, MODEM_TAKE_EVENT, &m); i++)
        run((struct dial_input){ .kind = DIAL_INPUT_MODEM, .operation = (uint32_t)m.word[1],
                                 .token = (uint32_t)m.word[2], .value = (uint32_t)m.word[3],
                                 .number = number_take(&m.word[4]) });
    if (bits & DIALLER_SIGNAL_PROMPT) {
        barrier_read();
        run((struct dial_input){ .kind = DIAL_INPUT_DECISION, .value = (uint32_t)prompt.word[DECISION_WORD_DECISION],
                                 .epoch = (uint32_t)prompt.word[DECISION_WORD_EPOCH_LOW] |
                                          (uint64_t)prompt.word[DECISION_WORD_EPOCH_HIGH] << 32,
                                 .number = number_take(&prompt.word[DECISION_WORD_NUMBER]) });
    }
    if (bits & DIALLER_SIGNAL_LEGACY)
        run((struct dial_input){ .kind = DIAL_INPUT_LEGACY_RESTART });
    if (bits & DIALLER_SIGNAL_TIMER)
        run((struct dial_input){ .kind = DIAL_INPUT_TIMER });
}

static void on_message(struct ipc_message *m)
{
    struct dial_reply reply;

    for (uint32_t i = m->length; i < 2 + NUMBER_WORDS; i++)
        m->word[i] = 0; /* what was not sent is not what an earlier message said */
    reply = run((struct dial_input){ .kind = DIAL_INPUT_LEGACY, .badge = (uint32_t)m->badge,
                                     .operation = (uint32_t)m->word[0], .value = (uint32_t)m->word[1],
                                     .number = number_take(&m->word[2]) });
    *m = (struct ipc_message){
        .length = 5 + NUMBER_WORDS,
        .word = { reply.answer, 0, reply.state, reply.outcome, reply.direction },
    };
    number_put(&m->word[5], &reply.number);
}

static void set_timer(void)
{
    uint64_t deadline = dial_deadline(&machine), now = clock_us();

    if (deadline != DIAL_NEVER)
        (void)sys_timer_set(CAP_TIMER, clock_deadline(deadline > now ? deadline - now + 1 : 0));
}

static _Noreturn void serve(void)
{
    struct ipc_message m = { 0 };
    bool is_asked = false;

    run((struct dial_input){ .kind = DIAL_INPUT_START });
    mark_trusted_ready();
    for (;;) {
        is_asked = ipc_serve(CAP_ENDPOINT, CAP_REPLY, is_asked, &m);
        if (is_asked)
            on_message(&m);
        else
            on_signals(m.signal_bits);
        set_timer();
    }
}

/* A display that fails, or says anything but OK, or too little, has shown nothing and confirmed nothing. */
static _Noreturn void wait_for_decisions(void)
{
    abi_word bits;

    for (;;) {
        (void)sys_wait(CAP_PROMPT_WAKE, &bits);
        barrier_read();
        if (!ask(CAP_DISPLAY, &prompt) || prompt.length < DECISION_WORDS)
            prompt.word[DECISION_WORD_DECISION] = DECISION_WITHDRAWN;
        barrier_write();
        (void)sys_signal(CAP_PROMPT_DONE);
    }
}

void component_main(unsigned thread)
{
    if (thread == 1)
        wait_for_decisions();
    serve();
}
