/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The modem driver as a pure machine: typed requests and the modem's bytes in,
 * command text and typed events out.
 *
 * Invariants:
 *  M1 A dial command is written once for each accepted MODEM_DIAL and never
 *     again: not after a time-out, an error, a restart of the modem. Only an
 *     emergency call is dialled until the modem has taken it or it is hung up.
 *  M2 One command is in flight at a time; the next waits for its final result
 *     code or its time-out.
 *  M3 What is written is made here, of symbols; no byte of a request or of the
 *     modem is ever sent.
 *  M4 A call of the modem's own that +CLCC tells of must be the dialled one, of
 *     the dialled number, or it is hung up: at any time, asked at least once a minute.
 *  M5 A call is over when the modem said so or its list, asked for after a
 *     hang-up, is empty. A line of the list that cannot be read hides a call.
 *  M6 An emergency call is ended by the person, the network or a restart of the
 *     modem; never by what a list or a silence seems to say.
 */
#pragma once

#include "at.h"

enum { MODEM_EVENTS = 16, MODEM_TONES = 32, MODEM_NEVER = 0 };

/*
 *          QUEUE          WRITE         ACCEPT            ALERT            ANSWER
 *   NONE ---------> QUEUED -----> SENT --------> DIALLING ------> ALERTING ------> ACTIVE
 *    |                 ^           | RETRY         | |  ANSWER                       ^ ^
 *    |                 +-----------+---------------+ +-------------------------------+ |
 *    | OFFER                                                                           |
 *    +------------> INCOMING ------------------------ ANSWER --------------------------+
 *   HANG takes SENT, DIALLING, ALERTING and ACTIVE to ENDING; GONE takes every one of them to NONE.
 *   QUEUED is left for SENT once; only an emergency call has the arrows that come back (M1).
 */
enum call_phase {
    CALL_NONE = 0,
    CALL_QUEUED,
    CALL_SENT,
    CALL_DIALLING,
    CALL_ALERTING,
    CALL_ACTIVE,
    CALL_INCOMING,
    CALL_ENDING,
    CALL_PHASES
};
enum call_step {
    CALL_QUEUE = 0,
    CALL_WRITE,
    CALL_ACCEPT,
    CALL_ALERT,
    CALL_ANSWER,
    CALL_OFFER,
    CALL_RETRY,
    CALL_HANG,
    CALL_GONE,
    CALL_STEPS
};
/* CALL_NONE: it does not fit. GONE needs no cell: it leads there from everywhere. */
extern const enum call_phase call_next_phase[CALL_PHASES][CALL_STEPS];

/* Commands that wait, most urgent first: a set, so there is never more than one of a kind. */
enum modem_command {
    COMMAND_NONE = 0,
    COMMAND_INIT,
    COMMAND_HANG_UP,
    COMMAND_DIAL,
    COMMAND_ANSWER,
    COMMAND_DECLINE,
    COMMAND_TONE,
    COMMAND_LIST,
    COMMANDS
};

struct modem_call {
    enum call_phase phase;
    uint32_t token;
    uint32_t clir; /* enum dial_flags */
    struct number number;
    bool is_emergency;
    bool is_told;     /* the dialler knows: of the incoming call; that an emergency call is listed
                         otherwise */
    bool is_answered; /* incoming: the person said so */
    bool is_doubtful; /* an emergency call that was dialled into silence and has not been listed yet
                       */
    uint32_t tries;   /* dial commands that reached the line */
    uint32_t absent;  /* lists in a row without it */
    uint64_t tell_by_us; /* incoming: the dialler hears of it then, whatever is known of it */
};

/* of the lines of one +CLCC */
struct call_tally {
    uint32_t ours, foreign, unreadable, ringing;
    uint32_t state;    /* of ours */
    bool differs;      /* ours has another number */
    bool is_picked_up; /* the call that rang is listed as answered */
};

struct modem_driver {
    /* the line */
    struct at_reader reader;
    struct at_text output; /* not yet in the ring */
    bool is_dial_unsent;   /* some of it belongs to a dial command */
    enum modem_command in_flight;
    uint32_t wanted; /* bit of each waiting command */
    uint32_t init_step;
    uint32_t timeouts; /* in a row */
    bool is_up;        /* the init sequence went through */
    bool has_sim;
    uint64_t sent_at_us, answer_by_us; /* of the command in flight */
    uint64_t abort_at_us;              /* when it is given up; MODEM_NEVER: it is not */
    bool is_aborted;
    uint64_t
        listed_at_us; /* the last look at the modem's calls; the next also shows that it lives */
    uint64_t now_us;
    /* the calls */
    struct modem_call up, ringing;
    uint32_t last_token, last_incoming;
    struct call_tally tally;
    uint32_t suspicious;    /* lists in a row with a line that could not be read */
    bool must_clear;        /* the modem may still have a call that is over for us */
    uint32_t hang_ups;      /* in vain, in a row */
    uint64_t hang_up_at_us; /* not again before */
    bool is_end_told;       /* the modem said that a call ended: the list tells which */
    enum modem_cause end_cause;
    bool must_list;       /* an emergency call: is it up in spite of all? */
    uint64_t retry_at_us; /* an emergency call: not again before */
    uint32_t first_tone, tone_count;
    uint8_t tones[MODEM_TONES];
    /* for the dialler */
    uint32_t first_event, event_count;
    struct modem_notice events[MODEM_EVENTS];
};

void modem_driver_start(struct modem_driver *d, uint64_t now_us);
enum modem_answer modem_driver_request(struct modem_driver *d, uint64_t now_us,
                                       const struct modem_request *request);
void modem_driver_receive(struct modem_driver *d, uint64_t now_us, const uint8_t *bytes,
                          uint32_t count);
void modem_driver_advance(struct modem_driver *d, uint64_t now_us);
uint64_t modem_driver_deadline(const struct modem_driver *d);
/* All of the output is on the line. It goes there whole, or waits. */
void modem_driver_output_taken(struct modem_driver *d);
bool modem_driver_take_event(struct modem_driver *d, struct modem_notice *notice_out);
