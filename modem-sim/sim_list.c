/* SPDX-License-Identifier: BSD-2-Clause */
/* +CLCC, in all the ways in which modems write it: TS 27.007 7.18 leaves much open, and many leave
 * it altogether. */
#include "sim.h"
#include "text.h"

enum { FLOOD_LINES = 80, STATE_WAITING = 5 };

static bool has(const struct sim *sim, enum carrier_quirk quirk)
{
    return (sim->quirks & quirk) != 0;
}

static void listed_number(const struct sim *sim, const struct call *call, struct text *out)
{
    const bool is_emergency = sim_number_is_emergency(call->number);
    const bool is_home = call->number[0] == '0' && call->number[1] != '0';
    const bool is_bare = has(sim, QUIRK_TYPE), is_abroad = is_bare || has(sim, QUIRK_INTERNATIONAL);

    if (has(sim, QUIRK_NO_NUMBER)) {
        return;
    }
    if (is_emergency && has(sim, QUIRK_SOS)) {
        text_put(out, "sos");
    } else if (is_emergency && has(sim, QUIRK_OTHER)) {
        text_put(out, sim->other);
    } else if (call->rule != NULL && call->rule->behaviour == CARRIER_SUBSTITUTE) {
        text_put(out, call->rule->other);
    } else if (is_abroad && is_home) {
        text_put(out, is_bare ? "49" : "+49");
        text_put(out, call->number + 1);
    } else {
        text_put(out, call->number + (is_bare && call->number[0] == '+' ? 1 : 0));
    }
}

static const char *type_of(const struct sim *sim, const struct call *call,
                           const struct text *number)
{
    if (number->length == 0) {
        return "128";
    }
    if (number->bytes[0] == '+' ||
        (has(sim, QUIRK_TYPE) && (call->number[0] == '0' || call->number[0] == '+'))) {
        return "145";
    }
    return "129";
}

static void list_call(struct sim *sim, const struct call *call, unsigned index, unsigned state)
{
    const char *comma = has(sim, QUIRK_BLANKS) ? ", " : ",",
               *quote = has(sim, QUIRK_UNQUOTED) ? "" : "\"";
    const unsigned values[] = { index, call->is_incoming ? 1 : 0, state,
                                has(sim, QUIRK_MODE_9) ? 9 : 0, 0 };
    struct text line = { 0 }, number = { 0 };

    if (has(sim, QUIRK_UNREADABLE)) {
        sim_say(sim, "+CLCC: call 1 is up");
        return;
    }
    listed_number(sim, call, &number);
    text_put(&line, "+CLCC: ");
    for (unsigned i = 0; i < sizeof values / sizeof values[0]; i++) {
        text_put_number(&line, values[i], 1);
        text_put(&line, comma);
    }
    text_put(&line, quote);
    text_put(&line, number.bytes);
    text_put(&line, quote);
    text_put(&line, comma);
    text_put(&line, type_of(sim, call, &number));
    sim_say(sim, line.bytes);
}

static void list_waiting(struct sim *sim)
{
    if (sim->waiting.state != CALL_INCOMING) {
        return;
    }
    for (unsigned i = 0; i < (has(sim, QUIRK_FLOOD) ? FLOOD_LINES : 1); i++) {
        list_call(sim, &sim->waiting, has(sim, QUIRK_FIRST) ? 1 : 2, STATE_WAITING);
    }
}

void sim_list_calls(struct sim *sim)
{
    if (has(sim, QUIRK_FIRST)) {
        list_waiting(sim);
    }
    if (sim->call.state != CALL_IDLE && !has(sim, QUIRK_UNLISTED)) {
        list_call(sim, &sim->call,
                  has(sim, QUIRK_FIRST) && sim->waiting.state == CALL_INCOMING ? 2 : 1,
                  call_clcc_state(sim->call.state));
    }
    if (!has(sim, QUIRK_FIRST)) {
        list_waiting(sim);
    }
    if (sim->has_data_call) {
        sim_say(sim, "+CLCC: 3,0,0,1,0,\"*99#\",129");
    }
}
