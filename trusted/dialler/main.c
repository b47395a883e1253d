/* SPDX-License-Identifier: BSD-2-Clause */
/* The dialler's shell: messages and signals into the machine, its actions out. */
#include "dial_machine.h"
#include "manifest.h"
#include "prompt_thread.h"
#include "runtime/clock.h"
#include "runtime/component.h"
#include "runtime/mark.h"
#include "runtime/syscall.h"
#include "words.h"

/* Servers never have more events waiting than this; a broken one must not keep us here. */
enum { EVENTS_AT_ONCE = 64 };

static struct dial_machine machine;

static bool ask(cap_index server, struct ipc_message *m)
{
    return ipc_call(server, m) == STATUS_OK && m->length > 0 && m->word[0] == 0;
}

static void tell_display_of_log(const struct ipc_message *appended)
{
    struct ipc_message m = { .length = 6, .word = { DISPLAY_LOG } };

    for (uint32_t i = 1; i < m.length; i++)
        m.word[i] = words_take(appended, i);
    (void)ask(CAP_DISPLAY, &m);
}

static bool log_entry(const struct dial_entry *entry)
{
    struct ipc_message m = {
        .length = AUDIT_APPEND_WORDS,
        .word = { AUDIT_APPEND, entry->kind, entry->origin, entry->epoch, entry->detail },
    };

    words_put_number(&m, 5, &entry->number);
    m.word[5 + NUMBER_WORDS] = entry->repeats;
    if (!ask(CAP_AUDIT, &m))
        return false;
    tell_display_of_log(&m);
    return true;
}

static bool log_all(const struct dial_actions *actions)
{
    bool logged = true;

    for (uint32_t i = 0; i < actions->log_count; i++)
        logged = log_entry(&actions->log[i]) && logged;
    return logged;
}

static void cancel_prompt(uint64_t epoch)
{
    struct ipc_message m = { .length = 3, .word = { DISPLAY_CANCEL_PROMPT, (uint32_t)epoch } };

    m.word[2] = (uint32_t)(epoch >> 32);
    (void)ask(CAP_DISPLAY, &m);
}

static uint64_t us_to_ticks(uint64_t us)
{
    uint32_t hz = clock_hz();

    return us / 1000000u * hz + us % 1000000u * hz / 1000000u;
}

static bool show_call(const struct dial_call *call)
{
    struct ipc_message m = { .length = CALL_WORDS, .word = { DISPLAY_CALL } };
    uint64_t started = us_to_ticks(call->active_since_us);

    m.word[CALL_WORD_STATE] = dial_call_state(call);
    m.word[CALL_WORD_ORIGIN] = call->origin;
    m.word[CALL_WORD_CATEGORY] = call->plan.category;
    m.word[CALL_WORD_PRICE] = call->plan.price_cents;
    m.word[CALL_WORD_UNIT] = call->plan.unit;
    m.word[CALL_WORD_GROUPS] = call->plan.groups;
    m.word[CALL_WORD_STARTED_LOW] = (uint32_t)started;
    m.word[CALL_WORD_STARTED_HIGH] = (uint32_t)(started >> 32);
    words_put_number(&m, CALL_WORD_NUMBER, &call->plan.number);
    return ask(CAP_DISPLAY, &m);
}

static void show_outcome(const struct dial_actions *actions)
{
    struct ipc_message m = {
        .length = 4 + NUMBER_WORDS,
        .word = { DISPLAY_OUTCOME, actions->outcome_origin, actions->outcome },
    };

    words_put_number(&m, 4, &actions->outcome_number);
    (void)ask(CAP_DISPLAY, &m);
}

static void show_price(const struct dial_actions *actions)
{
    const struct call_plan *price = &actions->price;
    struct ipc_message m = {
        .length = 6,
        .word = { DISPLAY_PRICE, actions->serial, price->category, price->price_cents, price->unit, price->groups },
    };

    (void)ask(CAP_DISPLAY, &m);
}

static bool command_modem(uint32_t operation, uint32_t value)
{
    struct ipc_message m = { .length = 2, .word = { operation, value } };

    return ask(CAP_MODEM, &m);
}

static bool dial(const struct dial_actions *actions)
{
    struct ipc_message m = {
        .length = 3 + NUMBER_WORDS,
        .word = { MODEM_DIAL, actions->token, actions->flags },
    };

    words_put_number(&m, 3, &actions->number);
    return ask(CAP_MODEM, &m);
}

static bool show_all(const struct dial_actions *actions)
{
    bool shown = true;

    if (actions->cancel_prompt)
        cancel_prompt(actions->cancel_epoch);
    if (actions->show_call)
        shown = show_call(&machine.call);
    if (actions->show_outcome)
        show_outcome(actions);
    if (actions->show_price)
        show_price(actions);
    return shown;
}

static void command_all(const struct dial_actions *actions)
{
    if (actions->hang_up)
        (void)command_modem(MODEM_HANG_UP, actions->token);
    if (actions->answer)
        (void)command_modem(MODEM_ANSWER, 0);
    if (actions->tone)
        (void)command_modem(MODEM_TONE, actions->symbol);
}

static void run(struct dial_input *input, struct dial_actions *out);

/* D4: the log says `confirmed` and `sent`, and the number stands on the panel, before the modem hears it.
 * Where one of them cannot be done nothing is dialled; an emergency call does not wait for the log. */
static void dial_last(const struct dial_actions *actions, bool logged, bool shown)
{
    struct dial_input refused = { .kind = DIAL_INPUT_NOT_TAKEN };
    struct dial_actions after;

    if (shown && (logged || machine.call.plan.is_emergency) && dial(actions))
        return;
    run(&refused, &after);
}

static void carry_out(const struct dial_actions *actions)
{
    bool logged = log_all(actions);
    bool shown = show_all(actions);

    command_all(actions);
    if (actions->dial)
        dial_last(actions, logged, shown);
    if (actions->open_prompt)
        prompt_ask(&machine.request);
    if (actions->signal_legacy)
        (void)sys_signal(CAP_LEGACY_SIGNAL);
    if (actions->restart_legacy)
        (void)sys_signal(CAP_ROOT_SIGNAL);
}

static void set_timer(void)
{
    uint64_t deadline = dial_deadline(&machine);

    if (deadline != DIAL_NEVER)
        (void)sys_timer_set(CAP_TIMER, us_to_ticks(deadline + 1));
}

/* Recurses at most once: NOT_TAKEN never dials. */
static void run(struct dial_input *input, struct dial_actions *out)
{
    input->now_us = clock_us();
    dial_step(&machine, input, out);
    carry_out(out);
}

static bool take_display_event(struct dial_input *input)
{
    struct ipc_message m = { .length = 1, .word = { DISPLAY_TAKE_EVENT } };

    if (!ask(CAP_DISPLAY, &m) || words_take(&m, 1) == EVENT_NONE)
        return false;
    *input = (struct dial_input){
        .kind = DIAL_INPUT_USER,
        .operation = words_take(&m, 1),
        .value = words_take(&m, 2),
        .number = words_take_number(&m, 3),
    };
    return true;
}

static bool take_modem_event(struct dial_input *input)
{
    struct ipc_message m = { .length = 1, .word = { MODEM_TAKE_EVENT } };

    if (!ask(CAP_MODEM, &m) || words_take(&m, 1) == MODEM_EVENT_NONE)
        return false;
    *input = (struct dial_input){
        .kind = DIAL_INPUT_MODEM,
        .operation = words_take(&m, 1),
        .token = words_take(&m, 2),
        .value = words_take(&m, 3),
        .number = words_take_number(&m, 4),
    };
    return true;
}

static void on_signals(abi_word bits)
{
    struct dial_input input = { 0 };
    struct dial_actions out;

    for (int i = 0; (bits & DIALLER_SIGNAL_DISPLAY) && i < EVENTS_AT_ONCE && take_display_event(&input); i++)
        run(&input, &out);
    for (int i = 0; (bits & DIALLER_SIGNAL_MODEM) && i < EVENTS_AT_ONCE && take_modem_event(&input); i++)
        run(&input, &out);
    if (bits & DIALLER_SIGNAL_PROMPT) {
        prompt_take_answer(&input);
        run(&input, &out);
    }
    if (bits & DIALLER_SIGNAL_LEGACY) {
        input.kind = DIAL_INPUT_LEGACY_RESTART;
        run(&input, &out);
    }
    if (bits & DIALLER_SIGNAL_TIMER) {
        input.kind = DIAL_INPUT_TIMER;
        run(&input, &out);
    }
}

static void on_message(struct ipc_message *m)
{
    struct dial_input input = {
        .kind = DIAL_INPUT_LEGACY,
        .badge = (uint32_t)m->badge,
        .operation = words_take(m, 0),
        .value = words_take(m, 1),
        .number = words_take_number(m, 2),
    };
    struct dial_actions out;

    run(&input, &out);
    *m = (struct ipc_message){
        .length = 5 + NUMBER_WORDS,
        .word = { out.reply.answer, out.reply.request_id, out.reply.state, out.reply.outcome, out.reply.direction },
    };
    words_put_number(m, 5, &out.reply.number);
}

static _Noreturn void serve(void)
{
    struct ipc_message m = { 0 };
    struct dial_input start = { .kind = DIAL_INPUT_START };
    struct dial_actions out;
    enum status status;

    run(&start, &out);
    mark_trusted_ready();
    status = ipc_receive(CAP_ENDPOINT, CAP_REPLY, &m);
    for (;;) {
        bool answer = status == STATUS_OK && !m.is_signal;

        if (answer)
            on_message(&m);
        else if (status == STATUS_OK)
            on_signals(m.signal_bits);
        set_timer();
        status = answer ? ipc_reply_receive(CAP_ENDPOINT, CAP_REPLY, &m) : ipc_receive(CAP_ENDPOINT, CAP_REPLY, &m);
    }
}

void component_main(unsigned thread)
{
    if (thread == 1)
        prompt_thread_run();
    serve();
}
