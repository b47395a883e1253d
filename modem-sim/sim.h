/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The modem and its carrier: bytes in, bytes out, and one deadline. No clock,
 * no I/O, no memory but this structure: the component, the host program and the
 * tests all drive it the same way.
 *
 * It plays the hostile outside world as well: it believes whatever it is told to
 * dial, and some numbers make it misbehave (carrier.c).
 */
#pragma once

#include "at_line.h"
#include "call.h"
#include "wire_log.h"

enum { SIM_OUTPUT_BYTES = 4096, SIM_NEVER = 0 };
enum sim_result {
    RESULT_OK = 0,
    RESULT_RING = 2,
    RESULT_NO_CARRIER = 3,
    RESULT_ERROR = 4,
    RESULT_BUSY = 7,
    RESULT_NO_ANSWER = 8,
    RESULT_NOT_ALLOWED = 100, /* +CME ERROR: 3 where +CMEE allows it */
    RESULT_NOTHING = 101,     /* the modem stays silent */
    RESULT_FIXED = 102,       /* the answer stands in replies.c */
    RESULT_NO_SIM = 103,      /* +CME ERROR: 10 likewise */
};

struct sim_settings {
    bool echo, verbose, quiet, clip, cring;
    uint8_t cmee, creg, cgreg, cereg, operator_format, hide_number, functionality;
    char charset[8];
};

struct sim {
    struct at_line line;
    struct sim_settings settings;
    bool is_registered;
    uint64_t register_us; /* when registration completes; SIM_NEVER = it is off, or done */
    struct call call;
    bool is_dialling;      /* a dial command is being carried out: the next character ends it */
    uint64_t abortable_us; /* from then on */
    struct call waiting;   /* beside an active call */
    uint32_t quirks;       /* enum carrier_quirk */
    char other[CARRIER_NUMBER_BYTES];
    bool has_data_call;   /* of the modem's own */
    unsigned kept;        /* hang-ups that were only said */
    enum sim_result late; /* what is still to be answered, */
    uint64_t late_us;     /* and when; SIM_NEVER = nothing */
    uint64_t mute_until_us;
    uint64_t ring_us;     /* next RING of an incoming call */
    uint64_t incoming_us; /* when somebody calls us next; SIM_NEVER = nobody */
    char incoming_number[CARRIER_NUMBER_BYTES];
    const struct carrier *carrier;
    struct wire_log_region *log;
    uint64_t now_us;
    size_t output_length;
    uint8_t output[SIM_OUTPUT_BYTES];
};

/* ---- for whoever drives it ------------------------------------------------------------------- */
void sim_start(struct sim *sim, const struct carrier *carrier, struct wire_log_region *log,
               uint64_t now_us);
void sim_receive(struct sim *sim, uint64_t now_us, const uint8_t *bytes, size_t count);
void sim_advance(struct sim *sim, uint64_t now_us);
uint64_t sim_deadline(const struct sim *sim); /* SIM_NEVER: only input wakes it */
void sim_output_drop(struct sim *sim, size_t count);
void sim_schedule_incoming(struct sim *sim, uint64_t at_us, const char *number);

/* ---- between its own files ------------------------------------------------------------------- */
void sim_say(struct sim *sim, const char *text);          /* information text or URC */
void sim_result(struct sim *sim, enum sim_result result); /* final result code */
void sim_reset_settings(struct sim *sim);
void sim_registration_changed(struct sim *sim);
enum sim_result sim_command_line(struct sim *sim); /* runs line.text */

enum sim_result sim_call_dial(struct sim *sim, const char *number);
enum sim_result sim_call_answer(struct sim *sim);
void sim_call_close(struct sim *sim, const char *cause, enum sim_result told);
enum sim_result sim_call_hang_up(struct sim *sim);
void sim_call_refuse_waiting(struct sim *sim, const char *cause);
enum sim_result sim_call_take_waiting(struct sim *sim);
bool sim_number_is_emergency(const char *number);
void sim_list_calls(struct sim *sim); /* +CLCC */
void sim_call_advance(struct sim *sim);
uint64_t sim_call_deadline(const struct sim *sim);
void sim_modem_reset(struct sim *sim);
