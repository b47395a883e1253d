/* SPDX-License-Identifier: BSD-2-Clause */
/* The modem and its carrier as one machine: bytes in, bytes out, and one deadline. */
#include "sim.h"

#include "text.h"
#include "wire_log_writer.h"

enum { REGISTER_AFTER_US = 200000, MUTE_US = 20000000 };

static bool is_mute(const struct sim *sim)
{
    return sim->now_us < sim->mute_until_us;
}

static void put(struct sim *sim, const char *text)
{
    for (; !is_mute(sim) && *text != '\0' && sim->output_length < SIM_OUTPUT_BYTES; text++) {
        sim->output[sim->output_length++] = (uint8_t)*text;
    }
}

/* V.250 5.7.1: a text is framed by CR LF when V1, followed by CR LF when V0. */
void sim_say(struct sim *sim, const char *text)
{
    if (sim->settings.verbose) {
        put(sim, "\r\n");
    }
    put(sim, text);
    put(sim, "\r\n");
    wire_log_line(sim->log, sim->now_us, "TX ", text, text_length(text));
}

static const char *result_text(enum sim_result result)
{
    switch (result) {
    case RESULT_OK:
        return "OK";
    case RESULT_RING:
        return "RING";
    case RESULT_NO_CARRIER:
        return "NO CARRIER";
    case RESULT_BUSY:
        return "BUSY";
    case RESULT_NO_ANSWER:
        return "NO ANSWER";
    case RESULT_ERROR:
    case RESULT_NOT_ALLOWED:
    case RESULT_NO_SIM:
    case RESULT_NOTHING:
    case RESULT_FIXED:
        break;
    }
    return "ERROR";
}

static const char *not_allowed_text(const struct sim *sim, enum sim_result result)
{
    static const char *const text[] = { "ERROR", "+CME ERROR: 3",
                                        "+CME ERROR: operation not allowed" };
    static const char *const no_sim[] = { "ERROR", "+CME ERROR: 10",
                                          "+CME ERROR: SIM not inserted" };

    return result == RESULT_NO_SIM ? no_sim[sim->settings.cmee] : text[sim->settings.cmee];
}

void sim_result(struct sim *sim, enum sim_result result)
{
    const char *text = result == RESULT_NOT_ALLOWED || result == RESULT_NO_SIM
                           ? not_allowed_text(sim, result)
                           : result_text(result);
    struct text numeric = { 0 };

    if (sim->settings.quiet || result == RESULT_NOTHING) {
        return;
    }
    if (sim->settings.verbose || text[0] == '+') {
        sim_say(sim, text);
        return;
    }
    text_put_number(&numeric, result >= RESULT_NOT_ALLOWED ? RESULT_ERROR : result, 1);
    put(sim, numeric.bytes);
    put(sim, "\r");
    wire_log_line(sim->log, sim->now_us, "TX ", text, text_length(text));
}

void sim_output_drop(struct sim *sim, size_t count)
{
    for (size_t i = count; i < sim->output_length; i++) {
        sim->output[i - count] = sim->output[i];
    }
    sim->output_length -= count;
}

void sim_reset_settings(struct sim *sim)
{
    sim->settings = (struct sim_settings){
        .echo = true,
        .verbose = true,
        .operator_format = 0,
        .functionality = 1,
        .charset = "GSM",
    };
}

static void say_registration(struct sim *sim, const char *name, unsigned mode)
{
    struct text text = { 0 };

    if (mode == 0) {
        return;
    }
    text_put(&text, name);
    text_put_number(&text, sim->is_registered ? 1 : 0, 1);
    if (mode == 2 && sim->is_registered) {
        text_put(&text, ",\"0001\",\"00000001\"");
    }
    sim_say(sim, text.bytes);
}

void sim_registration_changed(struct sim *sim)
{
    say_registration(sim, "+CREG: ", sim->settings.creg);
    say_registration(sim, "+CGREG: ", sim->settings.cgreg);
    say_registration(sim, "+CEREG: ", sim->settings.cereg);
}

/* As after power-on: nothing but this structure's owner survives it. */
void sim_modem_reset(struct sim *sim)
{
    sim_reset_settings(sim);
    sim->line = (struct at_line){ 0 };
    sim->is_dialling = sim->has_data_call = false;
    sim->late_us = SIM_NEVER;
    sim->is_registered = false;
    sim->register_us = sim->now_us + REGISTER_AFTER_US;
    sim_say(sim, "RDY");
    if (sim->quirks & QUIRK_MUTE) {
        sim->mute_until_us = sim->now_us + MUTE_US;
    }
}

void sim_start(struct sim *sim, const struct carrier *carrier, struct wire_log_region *log,
               uint64_t now_us)
{
    *sim = (struct sim){ .carrier = carrier, .log = log, .now_us = now_us };
    wire_log_open(log);
    sim_reset_settings(sim);
    sim->register_us = now_us + REGISTER_AFTER_US;
}

static void run_line(struct sim *sim)
{
    if (is_mute(sim)) {
        wire_log_line(sim->log, sim->now_us, "RX (deaf) AT", sim->line.text,
                      text_length(sim->line.text));
        return;
    }
    wire_log_line(sim->log, sim->now_us, "RX AT", sim->line.text, text_length(sim->line.text));
    sim_result(sim, sim_command_line(sim));
}

/* V.250 5.6.1: a character ends a command that is being carried out, but not in the first 125 ms.
 * It is no part of a command line. */
static void abort_dialling(struct sim *sim)
{
    if (sim->now_us < sim->abortable_us) {
        return;
    }
    sim->is_dialling = false;
    wire_log_line(sim->log, sim->now_us, "RX ", "(abort)", 7);
    sim_result(sim, RESULT_NO_CARRIER);
}

static void receive_byte(struct sim *sim, uint8_t byte)
{
    const char echoed[2] = { (char)byte, '\0' };

    if (sim->is_dialling) {
        abort_dialling(sim);
        return;
    }
    if (sim->settings.echo && byte != '\0') {
        put(sim, echoed);
    }
    switch (at_line_feed(&sim->line, byte)) {
    case AT_LINE_NOTHING:
        return;
    case AT_LINE_TOO_LONG:
        wire_log_line(sim->log, sim->now_us, "RX ", "(too long)", 10);
        sim_result(sim, RESULT_ERROR);
        return;
    case AT_LINE_COMPLETE:
    case AT_LINE_REPEAT:
        run_line(sim);
        return;
    }
}

void sim_receive(struct sim *sim, uint64_t now_us, const uint8_t *bytes, size_t count)
{
    sim->now_us = now_us;
    for (size_t i = 0; i < count && sim->late_us == SIM_NEVER; i++) {
        receive_byte(sim, bytes[i]);
    }
}

void sim_advance(struct sim *sim, uint64_t now_us)
{
    sim->now_us = now_us;
    if (sim->register_us != SIM_NEVER && now_us >= sim->register_us) {
        sim->register_us = SIM_NEVER;
        sim->is_registered = true;
        sim_registration_changed(sim);
    }
    if (sim->late_us != SIM_NEVER && now_us >= sim->late_us) {
        sim->late_us = SIM_NEVER;
        sim_result(sim, sim->late);
    }
    sim_call_advance(sim);
}

static uint64_t earlier(uint64_t a, uint64_t b)
{
    if (a == SIM_NEVER || (b != SIM_NEVER && b < a)) {
        return b;
    }
    return a;
}

uint64_t sim_deadline(const struct sim *sim)
{
    return earlier(earlier(sim->register_us, sim->late_us), sim_call_deadline(sim));
}
