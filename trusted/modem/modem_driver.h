/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The modem driver as a pure machine: typed requests and the modem's bytes in,
 * command text and typed events out.
 *
 * Invariants:
 *  M1 A dial command is written once for each accepted MODEM_DIAL and never
 *     again: not after a time-out, an error, a restart of the modem.
 *  M2 One command is in flight at a time; the next waits for its final result
 *     code or its time-out.
 *  M3 What is written is made here, of symbols; no byte of a request or of the
 *     modem is ever sent.
 *  M4 A call of the modem's own that +CLCC tells of must be the dialled one, of
 *     the dialled number, or it is hung up: at any time, asked at least once a minute.
 */
#pragma once

#include "at.h"

enum { MODEM_EVENTS = 16, MODEM_NEVER = 0 };

/*
 *          QUEUE          WRITE         ACCEPT            ALERT            ANSWER
 *   NONE ---------> QUEUED -----> SENT --------> DIALLING ------> ALERTING ------> ACTIVE
 *    |                                               |  ANSWER                       ^ ^
 *    | OFFER                                         +-------------------------------+ |
 *    +------------> INCOMING ------------------------ ANSWER --------------------------+
 *   GONE takes every one of them to NONE. QUEUED is left for SENT once; no arrow comes back.
 */
enum call_phase {
    CALL_NONE = 0, CALL_QUEUED, CALL_SENT, CALL_DIALLING, CALL_ALERTING,
    CALL_ACTIVE, CALL_INCOMING, CALL_PHASES
};
enum call_step {
    CALL_QUEUE = 0, CALL_WRITE, CALL_ACCEPT, CALL_ALERT, CALL_ANSWER,
    CALL_OFFER, CALL_GONE, CALL_STEPS
};
/* CALL_PHASES: the step does not fit. */
extern const enum call_phase call_phase_next[CALL_PHASES][CALL_STEPS];

/* Commands that wait, most urgent first: a set, so there is never more than one of a kind. */
enum modem_command {
    COMMAND_NONE = 0, COMMAND_INIT, COMMAND_HANG_UP, COMMAND_DIAL, COMMAND_ANSWER, COMMAND_TONE, COMMAND_LIST, COMMANDS
};

struct modem_driver {
    /* the line */
    struct at_reader reader;
    struct at_text output;          /* not yet in the ring */
    enum modem_command in_flight;
    uint32_t wanted;                /* bit of each waiting command */
    uint32_t init_step;
    uint32_t timeouts;              /* in a row */
    bool is_up;                     /* the init sequence went through */
    uint64_t answer_by_us;          /* of the command in flight */
    uint64_t poll_at_us;            /* the next look at the modem's calls; also shows that it lives */
    uint64_t now_us;
    /* the call */
    enum call_phase phase;
    uint32_t token, last_token;     /* 0: the call is not one that we dialled */
    uint32_t flags;
    struct number number;
    bool is_announced;              /* the dialler knows of the incoming call */
    uint32_t listed, absent;        /* calls in this +CLCC; lists in a row without ours */
    uint32_t tone;
    /* for the dialler */
    uint32_t first_event, event_count;
    struct modem_notice events[MODEM_EVENTS];
};

void modem_driver_start(struct modem_driver *d, uint64_t now_us);
enum modem_answer modem_driver_request(struct modem_driver *d, uint64_t now_us, const struct modem_request *request);
void modem_driver_receive(struct modem_driver *d, uint64_t now_us, const uint8_t *bytes, uint32_t count);
void modem_driver_advance(struct modem_driver *d, uint64_t now_us);
uint64_t modem_driver_deadline(const struct modem_driver *d);
void modem_driver_output_taken(struct modem_driver *d, uint32_t count);
bool modem_driver_take_event(struct modem_driver *d, struct modem_notice *notice_out);
