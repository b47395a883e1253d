/* SPDX-License-Identifier: BSD-2-Clause */
#include "vmodem.h"

#include <stddef.h>

/* ---- sending ------------------------------------------------------------------------------------ */

void vmodem_send_line(struct vmodem *modem, const struct text *text)
{
    char bytes[sizeof(text->bytes) + 4] = { '\r', '\n' };
    uint32_t count = modem->settings.is_verbose ? 2 : 0; /* V.250, 6.2.6 "ATV" */
    for (uint32_t i = 0; i < text->length; i++) {
        bytes[count++] = text->bytes[i];
    }
    bytes[count++] = '\r';
    bytes[count++] = '\n';
    modem->send(modem->context, bytes, count);
}

void vmodem_send_information(struct vmodem *modem, const char *string)
{
    struct text text = { 0 };
    text_add(&text, string);
    vmodem_send_line(modem, &text);
}

/* 5.7.1 "Result codes": words, or digits and a CR alone. */
static void send_result(struct vmodem *modem, const char *words, const char *digit)
{
    if (modem->settings.is_quiet) {
        return;
    }
    if (modem->settings.is_verbose) {
        vmodem_send_information(modem, words);
    } else {
        const char bytes[2] = { *digit, '\r' };
        modem->send(modem->context, bytes, 2);
    }
}

static void send_final(struct vmodem *modem, enum at_result result)
{
    static const char *const words[AT_RESULTS] = {
        [AT_OK] = "OK",
        [AT_ERROR] = "ERROR",
        [AT_NO_CARRIER] = "NO CARRIER",
        [AT_NOT_ALLOWED] = "+CME ERROR: 3", /* whatever +CMEE says: a plain ERROR makes some
                                               clients dial again at once */
    };
    static const char *const digits[AT_RESULTS] = {
        [AT_OK] = "0", [AT_ERROR] = "4", [AT_NO_CARRIER] = "3", [AT_NOT_ALLOWED] = "4",
    };
    send_result(modem, words[result], digits[result]);
}

/* ---- calls ---------------------------------------------------------------------------------------- */

void vmodem_hang_up(struct vmodem *modem)
{
    if (dialler_port_hang_up() == DIALLER_ACCEPTED) {
        modem->ended_by_guest = true;
    }
}

static void send_ring(struct vmodem *modem)
{
    send_result(modem, modem->settings.has_extended_ring ? "+CRING: VOICE" : "RING", "2");
    if (modem->settings.shows_caller) {
        struct text text = { 0 };
        text_add(&text, "+CLIP: \"");
        text_add_number(&text, &modem->call.number);
        text_add(&text, "\",129");
        vmodem_send_line(modem, &text);
    }
}

static void send_unsolicited(struct vmodem *modem)
{
    const uint32_t news = modem->unsolicited;
    modem->unsolicited = 0;
    if ((news & VMODEM_NO_CARRIER) != 0) {
        send_result(modem, "NO CARRIER", "3");
    }
    if ((news & VMODEM_BUSY) != 0) {
        send_result(modem, "BUSY", "7");
    }
    if ((news & VMODEM_RING) != 0) {
        send_ring(modem);
    }
}

static void call_ended(struct vmodem *modem)
{
    if (!modem->ended_by_guest) {
        modem->unsolicited |=
            modem->call.outcome == DIAL_OUTCOME_BUSY ? VMODEM_BUSY : VMODEM_NO_CARRIER;
    }
    modem->ended_by_guest = false;
}

void vmodem_call_changed(struct vmodem *modem)
{
    const struct dialler_reply before = modem->call;
    dialler_port_status(&modem->call);
    const bool is_another = modem->call.id != before.id;
    if (before.state != DIAL_STATE_NONE && (modem->call.state == DIAL_STATE_NONE || is_another)) {
        call_ended(modem);
    }
    if (modem->call.state == DIAL_STATE_INCOMING &&
        (before.state != DIAL_STATE_INCOMING || is_another)) {
        modem->unsolicited |= VMODEM_RING;
    }
    if (!modem->is_executing) {
        send_unsolicited(modem);
    }
}

/* ---- lines ---------------------------------------------------------------------------------------- */

void vmodem_settings_reset(struct vmodem *modem)
{
    /* Echo is off: a tty whose own echo is on would otherwise answer for ever. */
    modem->settings = (struct vmodem_settings){ .is_verbose = true, .radio = 1 };
}

void vmodem_reset(struct vmodem *modem)
{
    at_line_reset(&modem->line);
    vmodem_settings_reset(modem);
    modem->call = (struct dialler_reply){ 0 };
    modem->ended_by_guest = false;
    modem->is_executing = false;
    modem->unsolicited = 0;
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

static bool starts_with(const struct at_line *line, const char *prefix)
{
    uint32_t i = 0;
    while (i < line->length && prefix[i] != 0 && line->text[i] == prefix[i]) {
        i++;
    }
    return prefix[i] == 0;
}

/* Our own words, thrown back by a tty that echoes: an answer would start an endless exchange. */
static bool is_reflection(const struct at_line *line)
{
    return starts_with(line, "OK") || starts_with(line, "ERROR") || starts_with(line, "RING") ||
           starts_with(line, "NO CARRIER") || starts_with(line, "BUSY") || starts_with(line, "+");
}

static void execute_line(struct vmodem *modem)
{
    struct at_cursor cursor;
    if (modem->line.length == 0 || is_reflection(&modem->line)) {
        return;
    }
    if (!at_begin(&cursor, modem->line.text, modem->line.length) || !is_well_formed(cursor)) {
        send_final(modem, AT_ERROR);
        return;
    }
    modem->is_executing = true;
    send_final(modem, execute_all(modem, cursor));
    modem->is_executing = false;
    send_unsolicited(modem);
}

static void echo(struct vmodem *modem, uint8_t byte)
{
    if (modem->settings.has_echo) {
        const char bytes[1] = { (char)byte };
        modem->send(modem->context, bytes, 1);
    }
}

void vmodem_receive(struct vmodem *modem, uint8_t byte)
{
    echo(modem, byte);
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
