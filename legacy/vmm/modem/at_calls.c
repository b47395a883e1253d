/* SPDX-License-Identifier: BSD-2-Clause */
/* The commands about calls (3GPP TS 27.007, chapters 6 and 7): each ends in a request to the
 * dialler. */
#include "at_run.h"

enum at_result run_dial(struct vmodem *modem, const struct at_command *command)
{
    if (!command->is_voice) {
        vmodem_refused(modem, REPORT_COMMAND_DATA);
        return AT_NO_CARRIER; /* a data call: there is no data service */
    }
    uint32_t flags = command->dial_flags;
    if (flags == 0 && modem->settings.hide_number != 0) {
        flags = modem->settings.hide_number == 1 ? DIAL_HIDE_NUMBER : DIAL_SHOW_NUMBER;
    }
    vmodem_call_changed(modem); /* how the previous call ended is not this one's news */
    switch (dialler_port_dial(flags, &command->dialled)) {
    case DIALLER_ACCEPTED:
        vmodem_call_changed(modem);
        modem->dialled.id = modem->call.id;
        modem->dialled.number = command->dialled;
        return AT_OK;
    case DIALLER_BUSY:
    case DIALLER_REFUSED:
        return AT_NOT_ALLOWED;
    case DIALLER_INVALID:
        break;
    }
    return AT_ERROR;
}

static uint32_t clcc_state(enum dial_state state) /* 7.18 "List current calls" <stat> */
{
    switch (state) {
    case DIAL_STATE_ACTIVE:
        return 0;
    case DIAL_STATE_ALERTING:
        return 3;
    case DIAL_STATE_INCOMING:
        return 4;
    case DIAL_STATE_NONE:
    case DIAL_STATE_PROMPT:
    case DIAL_STATE_DIALLING:
        break;
    }
    return 2;
}

enum at_result run_clcc(struct vmodem *modem, const struct at_command *command)
{
    if (!is_form(command, AT_ACTION)) {
        return AT_RESULTS;
    }
    vmodem_call_changed(modem);
    const struct dialler_reply *call = &modem->call;
    if (call->state == DIAL_STATE_NONE) {
        return AT_OK;
    }
    /* Clients compare it with what they dialled, *31# included; the dialler took that off. */
    const struct number *number = call->is_incoming == 0 && call->id == modem->dialled.id
                                      ? &modem->dialled.number
                                      : &call->number;
    struct text text = { 0 };
    text_add(&text, "+CLCC: 1,");
    text_add_decimal(&text, call->is_incoming);
    text_add(&text, ",");
    text_add_decimal(&text, clcc_state(call->state));
    text_add(&text, ",0,0,\"");
    text_add_number(&text, number);
    text_add(&text, text_number_type(number));
    say_line(&modem->say, &text);
    return AT_OK;
}

enum at_result run_hang_up(struct vmodem *modem, const struct at_command *command)
{
    if (!is_form(command, AT_ACTION) || command->number != 0) {
        return AT_RESULTS;
    }
    return vmodem_hang_up(modem) ? AT_OK : AT_NOT_ALLOWED;
}

/* 7.13: one call is all there can be, so only "release" has a meaning. */
enum at_result run_chld(struct vmodem *modem, const struct at_command *command)
{
    uint32_t value;
    if (!is_form(command, AT_SET)) {
        return AT_RESULTS;
    }
    if (!at_parameter_number(command, 0, &value) || (value > 1 && value != 11)) {
        return AT_ERROR;
    }
    return vmodem_hang_up(modem) ? AT_OK : AT_NOT_ALLOWED;
}

enum at_result run_answer(struct vmodem *modem, const struct at_command *command)
{
    (void)modem;
    if (command->number != 0) {
        return AT_ERROR;
    }
    return dialler_port_answer() == DIALLER_ACCEPTED ? AT_OK : AT_NO_CARRIER;
}

static bool tone_of(char c, uint32_t *symbol_out)
{
    *symbol_out = c == '*' ? SYMBOL_STAR : c == '#' ? SYMBOL_HASH : (uint32_t)(c - '0');
    return c == '*' || c == '#' || (c >= '0' && c <= '9');
}

static bool are_tones(const struct at_command *command)
{
    uint32_t symbol;
    for (uint32_t i = 0; i < command->parameters_length; i++) {
        const bool is_comma = command->parameters[i] == ',';
        if (is_comma != (i % 2 == 1) || (!is_comma && !tone_of(command->parameters[i], &symbol))) {
            return false;
        }
    }
    return command->parameters_length % 2 == 1;
}

/* C.2.11: single tones separated by commas; no lists of frequencies, no durations. */
enum at_result run_vts(struct vmodem *modem, const struct at_command *command)
{
    uint32_t symbol;
    (void)modem;
    if (!is_form(command, AT_SET)) {
        return AT_RESULTS;
    }
    if (!are_tones(command)) {
        return AT_ERROR;
    }
    for (uint32_t i = 0; i < command->parameters_length; i += 2) {
        (void)tone_of(command->parameters[i], &symbol);
        if (dialler_port_tone(symbol) != DIALLER_ACCEPTED) {
            return AT_NOT_ALLOWED;
        }
    }
    return AT_OK;
}
