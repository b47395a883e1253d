/* SPDX-License-Identifier: BSD-2-Clause */
/* The virtual modem: what a guest dials becomes a request to the dialler, never a command to the
 * modem. */
#include "vmodem.h"

#include <stddef.h>

#include "machine_clock.h"

enum {
    SUB = 0x1a,
    ESC = 0x1b,
    GUARD_US =
        1000000, /* of silence after "+++": then it was an escape, and is no part of a line */
    RING_EVERY_US = 5000000, /* a second of ringing, four of silence */
};

/* ---- sending --------------------------------------------------------------------------------- */

static void send_final(struct vmodem *modem, enum at_result result)
{
    static const char *const words[AT_RESULTS] = {
        [AT_OK] = "OK",
        [AT_ERROR] = "ERROR",
        [AT_NO_CARRIER] = "NO CARRIER",
        [AT_NOT_ALLOWED] = "+CME ERROR: 3",  /* whatever +CMEE says: a plain ERROR makes some
                                                clients dial again at once */
        [AT_NO_MESSAGE] = "+CMS ERROR: 302", /* TS 27.005, 3.2.5: operation not allowed */
    };
    static const char digits[AT_RESULTS] = {
        [AT_OK] = '0',          [AT_ERROR] = '4',      [AT_NO_CARRIER] = '3',
        [AT_NOT_ALLOWED] = '4', [AT_NO_MESSAGE] = '4',
    };
    say_result(&modem->say, words[result], digits[result]);
}

/* ---- calls ----------------------------------------------------------------------------------- */

bool vmodem_hang_up(struct vmodem *modem)
{
    vmodem_call_changed(modem);
    if (modem->call.state == DIAL_STATE_NONE) {
        return true; /* nothing is up: nothing to remember either */
    }
    if (dialler_port_hang_up() != DIALLER_ACCEPTED) {
        return false;
    }
    modem->hung_up_id = modem->call.id;
    return true;
}

void vmodem_refused(struct vmodem *modem, enum report_command what)
{
    if (report_count(&modem->reports, REPORT_COMMAND, machine_time_us())) {
        dialler_port_report(REPORT_COMMAND, what);
    }
}

/* TS 27.007, 6.11 "+CRC", 7.6 "+CLIP": type 145 begins with '+', 128 is no number at all. */
static void send_ring(struct vmodem *modem)
{
    say_result(&modem->say, modem->settings.has_extended_ring ? "+CRING: VOICE" : "RING", '2');
    if (modem->settings.shows_caller) {
        struct text text = { 0 };
        text_add(&text, "+CLIP: \"");
        text_add_number(&text, &modem->call.number);
        text_add(&text, text_number_type(&modem->call.number));
        say_line(&modem->say, &text);
    }
}

static void send_unsolicited(struct vmodem *modem)
{
    const uint32_t news = modem->unsolicited;
    modem->unsolicited = 0;
    if ((news & VMODEM_NO_CARRIER) != 0) {
        say_result(&modem->say, "NO CARRIER", '3');
    }
    if ((news & VMODEM_BUSY) != 0) {
        say_result(&modem->say, "BUSY", '7');
    }
    if ((news & VMODEM_RING) != 0) {
        send_ring(modem);
    }
}

static void call_ended(struct vmodem *modem, uint32_t id)
{
    if (id != modem->hung_up_id) {
        modem->unsolicited |=
            modem->call.outcome == DIAL_OUTCOME_BUSY ? VMODEM_BUSY : VMODEM_NO_CARRIER;
    }
    modem->hung_up_id = 0;
}

static void ring(struct vmodem *modem)
{
    modem->unsolicited |= VMODEM_RING;
    modem->ring_us = machine_time_us() + RING_EVERY_US;
    machine_wake_at(modem->ring_us);
}

/* 6.2.8 "Circuit 109 (received line signal detector) behaviour". */
void vmodem_show_carrier(struct vmodem *modem)
{
    modem->carrier(modem->say.context,
                   modem->settings.carrier_mode == 0 || modem->call.state == DIAL_STATE_ACTIVE);
}

void vmodem_call_changed(struct vmodem *modem)
{
    const struct dialler_reply before = modem->call;
    dialler_port_status(&modem->call);
    const bool is_another = modem->call.id != before.id;
    if (before.state != DIAL_STATE_NONE && (modem->call.state == DIAL_STATE_NONE || is_another)) {
        call_ended(modem, before.id);
    }
    if (modem->call.state == DIAL_STATE_INCOMING &&
        (before.state != DIAL_STATE_INCOMING || is_another)) {
        ring(modem);
    }
    vmodem_show_carrier(modem);
    if (!modem->is_executing) {
        send_unsolicited(modem);
    }
}

void vmodem_time(struct vmodem *modem)
{
    if (modem->call.state != DIAL_STATE_INCOMING || machine_time_us() < modem->ring_us) {
        return;
    }
    modem->ring_us = UINT64_MAX; /* unless it still rings */
    vmodem_call_changed(modem);
    if (modem->call.state == DIAL_STATE_INCOMING && modem->ring_us == UINT64_MAX) {
        ring(modem);
    }
    if (!modem->is_executing) {
        send_unsolicited(modem);
    }
}

static void end_text(struct vmodem *modem, enum at_result result)
{
    modem->takes_text = false;
    send_final(modem, result);
    modem->is_executing = false;
    send_unsolicited(modem);
}

void vmodem_terminal_ready(struct vmodem *modem, bool is_ready)
{
    if (is_ready || modem->settings.ready_mode != 2) {
        return;
    }
    (void)vmodem_hang_up(modem);
    at_line_reset(&modem->line);
    if (modem->takes_text) {
        end_text(modem, AT_NO_MESSAGE);
    }
    vmodem_call_changed(modem);
}

/* ---- lines ----------------------------------------------------------------------------------- */

void vmodem_settings_reset(struct vmodem *modem)
{
    say_reset(&modem->say);
    modem->settings = (struct vmodem_settings){ .radio = 1 };
}

void vmodem_reset(struct vmodem *modem)
{
    at_line_reset(&modem->line);
    vmodem_settings_reset(modem);
    modem->call = (struct dialler_reply){ 0 };
    modem->dialled.id = 0;
    modem->hung_up_id = 0;
    modem->is_executing = false;
    modem->takes_text = false;
    modem->unsolicited = 0;
    modem->received_us = machine_time_us();
    report_init(&modem->reports, modem->received_us);
    vmodem_show_carrier(modem);
}

static bool is_well_formed(struct at_cursor cursor)
{
    struct at_command command;
    enum at_step step;
    do {
        step = at_next(&cursor, &command);
    } while (step == AT_STEP_COMMAND);
    return step == AT_STEP_END;
}

static enum at_result execute_all(struct vmodem *modem, struct at_cursor cursor)
{
    struct at_command command;
    enum at_result result = AT_OK;
    while (result == AT_OK && at_next(&cursor, &command) == AT_STEP_COMMAND) {
        result = at_execute(modem, &command);
    }
    return result;
}

static void finish_line(struct vmodem *modem, enum at_result result)
{
    if (result == AT_TEXT_FOLLOWS) {
        modem->takes_text = true;
        say_prompt(&modem->say);
        return;
    }
    send_final(modem, result);
    modem->is_executing = false;
    send_unsolicited(modem);
}

static void execute_line(struct vmodem *modem)
{
    struct at_cursor cursor;
    const uint32_t skipped = at_line_is_escaped_hang_up(&modem->line) ? 3 : 0;
    if (modem->line.length == 0 || (skipped == 0 && at_line_is_reflection(&modem->line))) {
        return;
    }
    if (!at_begin(&cursor, modem->line.text + skipped, modem->line.length - skipped) ||
        !is_well_formed(cursor)) {
        send_final(modem, AT_ERROR);
        return;
    }
    modem->is_executing = true;
    finish_line(modem, execute_all(modem, cursor));
}

/* "+++" and then silence, as minicom sends it. There is no online data state to leave: it is
 * dropped. */
static void drop_escape(struct vmodem *modem)
{
    const uint64_t now_us = machine_time_us();
    const bool is_silent = now_us - modem->received_us >= GUARD_US;
    modem->received_us = now_us;
    if (is_silent && at_line_is_escape(&modem->line)) {
        at_line_reset(&modem->line);
    }
}

/* The body of a message that is not sent: its lines are no commands. */
static void receive_text(struct vmodem *modem, uint8_t byte)
{
    if (byte == SUB || byte == ESC) {
        end_text(modem, byte == SUB ? AT_NO_MESSAGE : AT_OK);
    }
}

void vmodem_receive(struct vmodem *modem, uint8_t byte)
{
    say_echo(&modem->say, byte);
    drop_escape(modem);
    if (modem->takes_text) {
        receive_text(modem, byte);
        return;
    }
    switch (at_line_feed(&modem->line, byte)) {
    case AT_LINE_MORE:
        return;
    case AT_LINE_COMPLETE:
        execute_line(modem);
        break;
    case AT_LINE_SPOILT:
    case AT_LINE_REPEAT: /* what would be repeated is not kept: a client has to say it again */
        send_final(modem, AT_ERROR);
        break;
    }
    at_line_reset(&modem->line);
}
