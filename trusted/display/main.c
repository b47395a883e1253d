/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The display server as a component: messages and the clock go into the server, pixels, answers,
 * signals and the next deadline come out. It answers everybody and calls nobody.
 *
 * A prompt's caller waits on a reply object of its own; while it does, the other one serves the
 * rest. "Visible" starts after the barrier that follows the last store of a picture: the manifest
 * maps scan-out memory so that a completed store is one the panel sees.
 */
#include "paint.h"
#include "manifest.h"
#include "runtime/barrier.h"
#include "runtime/clock.h"
#include "runtime/component.h"
#include "runtime/ipc.h"
#include "runtime/mark.h"
#include "runtime/syscall.h"

enum { PANEL_WIDTH = 480, PANEL_HEIGHT = 800, WORDS_MAX = 24 };

_Static_assert((int)WORDS_MAX >= (int)PROMPT_WORDS && (int)WORDS_MAX >= (int)CALL_WORDS &&
               (int)WORDS_MAX <= (int)MESSAGE_WORDS, "every message fits");

static struct server server;
static cap_index reply_cap = CAP_REPLY, parked_cap = CAP_REPLY_PROMPT;
static uint64_t timer_us = CONFIRM_NEVER;

/* Who may ask for what: the badge that an operation needs. */
static const uint8_t badge_for[] = {
    [DISPLAY_PROMPT] = DISPLAY_BADGE_DIALLER,     [DISPLAY_CANCEL_PROMPT] = DISPLAY_BADGE_DIALLER,
    [DISPLAY_CALL] = DISPLAY_BADGE_DIALLER,       [DISPLAY_LOG] = DISPLAY_BADGE_DIALLER,
    [DISPLAY_OUTCOME] = DISPLAY_BADGE_DIALLER,    [DISPLAY_TAKE_EVENT] = DISPLAY_BADGE_DIALLER,
    [DISPLAY_PRICE] = DISPLAY_BADGE_DIALLER,      [DISPLAY_INPUT] = DISPLAY_BADGE_INPUT,
    [DISPLAY_LEGACY_STATE] = DISPLAY_BADGE_ROOT,
};

static uint64_t started_us(struct server_message m)
{
    return (uint64_t)m.words[CALL_WORD_STARTED_HIGH] << 32 | m.words[CALL_WORD_STARTED_LOW];
}

static void take_event(struct ipc_message *out)
{
    struct event event;

    events_take(&server.events, &event);
    out->word[1] = event.kind;
    out->word[2] = event.value;
    out->word[3] = event.number.length;
    for (uint32_t i = 0; i < NUMBER_PACKED; i++)
        out->word[4 + i] = event.number.packed[i];
    out->length = 3 + NUMBER_WORDS;
}

static enum display_answer dispatch(uint32_t operation, struct server_message m,
                                    struct ipc_message *out)
{
    switch (operation) {
    case DISPLAY_PROMPT: return server_prompt(&server, m);
    case DISPLAY_CANCEL_PROMPT: return server_cancel_prompt(&server, m);
    case DISPLAY_CALL:
        return m.count < CALL_WORDS ? DISPLAY_INVALID : server_call(&server, m, started_us(m));
    case DISPLAY_LOG: return server_log(&server, m);
    case DISPLAY_OUTCOME: return server_outcome(&server, m);
    case DISPLAY_TAKE_EVENT: take_event(out); return DISPLAY_OK;
    case DISPLAY_PRICE: return server_price(&server, m);
    case DISPLAY_INPUT: return server_input(&server, m);
    default: return server_legacy_state(&server, m);
    }
}

static void swap_replies(void)
{
    cap_index parked = reply_cap;

    reply_cap = parked_cap;
    parked_cap = parked;
}

static void answer(struct ipc_message *message)
{
    uint32_t words_in[WORDS_MAX] = { 0 };
    struct server_message m = { words_in, message->length < WORDS_MAX ? message->length : WORDS_MAX };
    uint32_t operation;
    enum display_answer result = DISPLAY_NOT_ALLOWED;

    for (uint32_t i = 0; i < m.count; i++)
        words_in[i] = (uint32_t)message->word[i];
    operation = words_in[0];
    message->length = 1;
    message->has_cap = false;
    if (operation == 0 || operation >= sizeof badge_for)
        result = DISPLAY_INVALID;
    else if (message->badge == badge_for[operation])
        result = dispatch(operation, m, message);
    if (operation == DISPLAY_PROMPT && result == DISPLAY_OK) {
        swap_replies(); /* the caller waits for the decision */
        return;
    }
    message->word[0] = result;
    (void)ipc_reply(reply_cap, message);
}

static void answer_prompt(struct ipc_message *message)
{
    uint32_t out[DECISION_WORDS] = { DISPLAY_OK };

    server_decision(&server, out);
    for (uint32_t i = 0; i < DECISION_WORDS; i++)
        message->word[i] = out[i];
    message->length = DECISION_WORDS;
    message->has_cap = false;
    (void)ipc_reply(parked_cap, message);
    server.is_decision_due = false;
}

static void draw(void)
{
    bool is_new_prompt = server.view == VIEW_PROMPT && (server.damage & DAMAGE_ALL) != 0;

    if (server.damage == 0)
        return;
    paint(&server);
    barrier_device();
    if (is_new_prompt)
        mark_prompt_on_panel();
    server_painted(&server, clock_us());
}

static void set_timer(void)
{
    uint64_t wake_us = server_wake_us(&server);
    uint64_t now_us = clock_us();

    if (wake_us != CONFIRM_NEVER && wake_us != timer_us)
        (void)sys_timer_set(CAP_TIMER, clock_deadline(wake_us > now_us ? wake_us - now_us : 0));
    timer_us = wake_us;
}

static void send_signals(void)
{
    if (server.events.is_signal_due) {
        server.events.is_signal_due = false;
        (void)sys_signal(CAP_DIALLER_SIGNAL);
    }
    if (server.route.is_signal_due) {
        server.route.is_signal_due = false;
        (void)sys_signal(CAP_LEGACY_SIGNAL);
    }
}

static void start(void)
{
    struct rect all = layout[BOX_PANEL];
    struct server_setup setup = {
        .panel = { .pixels = (uint32_t *)MEM_FRAMEBUFFER_VA, .stride = PANEL_WIDTH, .bounds = all,
                   .clip = all },
        .legacy_pixels = (const uint32_t *)MEM_LEGACY_VIEW_VA,
        .ring = (struct input_ring *)MEM_LEGACY_INPUT_VA,
        .legacy_label = "LINUX",
    };

    _Static_assert(PANEL_WIDTH * PANEL_HEIGHT * 4 <= MEM_FRAMEBUFFER_BYTES, "panel");
    _Static_assert(sizeof(struct input_ring) <= MEM_LEGACY_INPUT_BYTES, "input ring");
    server_start(&server, &setup, clock_us());
}

void component_main(unsigned thread)
{
    static struct ipc_message message;

    (void)thread;
    start();
    for (;;) {
        draw();
        if (server.is_decision_due)
            answer_prompt(&message);
        send_signals();
        set_timer();
        if (ipc_receive(CAP_ENDPOINT, reply_cap, &message) != STATUS_OK)
            continue;
        server_tick(&server, clock_us());
        if (message.is_signal) {
            timer_us = CONFIRM_NEVER; /* it has fired */
        } else {
            answer(&message);
        }
    }
}
