/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The dialler's shell: messages and signals into the machine, its actions out.
 *
 * The display answers a prompt when the user has decided. A thread of its own
 * waits for that, so that the dialler stays awake. The two threads take turns on
 * one message, question and then answer; the notifications order them.
 */
#include "dial_machine.h"
#include "dial_modem.h"
#include "manifest.h"
#include "runtime/barrier.h"
#include "runtime/clock.h"
#include "runtime/component.h"
#include "runtime/ipc.h"
#include "runtime/mark.h"
#include "runtime/syscall.h"

/* Servers never have more events waiting than this; a broken one must not keep us here. */
enum { EVENTS_AT_ONCE = 64 };

_Static_assert((int)MODEM_OK == (int)MESSAGE_OK && (int)DISPLAY_OK == (int)MESSAGE_OK &&
                   (int)AUDIT_OK == (int)MESSAGE_OK,
               "every server says yes in one way");
_Static_assert(MESSAGE_LENGTH(struct prompt_request) <= MESSAGE_WORDS, "the longest message fits");

static struct dial_machine machine;
static struct ipc_message prompt;

/* The message becomes the answer, which begins with a word for yes or no. MESSAGE_NONE: the server
 * could not be reached. */
static uint32_t ask(cap_index server, struct ipc_message *m)
{
    return ipc_call(server, m) == STATUS_OK ? message_head(m->word, m->length) : MESSAGE_NONE;
}

static uint32_t tell(cap_index server, const void *message, uint32_t length)
{
    struct ipc_message m = { .length = length };

    message_put(m.word, message, length);
    return ask(server, &m);
}

/* A view begins with its operation; 0: there is none to show. */
static bool show(const void *view, uint32_t length)
{
    return *(const uint32_t *)view == 0 || tell(CAP_DISPLAY, view, length) == MESSAGE_OK;
}

/* The audit log's answer, count and head, is what the display wants to know. */
static bool log_entry(const struct audit_entry *entry)
{
    const struct audit_append append = { AUDIT_APPEND, *entry };
    struct log_view view = { .operation = DISPLAY_LOG };
    struct audit_appended appended;
    struct ipc_message m = { .length = MESSAGE_LENGTH(append) };

    message_put(m.word, &append, m.length);
    if (ask(CAP_AUDIT, &m) != MESSAGE_OK || !audit_appended_take(&appended, m.word, m.length)) {
        return false;
    }
    view.count = appended.count;
    for (unsigned i = 0; i < AUDIT_HEAD_WORDS; i++) {
        view.head[i] = appended.head[i];
    }
    (void)show(&view, MESSAGE_LENGTH(view));
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
    const struct prompt_cancel cancel = { actions->cancel_epoch != 0 ? DISPLAY_CANCEL_PROMPT : 0,
                                          wide_split(actions->cancel_epoch) };
    struct call_view call = dial_view(&machine, actions->call_flags);
    bool is_shown;

    if (!actions->show_call) {
        call.operation = 0;
    }
    (void)show(&cancel, MESSAGE_LENGTH(cancel));
    is_shown = show(&call, MESSAGE_LENGTH(call));
    (void)show(&actions->outcome, MESSAGE_LENGTH(actions->outcome));
    (void)show(&actions->price, MESSAGE_LENGTH(actions->price));
    (void)show(&actions->refusal, MESSAGE_LENGTH(actions->refusal));
    return is_shown;
}

/*
 * Why a command did not go to the driver. D4: the log says `confirmed`, then the number stands on
 * the panel, then the modem hears it. Where one of these cannot be done nothing is dialled; but an
 * emergency does not wait for the log, which hears of it afterwards.
 */
static enum dial_reason command(const struct dial_actions *actions)
{
    const struct modem_request *request = &actions->command;
    const bool is_emergency = (request->value & MODEM_FLAG_EMERGENCY) != 0;
    const bool is_dial = request->operation == MODEM_DIAL, waits = !is_dial || !is_emergency;
    const bool is_logged = !waits || log_all(actions), is_shown = show_all(actions);
    enum dial_reason reason = REASON_NONE;

    if (is_dial && !(is_logged && is_shown)) {
        reason = is_logged ? REASON_NOT_PRICED : REASON_NO_LOG;
    } else if (request->operation != 0) {
        reason = dial_why_not_taken(request->operation,
                                    tell(CAP_MODEM, request, MESSAGE_LENGTH(*request)));
    }
    if (!waits) {
        (void)log_all(actions);
    }
    return reason;
}

static enum dial_reason carry_out(const struct dial_actions *actions)
{
    const enum dial_reason reason = command(actions);

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
    if (reason == REASON_NONE) {
        return out.reply;
    }
    input.kind = DIAL_INPUT_NOT_TAKEN; /* which never dials */
    input.operation = out.command.operation;
    input.value = reason;
    dial_step(&machine, &input, &after);
    (void)carry_out(&after);
    return after.reply;
}

static bool take_event(cap_index server, uint32_t operation, struct ipc_message *m)
{
    *m = (struct ipc_message){ .length = 1, .word = { operation } };
    return ask(server, m) == MESSAGE_OK;
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
                             .kept = { n.kept[0], n.kept[1] },
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
        if (ask(CAP_DISPLAY, &prompt) != MESSAGE_OK) {
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
