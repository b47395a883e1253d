/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The dialler's decisions, without a clock, a system call or a pointer to a
 * function: one input in, a list of actions out.
 *
 * Invariants, which tests and proofs name:
 *  D1 A dial action leaves the machine only from dial_send, and only while a
 *     confirmation is open whose number equals the call's, symbol by symbol.
 *  D2 A confirmation is opened by the display's decision that echoes the epoch
 *     and the number of the one open prompt, or by the trusted keypad's call key
 *     with a number that its panel shows. Nothing else opens one.
 *  D3 dial_send closes the confirmation: one confirmation, at most one dial.
 *  D4 Every dial action comes with the log entries `confirmed` and `sent` and
 *     with the call screen, and the shell carries those out first.
 *  D5 At most one prompt is open, and none is opened before the display has
 *     answered the last one.
 *  D6 A prompt that was withdrawn can no longer be confirmed.
 */
#pragma once

#include "audit.h"
#include "call_plan.h"
#include "modem.h"

enum { DIAL_CALLERS = 4, DIAL_LOG_MAX = 8, DIAL_NEVER = 0 };

/*
 *          REQUEST            CONFIRMED           TAKEN              ALERTING             ACTIVE
 *   IDLE ----------> PROMPT -------------> SENT --------> DIALLING -----------> ALERTING ----------> ACTIVE
 *    |     RINGING                                            |       ACTIVE                           ^ ^
 *    +----------------> INCOMING --+                          +----------------------------------------+ |
 *                                  |                            ACTIVE                                   |
 *                                  +---------------------------------------------------------------------+
 *   HANG_UP takes every call to ENDING; OVER takes everything to IDLE. CONFIRMED is the only way to SENT:
 *   no call without the user. On the keypad the shown number is the prompt, and the call key confirms it.
 *   A request may stand beside a call that is ACTIVE (and somebody else's): two records, one table.
 *   Confirmed, it ends that call first.
 */
enum dial_phase {
    PHASE_IDLE = 0, PHASE_PROMPT, PHASE_SENT, PHASE_DIALLING, PHASE_ALERTING, PHASE_ACTIVE, PHASE_INCOMING,
    PHASE_ENDING, PHASES
};
enum dial_transition {
    STEP_REQUEST = 0, STEP_CONFIRMED, STEP_TAKEN, STEP_ALERTING, STEP_ACTIVE, STEP_RINGING, STEP_HANG_UP, STEP_OVER,
    STEPS_COUNT
};
/* PHASES: the step does not fit the phase. */
extern const enum dial_phase dial_phase_next[PHASES][STEPS_COUNT];

enum dial_input_kind {
    DIAL_INPUT_START = 0,
    DIAL_INPUT_LEGACY,        /* a VMM's message: operation, badge, number, value */
    DIAL_INPUT_DECISION,      /* the prompt thread is back: value, epoch, number */
    DIAL_INPUT_USER,          /* operation = enum display_event, value, number */
    DIAL_INPUT_MODEM,         /* operation = enum modem_event, token, value = cause, number */
    DIAL_INPUT_NOT_TAKEN,     /* the modem driver refused the dial action at once */
    DIAL_INPUT_LEGACY_RESTART,
    DIAL_INPUT_TIMER,
    DIAL_INPUTS
};

struct dial_input {
    enum dial_input_kind kind;
    uint64_t now_us;
    uint32_t badge;
    uint32_t operation;
    uint32_t value; /* flags, symbol, serial, decision, cause or kind of report */
    uint32_t token, taken; /* with MODEM, as in struct modem_notice */
    uint64_t epoch;
    struct number number;
};

/* What the shell does, in this order. */
struct dial_actions {
    uint32_t log_count;
    struct audit_entry log[DIAL_LOG_MAX];
    uint64_t cancel_epoch;            /* of the prompt to cancel, or 0 */
    bool show_call, show_price;
    uint32_t serial;                  /* with show_price; its tariff is in `price` */
    struct call_plan price;
    uint32_t outcome, outcome_origin; /* enum dial_outcome, or 0: nothing to show */
    struct number outcome_number;
    uint32_t command;                 /* enum modem_operation, or 0 */
    uint32_t token;                   /* of the call that the command is about */
    uint32_t value;                   /* MODEM_DIAL's flags, or the tone's symbol */
    struct number number;             /* with MODEM_DIAL */
    bool open_prompt;                 /* the machine's `request` says what is in it */
    bool signal_legacy, restart_legacy;
    struct dialler_reply reply;       /* to DIAL_INPUT_LEGACY */
};

/* The more often a guest's requests come to nothing, the longer it must wait for the next. */
struct dial_back_off {
    uint32_t failures;
    uint64_t until_us;
};

struct dial_caller {
    uint32_t badge;       /* 0 = none yet */
    uint32_t outcome;     /* of its last accepted request */
    struct number failed; /* the last number that was not called */
    struct dial_back_off back_off[2]; /* of ordinary requests, of emergencies */
};

struct dial_call { /* a request, or the call that became of it */
    enum dial_phase phase;
    enum call_origin origin;
    struct dial_caller *owner; /* the VM that asked, as long as it lives; NULL = the user, the network */
    struct call_plan plan;
    uint64_t epoch;            /* of its prompt */
    uint32_t token;            /* of its dial command; 0 = incoming */
    uint64_t limit_us;         /* when this phase has lasted too long, or DIAL_NEVER */
    uint64_t active_since_us;
};

/* Entries that a guest can cause at will: one of each kind a second. */
enum dial_limit { LIMIT_REJECTED = 0, LIMIT_VIOLATION, LIMITS };
struct dial_limiter {
    uint64_t next_us;
    struct audit_entry held; /* repeats = 0: nothing held back */
};

struct dial_machine {
    struct dial_call request; /* IDLE or PROMPT */
    struct dial_call call;    /* the one call there is; never PROMPT */
    /* What the user said yes to: the number, and the call that waits for the end of another. */
    struct { bool is_open; struct number number; struct dial_call call; } confirmation;
    struct { uint32_t serial; struct number number; } priced; /* what the keypad shows a price for */
    bool prompt_is_out;     /* the display has not answered yet */
    bool legacy_is_blocked;
    uint64_t last_epoch;
    uint32_t last_token;
    uint64_t now_us;
    struct dial_limiter limiters[LIMITS];
    struct dial_caller callers[DIAL_CALLERS];
};

void dial_step(struct dial_machine *m, const struct dial_input *in, struct dial_actions *out);
/* When DIAL_INPUT_TIMER is wanted; DIAL_NEVER = not at all. */
uint64_t dial_deadline(const struct dial_machine *m);
/* As the call screen shows it: a call that is being hung up is still there. */
enum dial_state dial_call_state(const struct dial_call *call);

/* Between dial_machine.c and dial_legacy.c. Why a request came to nothing: a guest that takes requests
 * back, or whose user says no, waits longer each time. */
enum dial_fault { FAULT_OF_GUEST = 0, FAULT_OF_NOBODY };
void dial_log(const struct dial_call *call, struct dial_actions *out, enum audit_kind kind, uint32_t detail);
void dial_log_limited(struct dial_machine *m, enum dial_limit limit, const struct audit_entry *e,
                      struct dial_actions *out);
bool dial_take_step(struct dial_machine *m, struct dial_call *call, enum dial_transition step);
void dial_withdraw(struct dial_machine *m, enum dial_fault fault, struct dial_actions *out);
void dial_hang_up(struct dial_machine *m, struct dial_actions *out);
void dial_forget_confirmed(struct dial_machine *m, struct dial_actions *out);
void dial_confirmed(struct dial_machine *m, const struct dial_call *call, const struct number *shown,
                    struct dial_actions *out);
void dial_legacy(struct dial_machine *m, const struct dial_input *in, struct dial_actions *out);
void dial_legacy_restarted(struct dial_machine *m, struct dial_actions *out);
void dial_legacy_failed(struct dial_machine *m, enum dial_fault fault);
