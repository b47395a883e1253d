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

/* The message becomes the answer. False: the server could not be reached, or said anything but OK.
 */
static bool ask(cap_index server, struct ipc_message *m)
{
    return ipc_call(server, m) == STATUS_OK && m->length > 0 && m->word[0] == 0;
}

/* A message whose answer says no more than OK. */
static bool tell(cap_index server, const void *message, uint32_t length)
{
    struct ipc_message m = { .length = length };

    message_put(m.word, message, length);
    return ask(server, &m);
}

/* The audit log's answer, count and head, is what the display wants to know. */
static bool log_entry(const struct audit_entry *entry)
{
    const struct audit_append append = { AUDIT_APPEND, *entry };
    struct log_view view = { .operation = DISPLAY_LOG };
    struct audit_appended appended;
    struct ipc_message m = { .length = MESSAGE_LENGTH(append) };

    message_put(m.word, &append, m.length);
    if (!ask(CAP_AUDIT, &m) || !audit_appended_take(&appended, m.word, m.length)) {
        return false;
    }
    view.count = appended.count;
    for (unsigned i = 0; i < AUDIT_HEAD_WORDS; i++) {
        view.head[i] = appended.head[i];
    }
    (void)tell(CAP_DISPLAY, &view, MESSAGE_LENGTH(view));
    return true;
}

static void ask_user(const struct dial_call *call)
{
    const struct prompt_request request = {
        .operation = DISPLAY_PROMPT,
        .epoch = wide_split(call->epoch),
        .kind = call->plan.is_emergency ? PROMPT_EMERGENCY : PROMPT_CALL,
        .needs_hold = call->plan.needs_hold,
        .origin = call->origin,
        .notes = call->plan.notes,
        .about = dial_shown_number(&call->plan),
    };

    prompt = (struct ipc_message){ .length = MESSAGE_LENGTH(request) };
    message_put(prompt.word, &request, prompt.length);
    barrier_write();
    (void)sys_signal(CAP_PROMPT_WAKE);
}

static bool log_all(const struct dial_actions *actions)
{
    bool logged = true;

    for (uint32_t i = 0; i < actions->log_count; i++) {
        logged = log_entry(&actions->log[i]) && logged;
    }
    return logged;
}

/* False: the call's screen is not up. */
static bool show_all(const struct dial_actions *actions)
{
    const struct prompt_cancel cancel = { DISPLAY_CANCEL_PROMPT,
                                          wide_split(actions->cancel_epoch) };
    const struct call_view call = dial_view(&machine, actions->call_flags);
    bool shown = true;

    if (actions->cancel_epoch != 0) {
        (void)tell(CAP_DISPLAY, &cancel, MESSAGE_LENGTH(cancel));
    }
    if (actions->show_call) {
        shown = tell(CAP_DISPLAY, &call, MESSAGE_LENGTH(call));
    }
    if (actions->outcome.operation != 0) {
        (void)tell(CAP_DISPLAY, &actions->outcome, MESSAGE_LENGTH(actions->outcome));
    }
    if (actions->price.operation != 0) {
        (void)tell(CAP_DISPLAY, &actions->price, MESSAGE_LENGTH(actions->price));
    }
    if (actions->refusal.operation != 0) {
        (void)tell(CAP_DISPLAY, &actions->refusal, MESSAGE_LENGTH(actions->refusal));
    }
    return shown;
}

/*
 * Why a dial action was not carried out. D4: the log says `confirmed`, then the number stands on
 * the panel, then the modem hears it. Where one of these cannot be done nothing is dialled; but an
 * emergency does not wait for the log, which hears of it afterwards.
 */
static enum dial_reason dial(const struct dial_actions *actions)
{
    bool waits = (actions->command.value & MODEM_FLAG_EMERGENCY) == 0;
    bool logged = !waits || log_all(actions);
    bool shown = show_all(actions);
    enum dial_reason reason = !logged ? REASON_NO_LOG : !shown ? REASON_NOT_PRICED : REASON_NONE;

    if (reason == REASON_NONE &&
        !tell(CAP_MODEM, &actions->command, MESSAGE_LENGTH(actions->command))) {
        reason = REASON_NO_MODEM;
    }
    if (!waits) {
        (void)log_all(actions);
    }
    return reason;
}

static enum dial_reason carry_out(const struct dial_actions *actions)
{
    enum dial_reason reason = REASON_NONE;

    if (actions->command.operation == MODEM_DIAL) {
        reason = dial(actions);
    } else {
        (void)log_all(actions);
        (void)show_all(actions);
        if (actions->command.operation != 0) {
            (void)tell(CAP_MODEM, &actions->command, MESSAGE_LENGTH(actions->command));
        }
    }
    if (actions->open_prompt) {
        ask_user(&machine.request);
    }
    if (actions->signal_legacy) {
        (void)sys_signal(CAP_LEGACY_SIGNAL);
    }
    if (actions->restart_legacy) {
        (void)sys_signal(CAP_ROOT_SIGNAL);
    }
    return reason;
}

static struct dialler_reply run(struct dial_input input)
{
    struct dial_actions out, after;
    enum dial_reason reason;

    input.now_us = clock_us();
    dial_step(&machine, &input, &out);
    reason = carry_out(&out);
    if (reason != REASON_NONE) {
        input.kind = DIAL_INPUT_NOT_TAKEN; /* which never dials */
        input.value = reason;
        dial_step(&machine, &input, &after);
        (void)carry_out(&after);
    }
    return out.reply;
}

static bool take_event(cap_index server, uint32_t operation, struct ipc_message *m)
{
    *m = (struct ipc_message){ .length = 1, .word = { operation } };
    return ask(server, m);
}

static bool on_display_event(void)
{
    struct event_notice e;
    struct ipc_message m;

    if (!take_event(CAP_DISPLAY, DISPLAY_TAKE_EVENT, &m) ||
        !event_notice_take(&e, m.word, m.length) || e.event == EVENT_NONE) {
        return false;
    }
    run((struct dial_input){
        .kind = DIAL_INPUT_USER, .operation = e.event, .value = e.value, .number = e.number });
    return true;
}

static bool on_modem_event(void)
{
    struct modem_notice n;
    struct ipc_message m;

    if (!take_event(CAP_MODEM, MODEM_TAKE_EVENT, &m) || !modem_notice_take(&n, m.word, m.length) ||
        n.event == MODEM_EVENT_NONE) {
        return false;
    }
    run((struct dial_input){ .kind = DIAL_INPUT_MODEM,
                             .operation = n.event,
                             .token = n.token,
                             .taken = n.taken,
                             .value = n.cause,
                             .number = n.number });
    return true;
}

static void on_decision(void)
{
    struct prompt_decision d;

    barrier_read();
    if (!prompt_decision_take(&d, prompt.word, prompt.length)) {
        d = (struct prompt_decision){ .decision = DECISION_WITHDRAWN };
    }
    run((struct dial_input){ .kind = DIAL_INPUT_DECISION,
                             .value = d.decision,
                             .epoch = wide_join(d.epoch),
                             .number = d.number });
}

static void on_signals(abi_word bits)
{
    for (int i = 0; (bits & DIALLER_SIGNAL_DISPLAY) && i < EVENTS_AT_ONCE && on_display_event();
         i++)
        ;
    for (int i = 0; (bits & DIALLER_SIGNAL_MODEM) && i < EVENTS_AT_ONCE && on_modem_event(); i++)
        ;
    if (bits & DIALLER_SIGNAL_PROMPT) {
        on_decision();
    }
    if (bits & DIALLER_SIGNAL_LEGACY) {
        run((struct dial_input){ .kind = DIAL_INPUT_LEGACY_RESTART });
    }
    if (bits & DIALLER_SIGNAL_TIMER) {
        run((struct dial_input){ .kind = DIAL_INPUT_TIMER });
    }
}

static void on_message(struct ipc_message *m)
{
    struct dialler_request r;
    struct dialler_reply reply;

    dialler_request_take(&r, m->word, m->length);
    reply = run((struct dial_input){ .kind = DIAL_INPUT_LEGACY,
                                     .badge = (uint32_t)m->badge,
                                     .operation = r.operation,
                                     .value = r.value,
                                     .address = wide_join(r.address),
                                     .number = r.number });
    *m = (struct ipc_message){ .length = MESSAGE_LENGTH(reply) };
    message_put(m->word, &reply, m->length);
}

static void set_timer(void)
{
    uint64_t deadline = dial_deadline(&machine), now = clock_us();

    if (deadline != DIAL_NEVER) {
        (void)sys_timer_set(CAP_TIMER, clock_deadline(deadline > now ? deadline - now + 1 : 0));
    }
}

static _Noreturn void serve(void)
{
    struct ipc_message m = { 0 };
    bool is_asked = false;

    run((struct dial_input){ .kind = DIAL_INPUT_START });
    mark_trusted_ready();
    for (;;) {
        is_asked = ipc_serve(CAP_ENDPOINT, CAP_REPLY, is_asked, &m);
        if (is_asked) {
            on_message(&m);
        } else {
            on_signals(m.signal_bits);
        }
        set_timer();
    }
}

/* A display that fails or says anything but OK has shown nothing and confirmed nothing. */
static _Noreturn void wait_for_decisions(void)
{
    abi_word bits;

    for (;;) {
        (void)sys_wait(CAP_PROMPT_WAKE, &bits);
        barrier_read();
        if (!ask(CAP_DISPLAY, &prompt)) {
            prompt.length = 0;
        }
        barrier_write();
        (void)sys_signal(CAP_PROMPT_DONE);
    }
}

void component_main(unsigned thread)
{
    if (thread == 1) {
        wait_for_decisions();
    }
    serve();
}
