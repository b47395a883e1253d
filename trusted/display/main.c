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
#include "pointer.h"
#include "runtime/barrier.h"
#include "runtime/clock.h"
#include "runtime/component.h"
#include "runtime/ipc.h"
#include "runtime/mark.h"
#include "runtime/syscall.h"

static struct server server = { .legacy_label = "LINUX" };
static cap_index reply_cap = CAP_REPLY, parked_cap = CAP_REPLY_PROMPT;
static uint64_t timer_us = CONFIRM_NEVER;

static void answer(struct ipc_message *m)
{
    const uint32_t operation = message_head(m->word, m->length);
    enum display_answer result =
        server_handle(&server, (struct server_message){ m->badge, m->word, m->length });

    if (operation == DISPLAY_PROMPT &&
        result == DISPLAY_OK) { /* its caller waits; the other reply serves the rest */
        cap_index parked = reply_cap;

        reply_cap = parked_cap;
        parked_cap = parked;
        return;
    }
    *m = (struct ipc_message){ .length = 1, .word = { result } };
    if (operation == DISPLAY_TAKE_EVENT && result == DISPLAY_OK) {
        const struct event_notice event = outbox_take(&server.outbox);

        m->length = MESSAGE_LENGTH(event);
        message_put(m->word, &event, m->length);
    }
    (void)ipc_reply(reply_cap, m);
}

static void answer_prompt(struct ipc_message *m)
{
    const struct prompt_decision decision = prompt_answer(&server.prompt, server.outbox.decision);

    *m = (struct ipc_message){ .length = MESSAGE_LENGTH(decision) };
    message_put(m->word, &decision, m->length);
    (void)ipc_reply(parked_cap, m);
    server.outbox.is_decision_due = false;
}

static void draw(void)
{
    bool is_new_prompt = server.view == VIEW_PROMPT && (server.damage & DAMAGE_ALL) != 0;

    if (server.damage == 0) {
        return;
    }
    while (server.damage != 0) {
        pointer_lift(&server);
        paint(&server);
        pointer_lay(&server);
        barrier_device();
    }
    if (is_new_prompt) {
        mark_prompt_on_panel();
    }
    server_painted(&server, clock_us());
}

static void set_timer(void)
{
    uint64_t wake_us = server_wake_us(&server);
    uint64_t now_us = clock_us();

    if (wake_us != CONFIRM_NEVER && wake_us != timer_us) {
        (void)sys_timer_set(CAP_TIMER, clock_deadline(wake_us > now_us ? wake_us - now_us : 0));
    }
    timer_us = wake_us;
}

static void send_signals(void)
{
    if (server.outbox.is_signal_due) {
        server.outbox.is_signal_due = false;
        (void)sys_signal(CAP_DIALLER_SIGNAL);
    }
    if (server.route.is_signal_due) {
        server.route.is_signal_due = false;
        (void)sys_signal(CAP_LEGACY_SIGNAL);
    }
}

_Static_assert(PANEL_WIDTH *PANEL_HEIGHT * 4 <= MEM_FRAMEBUFFER_BYTES, "panel");
_Static_assert(sizeof(struct input_ring) <= MEM_LEGACY_INPUT_BYTES, "input ring");

static void start(void)
{
    server.panel = (struct surface){ .pixels = (uint32_t *)MEM_FRAMEBUFFER_VA,
                                     .stride = PANEL_WIDTH,
                                     .bounds = layout[BOX_PANEL],
                                     .clip = layout[BOX_PANEL] };
    server.route.ring = (struct input_ring *)MEM_LEGACY_INPUT_VA;
    server.legacy_pixels = (const uint32_t *)MEM_LEGACY_VIEW_VA;
    server_start(&server, clock_us());
}

void component_main(unsigned thread)
{
    static struct ipc_message message;

    (void)thread;
    start();
    for (;;) {
        draw();
        if (server.outbox.is_decision_due) {
            answer_prompt(&message);
        }
        send_signals();
        set_timer();
        if (ipc_receive(CAP_ENDPOINT, reply_cap, &message) != STATUS_OK) {
            continue;
        }
        server_tick(&server, clock_us());
        if (message.is_signal) {
            timer_us = CONFIRM_NEVER; /* it has fired */
        } else {
            answer(&message);
        }
    }
}
