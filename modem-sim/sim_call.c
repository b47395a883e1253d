/* SPDX-License-Identifier: BSD-2-Clause */
/* Calls as modem and carrier make them happen: call.c's states, the carrier's times, the URCs. */
#include "sim.h"
#include "text.h"
#include "wire_log_writer.h"

enum {
    MILLISECOND_US = 1000,
    RING_EVERY_US = 3000000,
    RINGS_FOR_US = 30000000,
    ABORTABLE_AFTER_MS = 125,
    LATE_MS = 3000,
    WAITS_AFTER_MS = 1000,
    KEPT_HANG_UPS = 2
};

static uint64_t after_ms(const struct sim *sim, uint32_t ms)
{
    return sim->now_us + (uint64_t)ms * MILLISECOND_US;
}

static void log_call(struct sim *sim, const char *state, const char *cause)
{
    struct text text = { 0 };

    text_put(&text, sim->call.number);
    text_put(&text, " ");
    text_put(&text, state);
    if (cause[0] != '\0') {
        text_put(&text, " ");
        text_put(&text, cause);
    }
    wire_log_line(sim->log, sim->now_us, "CALL ", text.bytes, text.length);
}

static bool step(struct sim *sim, enum call_event event)
{
    if (!call_step(&sim->call, event)) {
        return false;
    }
    if (sim->call.state != CALL_IDLE) {
        log_call(sim, call_state_name(sim->call.state), "");
    }
    return true;
}

/* TS 22.101 10.1.1, and the home country's police. */
bool sim_number_is_emergency(const char *number)
{
    static const char *const numbers[] = { "112", "110", "911", "000", "08", "118", "119", "999" };
    bool is_one = false;

    for (unsigned i = 0; i < sizeof(numbers) / sizeof(numbers[0]); i++) {
        is_one = is_one || text_is_equal(number, numbers[i]);
    }
    return is_one;
}

enum sim_result sim_call_dial(struct sim *sim, const char *number)
{
    const struct carrier_rule *rule = carrier_find(sim->carrier, number);

    if (sim->call.state != CALL_IDLE) {
        return RESULT_NOT_ALLOWED;
    }
    if (!sim->is_registered && !sim_number_is_emergency(number)) {
        return RESULT_NO_CARRIER;
    }
    if ((sim->quirks & QUIRK_NO_SIM) && !sim_number_is_emergency(number)) {
        return RESULT_NO_SIM;
    }
    if (rule->behaviour == CARRIER_REJECT) {
        return RESULT_NOT_ALLOWED;
    }
    if (rule->behaviour == CARRIER_SILENT) {
        sim->is_dialling = true;
        sim->abortable_us = after_ms(sim, ABORTABLE_AFTER_MS);
        return RESULT_NOTHING;
    }
    if (!sim_number_is_emergency(number)) {
        sim->quirks = rule->quirks;
        text_copy(sim->other, sizeof sim->other, rule->other);
    }
    sim->kept = 0;
    sim->call = (struct call){ .rule = rule, .due_us = after_ms(sim, rule->alert_ms) };
    text_copy(sim->call.number, sizeof sim->call.number, number);
    step(sim, CALL_DIAL);
    return RESULT_OK;
}

static enum sim_result late_result(struct sim *sim)
{
    if (!(sim->quirks & QUIRK_SLOW)) {
        return RESULT_OK;
    }
    sim->late = RESULT_OK;
    sim->late_us = after_ms(sim, LATE_MS);
    return RESULT_NOTHING;
}

enum sim_result sim_call_answer(struct sim *sim)
{
    if (sim->call.state != CALL_INCOMING) {
        return RESULT_NO_CARRIER;
    }
    step(sim, CALL_ANSWERED);
    sim->call.due_us = SIM_NEVER;
    return late_result(sim);
}

static void log_waiting(struct sim *sim, const char *state, const char *cause)
{
    struct text text = { 0 };

    text_put(&text, sim->waiting.number);
    text_put(&text, state);
    text_put(&text, cause);
    wire_log_line(sim->log, sim->now_us, "CALL ", text.bytes, text.length);
}

void sim_call_refuse_waiting(struct sim *sim, const char *cause)
{
    if (!call_step(&sim->waiting, CALL_CLOSED)) {
        return;
    }
    log_waiting(sim, " ended ", cause);
}

/* The call that waited is the only one now: it rings on, or is answered by the command that ended
 * the other. */
static void waiting_comes_forward(struct sim *sim)
{
    if (sim->waiting.state != CALL_INCOMING) {
        return;
    }
    sim->call = sim->waiting;
    sim->waiting = (struct call){ 0 };
    sim->ring_us = sim->now_us;
}

enum sim_result sim_call_take_waiting(struct sim *sim)
{
    sim_call_close(sim, "local", RESULT_NOTHING); /* brings the other forward */
    return sim_call_answer(sim);
}

enum sim_result sim_call_hang_up(struct sim *sim)
{
    const bool is_slow = sim->call.state != CALL_IDLE;

    sim->has_data_call = false;
    if ((sim->quirks & QUIRK_KEPT) && sim->call.state != CALL_IDLE && sim->kept < KEPT_HANG_UPS) {
        sim->kept++;
        return RESULT_OK;
    }
    sim_call_close(sim, "local", RESULT_NOTHING);
    return is_slow ? late_result(sim) : RESULT_OK;
}

/* `told` is what the modem says unasked: nothing when its own user ended the call. */
void sim_call_close(struct sim *sim, const char *cause, enum sim_result told)
{
    const struct carrier_rule *rule = sim->call.rule;

    if (!step(sim, CALL_CLOSED)) {
        return;
    }
    log_call(sim, "ended", cause);
    sim->call.due_us = SIM_NEVER;
    sim_result(sim, told);
    if (rule != NULL && rule->behaviour == CARRIER_CALL_BACK) {
        sim_schedule_incoming(sim, after_ms(sim, rule->answer_ms),
                              rule->other[0] != '\0' ? rule->other : sim->call.number);
    }
    waiting_comes_forward(sim);
}

static void reached(struct sim *sim)
{
    const struct carrier_rule *rule = sim->call.rule;

    if (rule->behaviour == CARRIER_BUSY) {
        sim_call_close(sim, "busy", RESULT_BUSY);
    } else if (rule->behaviour == CARRIER_UNREACHABLE) {
        sim_call_close(sim, "unreachable", RESULT_NO_CARRIER);
    } else {
        step(sim, CALL_REACHED);
        sim->call.due_us = after_ms(sim, rule->answer_ms);
    }
}

static void answered(struct sim *sim)
{
    const struct carrier_rule *rule = sim->call.rule;

    if (rule->behaviour == CARRIER_NO_ANSWER) {
        sim_call_close(sim, "no-answer", RESULT_NO_ANSWER);
        return;
    }
    step(sim, CALL_ANSWERED);
    sim->call.due_us = rule->hang_up_ms == 0 ? SIM_NEVER : after_ms(sim, rule->hang_up_ms);
    sim->has_data_call = (rule->quirks & QUIRK_DATA) != 0;
    if (rule->quirks & QUIRK_WAITING) {
        sim_schedule_incoming(sim, after_ms(sim, WAITS_AFTER_MS), rule->other);
    }
}

static void far_end_acts(struct sim *sim)
{
    switch (sim->call.state) {
    case CALL_DIALLING:
        reached(sim);
        return;
    case CALL_ALERTING:
        answered(sim);
        return;
    case CALL_ACTIVE:
        if (sim->call.rule->behaviour == CARRIER_DIE) {
            sim_call_close(sim, "reset", RESULT_NOTHING);
            sim_modem_reset(sim);
        } else {
            sim_call_close(sim, "remote", RESULT_NO_CARRIER);
        }
        return;
    case CALL_INCOMING:
        sim_call_close(sim, "missed", RESULT_NO_CARRIER);
        return;
    case CALL_IDLE:
    case CALL_STATES:
        return;
    }
}

void sim_schedule_incoming(struct sim *sim, uint64_t at_us, const char *number)
{
    sim->incoming_us = at_us;
    text_copy(sim->incoming_number, sizeof sim->incoming_number, number);
}

static void say_caller(struct sim *sim, const char *urc, const char *number, const char *end)
{
    struct text text = { 0 };

    text_put(&text, urc);
    text_put(&text, number);
    text_put(&text, number[0] == '\0' ? "\",128" : number[0] == '+' ? "\",145" : "\",129");
    text_put(&text, end);
    sim_say(sim, text.bytes);
}

static void copy_caller(struct call *call, const char *number)
{
    text_copy(call->number, sizeof call->number, text_is_equal(number, "-") ? "" : number);
}

/* TS 27.007 7.12: during a call another one waits. */
static void offer_waiting(struct sim *sim)
{
    sim->waiting = (struct call){ .is_incoming = true, .due_us = sim->now_us + RINGS_FOR_US };
    copy_caller(&sim->waiting, sim->incoming_number);
    (void)call_step(&sim->waiting, CALL_OFFERED);
    log_waiting(sim, " incoming", "");
    say_caller(sim, "+CCWA: \"", sim->waiting.number, ",1");
}

/* A phone that dials, rings or is switched off is busy for others: the call is never offered. */
static void offer_incoming(struct sim *sim)
{
    sim->incoming_us = SIM_NEVER;
    if (sim->call.state == CALL_ACTIVE && sim->waiting.state == CALL_IDLE) {
        offer_waiting(sim);
    }
    if (sim->call.state != CALL_IDLE || !sim->is_registered) {
        return;
    }
    sim->call = (struct call){ .is_incoming = true, .due_us = sim->now_us + RINGS_FOR_US };
    copy_caller(&sim->call, sim->incoming_number);
    step(sim, CALL_OFFERED);
    sim->ring_us = sim->now_us;
}

static void ring(struct sim *sim)
{
    if (sim->settings.cring) {
        sim_say(sim, "+CRING: VOICE");
    } else {
        sim_result(sim, RESULT_RING);
    }
    sim->ring_us = sim->now_us + RING_EVERY_US;
    if (sim->settings.clip) {
        say_caller(sim, "+CLIP: \"", sim->call.number, "");
    }
}

static bool is_due(const struct sim *sim, uint64_t at_us)
{
    return at_us != SIM_NEVER && sim->now_us >= at_us;
}

void sim_call_advance(struct sim *sim)
{
    if (is_due(sim, sim->incoming_us)) {
        offer_incoming(sim);
    }
    if (sim->call.state != CALL_IDLE && is_due(sim, sim->call.due_us)) {
        far_end_acts(sim);
    }
    if (sim->waiting.state == CALL_INCOMING && is_due(sim, sim->waiting.due_us)) {
        sim_call_refuse_waiting(sim, "missed");
    }
    if (sim->call.state == CALL_INCOMING && is_due(sim, sim->ring_us)) {
        ring(sim);
    }
}

uint64_t sim_call_deadline(const struct sim *sim)
{
    uint64_t at[] = {
        sim->incoming_us,
        sim->call.state == CALL_IDLE ? SIM_NEVER : sim->call.due_us,
        sim->call.state == CALL_INCOMING ? sim->ring_us : SIM_NEVER,
        sim->waiting.state == CALL_INCOMING ? sim->waiting.due_us : SIM_NEVER,
    };
    uint64_t first = SIM_NEVER;

    for (unsigned i = 0; i < sizeof at / sizeof at[0]; i++) {
        if (at[i] != SIM_NEVER && (first == SIM_NEVER || at[i] < first)) {
            first = at[i];
        }
    }
    return first;
}
