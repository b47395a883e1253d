/* SPDX-License-Identifier: BSD-2-Clause */
/* What the commands do: V.250 6, TS 27.007. Those that never change are in replies.c. */
#include "at_command.h"
#include "replies.h"
#include "sim.h"
#include "text.h"

enum { RADIO_OFF = 0, RADIO_ON = 1, RADIO_FLIGHT = 4, REGISTER_AGAIN_US = 200000 };

typedef enum sim_result command_handler(struct sim *sim, const struct at_command *command);

static enum sim_result flag(const struct at_command *command, bool *out)
{
    if (command->number > 1) {
        return RESULT_ERROR;
    }
    *out = command->number == 1;
    return RESULT_OK;
}

static enum sim_result do_echo(struct sim *sim, const struct at_command *command)
{
    return flag(command, &sim->settings.echo);
}

static enum sim_result do_verbose(struct sim *sim, const struct at_command *command)
{
    return flag(command, &sim->settings.verbose);
}

static enum sim_result do_quiet(struct sim *sim, const struct at_command *command)
{
    return flag(command, &sim->settings.quiet);
}

/* X L M &C &D &K &S &W: taken note of by nobody. */
static enum sim_result do_accept(struct sim *sim, const struct at_command *command)
{
    (void)sim;
    (void)command;
    return RESULT_OK;
}

static enum sim_result do_reset(struct sim *sim, const struct at_command *command)
{
    (void)command;
    sim_call_close(sim, "local", RESULT_NOTHING);
    sim_reset_settings(sim);
    return RESULT_OK;
}

static enum sim_result do_register_s(struct sim *sim, const struct at_command *command)
{
    if (command->kind == AT_READ) {
        sim_say(sim, "000");
    }
    return RESULT_OK;
}

static enum sim_result do_identify(struct sim *sim, const struct at_command *command)
{
    (void)command;
    sim_say(sim, "Robin modem-sim");
    return RESULT_OK;
}

static enum sim_result do_hang_up(struct sim *sim, const struct at_command *command)
{
    if (command->kind != AT_EXECUTE) {
        return RESULT_FIXED;
    }
    return sim_call_hang_up(sim);
}

static enum sim_result do_answer(struct sim *sim, const struct at_command *command)
{
    (void)command;
    return sim_call_answer(sim);
}

static bool is_dial_symbol(char c)
{
    return (c >= '0' && c <= '9') || c == '*' || c == '#' || c == '+';
}

/* V.250 6.3.1: T and P choose tones or pulses, other modifiers pause: none of them is a digit.
 * TS 27.007 6.2: I, i, G, g stand after the number; '>' would dial out of a phone book. */
static bool dial_digits(const struct at_command *command, char out[CARRIER_NUMBER_BYTES])
{
    size_t n = 0;

    for (size_t i = 0; i < command->argument_length; i++) {
        char c = command->argument[i];

        if (c == '>' || c == 'L' || c == 'l') {
            return false;
        }
        if (!is_dial_symbol(c)) {
            continue;
        }
        if (n == CARRIER_NUMBER_BYTES - 1) {
            return false;
        }
        out[n++] = c;
    }
    out[n] = '\0';
    return n > 0;
}

/* TS 22.030 6.5.2: a code ends in '#'. The network would act on it; nobody is called. */
static bool is_supplementary(const char *digits)
{
    return digits[text_length(digits) - 1] == '#';
}

static const char *skip_clir_prefix(const char *digits)
{
    const char *rest = text_after(digits, "*31#");

    if (rest == NULL) {
        rest = text_after(digits, "#31#");
    }
    return rest != NULL && *rest != '\0' ? rest : digits;
}

static enum sim_result do_dial(struct sim *sim, const struct at_command *command)
{
    char digits[CARRIER_NUMBER_BYTES];

    if (!dial_digits(command, digits)) {
        return RESULT_ERROR;
    }
    if (command->argument[command->argument_length - 1] != ';') {
        return RESULT_NO_CARRIER; /* a data call: this modem has no packet service */
    }
    if (is_supplementary(digits)) {
        return RESULT_OK;
    }
    return sim_call_dial(sim, skip_clir_prefix(digits));
}

static enum sim_result do_clcc(struct sim *sim, const struct at_command *command)
{
    if (command->kind != AT_EXECUTE) {
        return RESULT_FIXED;
    }
    sim_list_calls(sim);
    return RESULT_OK;
}

static enum sim_result do_cpin(struct sim *sim, const struct at_command *command)
{
    return command->kind == AT_READ && (sim->quirks & QUIRK_NO_SIM) ? RESULT_NO_SIM : RESULT_FIXED;
}

/* TS 27.007 7.13: with a call that waits 0 refuses it, 1 ends the other and takes it. For one call
 * 0, 1 and 1x all end it; nothing is held, nothing transferred. */
static enum sim_result do_chld(struct sim *sim, const struct at_command *command)
{
    uint32_t what = at_argument_number(command, 0, 99);

    if (command->kind != AT_SET) {
        return RESULT_FIXED;
    }
    if (what > 1 && what != 11) {
        return RESULT_NOT_ALLOWED;
    }
    if (sim->waiting.state == CALL_INCOMING && what == 1) {
        return sim_call_take_waiting(sim);
    }
    if (sim->waiting.state == CALL_INCOMING && what == 0) {
        sim_call_refuse_waiting(sim, "local");
    } else {
        sim_call_close(sim, "local", RESULT_NOTHING);
    }
    return RESULT_OK;
}

static enum sim_result do_vts(struct sim *sim, const struct at_command *command)
{
    if (command->kind != AT_SET) {
        return RESULT_FIXED;
    }
    return sim->call.state == CALL_ACTIVE ? RESULT_OK : RESULT_NOT_ALLOWED;
}

static void radio(struct sim *sim, uint8_t functionality)
{
    bool was_on = sim->settings.functionality == RADIO_ON;

    sim->settings.functionality = functionality;
    if (functionality == RADIO_ON && !was_on) {
        sim->register_us = sim->now_us + REGISTER_AGAIN_US;
    }
    if (functionality == RADIO_ON) {
        return;
    }
    sim_call_close(sim, "radio-off", RESULT_NO_CARRIER);
    sim->register_us = SIM_NEVER;
    if (sim->is_registered) {
        sim->is_registered = false;
        sim_registration_changed(sim);
    }
}

static void say_value(struct sim *sim, const char *name, uint32_t value, const char *rest)
{
    struct text text = { 0 };

    text_put(&text, name);
    text_put(&text, ": ");
    text_put_number(&text, value, 1);
    text_put(&text, rest);
    sim_say(sim, text.bytes);
}

static enum sim_result do_cfun(struct sim *sim, const struct at_command *command)
{
    uint32_t value = at_argument_number(command, 0, 99);

    if (command->kind == AT_READ) {
        say_value(sim, command->name, sim->settings.functionality, "");
        return RESULT_OK;
    }
    if (command->kind != AT_SET) {
        return RESULT_FIXED;
    }
    if (value != RADIO_OFF && value != RADIO_ON && value != RADIO_FLIGHT) {
        return RESULT_NOT_ALLOWED;
    }
    if (at_argument_number(command, 1, 0) == 1) {
        sim_call_close(sim, "reset", RESULT_NOTHING);
        sim_result(sim, RESULT_OK);
        sim_modem_reset(sim);
        return RESULT_NOTHING;
    }
    radio(sim, (uint8_t)value);
    return RESULT_OK;
}

/* A setting of one small number: +X=n, +X? */
static enum sim_result setting(struct sim *sim, const struct at_command *command, uint8_t *value,
                               uint32_t largest)
{
    uint32_t wanted = at_argument_number(command, 0, 0);

    if (command->kind == AT_READ) {
        say_value(sim, command->name, *value, "");
    } else if (command->kind == AT_TEST) {
        return RESULT_FIXED;
    } else if (wanted > largest) {
        return RESULT_NOT_ALLOWED;
    } else {
        *value = (uint8_t)wanted;
    }
    return RESULT_OK;
}

static enum sim_result registration(struct sim *sim, const struct at_command *command,
                                    uint8_t *mode)
{
    const char *where = *mode == 2 && sim->is_registered ? ",\"0001\",\"00000001\"" : "";
    struct text state = { 0 };

    if (command->kind != AT_READ) {
        return setting(sim, command, mode, 2);
    }
    text_put(&state, ",");
    text_put_number(&state, sim->is_registered ? 1 : 0, 1);
    text_put(&state, where);
    say_value(sim, command->name, *mode, state.bytes);
    return RESULT_OK;
}

static enum sim_result do_creg(struct sim *sim, const struct at_command *command)
{
    return registration(sim, command, &sim->settings.creg);
}

static enum sim_result do_cgreg(struct sim *sim, const struct at_command *command)
{
    return registration(sim, command, &sim->settings.cgreg);
}

static enum sim_result do_cereg(struct sim *sim, const struct at_command *command)
{
    return registration(sim, command, &sim->settings.cereg);
}

static enum sim_result do_cmee(struct sim *sim, const struct at_command *command)
{
    return setting(sim, command, &sim->settings.cmee, 2);
}

static enum sim_result switched(struct sim *sim, const struct at_command *command, bool *value)
{
    uint8_t number = *value;
    enum sim_result result = setting(sim, command, &number, 1);

    *value = number == 1;
    return result;
}

static enum sim_result do_clip(struct sim *sim, const struct at_command *command)
{
    return switched(sim, command, &sim->settings.clip);
}

static enum sim_result do_crc(struct sim *sim, const struct at_command *command)
{
    return switched(sim, command, &sim->settings.cring);
}

static enum sim_result do_clir(struct sim *sim, const struct at_command *command)
{
    if (command->kind == AT_READ) {
        say_value(sim, command->name, sim->settings.hide_number, ",4");
        return RESULT_OK;
    }
    return setting(sim, command, &sim->settings.hide_number, 2);
}

static enum sim_result do_cops(struct sim *sim, const struct at_command *command)
{
    static const char *const name[] = { ",0,\"Robin Test\"", ",1,\"Robin\"", ",2,\"00101\"" };

    if (command->kind == AT_READ) {
        say_value(sim, command->name, 0,
                  sim->is_registered ? name[sim->settings.operator_format] : "");
        return RESULT_OK;
    }
    if (command->kind != AT_SET) {
        return RESULT_FIXED;
    }
    if (at_argument_number(command, 0, 0) == 3) {
        sim->settings.operator_format = (uint8_t)(at_argument_number(command, 1, 0) % 3);
    }
    return RESULT_OK;
}

static enum sim_result do_cscs(struct sim *sim, const struct at_command *command)
{
    char name[AT_ARGUMENT_BYTES];
    struct text text = { 0 };

    if (command->kind == AT_READ) {
        text_put(&text, "+CSCS: \"");
        text_put(&text, sim->settings.charset);
        text_put(&text, "\"");
        sim_say(sim, text.bytes);
        return RESULT_OK;
    }
    if (command->kind != AT_SET) {
        return RESULT_FIXED;
    }
    if (!at_argument(command, 0, name)) {
        return RESULT_NOT_ALLOWED;
    }
    if (!text_is_equal(name, "GSM") && !text_is_equal(name, "IRA")) {
        return RESULT_NOT_ALLOWED; /* numbers in UCS2 would be hexadecimal */
    }
    text_copy(sim->settings.charset, sizeof sim->settings.charset, name);
    return RESULT_OK;
}

/* TS 27.007 8.18. The card has one file: EF_AD (6FAD, TS 31.102 4.2.18); the rest is not found. */
static enum sim_result do_crsm(struct sim *sim, const struct at_command *command)
{
    enum { READ_BINARY = 176, GET_RESPONSE = 192, FILE_AD = 0x6fad };
    uint32_t what = at_argument_number(command, 0, 0);

    if (command->kind != AT_SET) {
        return command->kind == AT_TEST ? RESULT_OK : RESULT_ERROR;
    }
    if (at_argument_number(command, 1, 0) != FILE_AD) {
        sim_say(sim, "+CRSM: 106,130");
    } else if (what == GET_RESPONSE) {
        sim_say(sim, "+CRSM: 144,0,\"000000046FAD040000FFFF01020000\"");
    } else if (what == READ_BINARY) {
        sim_say(sim, "+CRSM: 144,0,\"00000002\"");
    } else {
        return RESULT_NOT_ALLOWED;
    }
    return RESULT_OK;
}

static const struct {
    const char *name;
    command_handler *run;
} commands[] = {
    { "E", do_echo },     { "V", do_verbose },    { "Q", do_quiet },       { "X", do_accept },
    { "L", do_accept },   { "M", do_accept },     { "&C", do_accept },     { "&D", do_accept },
    { "&K", do_accept },  { "&S", do_accept },    { "&W", do_accept },     { "Z", do_reset },
    { "&F", do_reset },   { "S", do_register_s }, { "I", do_identify },    { "H", do_hang_up },
    { "A", do_answer },   { "D", do_dial },       { "+CHUP", do_hang_up }, { "+CLCC", do_clcc },
    { "+CPIN", do_cpin }, { "+CHLD", do_chld },   { "+VTS", do_vts },      { "+CFUN", do_cfun },
    { "+CREG", do_creg }, { "+CGREG", do_cgreg }, { "+CEREG", do_cereg },  { "+CMEE", do_cmee },
    { "+CLIP", do_clip }, { "+CRC", do_crc },     { "+CLIR", do_clir },    { "+COPS", do_cops },
    { "+CSCS", do_cscs }, { "+CRSM", do_crsm },
};

static command_handler *find_handler(const char *name)
{
    for (unsigned i = 0; i < sizeof commands / sizeof commands[0]; i++) {
        if (text_is_equal(commands[i].name, name)) {
            return commands[i].run;
        }
    }
    return NULL;
}

static enum sim_result run_fixed(struct sim *sim, const struct at_command *command)
{
    const char *reply = reply_fixed(command);

    if (reply == NULL) {
        return RESULT_ERROR;
    }
    if (reply[0] != '\0') {
        sim_say(sim, reply);
    }
    return RESULT_OK;
}

static enum sim_result run_command(struct sim *sim, const struct at_command *command)
{
    command_handler *handler = find_handler(command->name);
    enum sim_result result = RESULT_FIXED;

    if (handler != NULL) {
        result = handler(sim, command);
    }
    return result == RESULT_FIXED ? run_fixed(sim, command) : result;
}

/* V.250 5.6: commands run in turn; the first that fails ends the line. */
enum sim_result sim_command_line(struct sim *sim)
{
    struct at_cursor cursor = { .text = sim->line.text, .length = text_length(sim->line.text) };
    struct at_command command;
    enum sim_result result = RESULT_OK;

    while (result == RESULT_OK) {
        enum at_next next = at_command_next(&cursor, &command);

        if (next == AT_NEXT_END) {
            break;
        }
        result = next == AT_NEXT_BAD ? RESULT_ERROR : run_command(sim, &command);
    }
    return result;
}
