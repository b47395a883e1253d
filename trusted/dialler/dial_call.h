/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The core of the dialler: its calls, and the only way in which one of them comes to be dialled. No
 * clock, no system call, no pointer to a function: one input in, a list of actions out.
 * dial_legacy.c, dial_user.c and dial_modem.c decide what their inputs mean and use what is
 * declared here.
 *
 * Invariants, which tests and proofs name:
 *  D1 A dial action leaves the machine only from dial_offer, for a call that dial_send took through
 *     an open
 *     confirmation whose number equals the call's, symbol by symbol.
 *  D2 A confirmation is opened by the display's decision that echoes the epoch and the number of
 *     the one open
 *     prompt, or by the trusted keypad's call key with a number that its panel shows. Nothing else
 *     opens one.
 *  D3 dial_send closes the confirmation and gives the call a token that no call had before: one
 *     confirmation, one
 *     token. The driver takes a token once. One that it did not take is offered again for an
 *     emergency call, and
 *     for no other; only the driver writes the dial command of an emergency again.
 *  D4 A dial action comes with the log entry `confirmed` and with the call's screen, and the shell
 *     carries those
 *     out first; an emergency waits for the screen alone. `sent` is logged when the driver says
 *     that it was.
 *  D5 At most one prompt is open, and none is opened before the display has answered the last one.
 *  D6 A prompt that was withdrawn can no longer be confirmed.
 *  D7 Nothing that a VM sends, and no other call, ends an emergency call: the user does, or the
 *     network.
 */
#pragma once

#include "audit.h"
#include "call_plan.h"
#include "modem.h"

enum { DIAL_CALLERS = 4, DIAL_LOG_MAX = 8, DIAL_NEVER = 0, DIAL_SECOND_US = 1000000 };

/*
 *        REQUEST         CONFIRMED       TAKEN          ALERTING          ACTIVE
 *   IDLE --------> PROMPT ----------> SENT ------> DIALLING --------> ALERTING --------> ACTIVE
 *    |   RINGING                                      |      ACTIVE                       ^  ^
 *    |                                                +-----------------------------------+  |
 *    |                                                       ACTIVE                          |
 *    +-----------> INCOMING -----------------------------------------------------------------+
 *
 *   HANG_UP takes every call to ENDING; OVER takes everything to IDLE. CONFIRMED is the only
 *   way to SENT: no call without the user. On the keypad the shown number is the prompt, and
 *   the call key confirms it.
 *   A request may stand beside a call that is ACTIVE (and somebody else's): two records, one table.
 *   Confirmed, it ends that call first. An emergency stands beside any call and goes out at once:
 *   the driver ends
 *   what is in its way, and the record of that becomes the second one until its end is reported.
 *   The second record
 *   also holds a call that comes in while another is up.
 */
enum dial_phase {
    PHASE_IDLE = 0,
    PHASE_PROMPT,
    PHASE_SENT,
    PHASE_DIALLING,
    PHASE_ALERTING,
    PHASE_ACTIVE,
    PHASE_INCOMING,
    PHASE_ENDING,
    PHASES
};
enum dial_transition {
    STEP_REQUEST = 0,
    STEP_CONFIRMED,
    STEP_TAKEN,
    STEP_ALERTING,
    STEP_ACTIVE,
    STEP_RINGING,
    STEP_HANG_UP,
    STEP_OVER,
    STEPS_COUNT
};
/* PHASE_IDLE: nothing happens. OVER needs no cell: it leads to IDLE from everywhere. */
extern const enum dial_phase dial_phase_next[PHASES][STEPS_COUNT];

/* What the shell does. */
struct dial_actions {
    uint32_t log_count;
    struct audit_entry log[DIAL_LOG_MAX];
    uint64_t cancel_epoch; /* of the prompt to cancel, or 0 */
    bool show_call;        /* as dial_view has it, with these flags added */
    uint32_t call_flags;
    struct outcome_view outcome; /* these three: operation = 0, nothing to tell */
    struct price_view price;
    struct refusal_view refusal;
    struct modem_request command; /* operation = 0: none */
    bool open_prompt;             /* the machine's `request` says what is in it */
    bool signal_legacy, restart_legacy;
    struct dialler_reply reply; /* to DIAL_INPUT_LEGACY */
};

/* The more often a guest's requests come to nothing, the longer it must wait for the next. */
struct dial_back_off {
    uint32_t failures;
    uint64_t until_us;
};

struct dial_caller {
    uint32_t badge;                   /* 0 = none yet */
    uint32_t outcome;                 /* of its last accepted request */
    struct number failed;             /* the last number that was not called */
    struct dial_back_off back_off[2]; /* of ordinary requests, of emergencies */
};

/* a request, or the call that became of it */
struct dial_call {
    enum dial_phase phase;
    enum call_origin origin;
    struct dial_caller
        *owner; /* the VM that asked, as long as it lives; NULL = the user, the network */
    struct call_plan plan;
    uint64_t epoch;    /* of its prompt, or of its ringing: no other's; 0 = from the keypad */
    uint32_t token;    /* of its dial command, or what the driver calls the incoming call */
    uint32_t flags;    /* enum call_flag */
    uint32_t tries;    /* how often its dial command was on the line */
    uint32_t logged;   /* tries */
    bool is_shown;     /* the prompt stood on the panel, and the log says so */
    bool is_untaken;   /* an emergency that the driver did not take: it is offered again */
    uint64_t limit_us; /* when this phase has lasted too long, or DIAL_NEVER */
    uint64_t active_since_us;
};

/* Entries that somebody outside can cause at will: one of each kind a second. */
enum dial_limit { LIMIT_REJECTED = 0, LIMIT_VIOLATION, LIMIT_ORPHAN, LIMITS };
struct dial_limiter {
    uint64_t next_us;
    struct audit_entry held; /* repeats = 0: nothing held back */
};

struct dial_machine {
    struct dial_call request; /* IDLE or PROMPT */
    struct dial_call call;    /* the call on the panel; never PROMPT */
    struct dial_call second;  /* waits (INCOMING), or made way for an emergency (ENDING) */
    /* What the user said yes to: the number, and the call that waits for the end of another. */
    struct {
        bool is_open;
        struct number number;
        struct dial_call call;
    } confirmation;
    struct {
        uint32_t serial;
        struct number number;
    } priced;           /* what the keypad shows a price for */
    bool prompt_is_out; /* the display has not answered yet */
    bool prompt_waits;  /* … and the request is to be opened when it has */
    bool legacy_is_blocked;
    enum call_sim sim;
    uint64_t last_epoch;
    uint32_t last_token;
    uint64_t now_us;
    uint64_t rescuers_until_us; /* who calls until then may be the rescuers */
    uint64_t front_next_us;     /* before, no VM brings an incoming call's page back again */
    struct dial_limiter limiters[LIMITS];
    struct dial_caller callers[DIAL_CALLERS];
};

bool dial_take_step(struct dial_machine *m, struct dial_call *call, enum dial_transition step);
/* As the call screen shows it: a call that is being hung up is still there. */
enum dial_state dial_call_state(const struct dial_call *call);
struct call_view dial_view(const struct dial_machine *m, uint32_t more_flags);
struct shown_number dial_shown_number(const struct call_plan *plan);
void dial_show_call(struct dial_actions *out);
/* The user is told why it is not done: the keypad's number of this serial, or, with 0, anything
 * else. */
void dial_refuse(uint32_t serial, enum dial_reason reason, struct dial_actions *out);

void dial_log(const struct dial_call *call, struct dial_actions *out, enum audit_kind kind,
              uint32_t detail);
void dial_log_shown(struct dial_call *call, struct dial_actions *out);
/* The tries that the log does not say yet. */
void dial_log_sent(struct dial_call *call, struct dial_actions *out);
/* Nothing came of it, and no event of the modem's says so. */
void dial_log_failed(struct dial_call *call, struct dial_actions *out, enum dial_outcome outcome,
                     enum dial_reason reason);
void dial_log_limited(struct dial_machine *m, enum dial_limit limit, const struct audit_entry *e,
                      struct dial_actions *out);
void dial_flush(struct dial_machine *m, enum dial_limit limit, struct dial_actions *out);

/* Why a request came to nothing: a guest that takes requests back, or whose user says no, waits
 * longer each time. */
enum dial_fault { FAULT_OF_GUEST = 0, FAULT_OF_NOBODY };
/* D5. Opens the prompt of `request`, or lets it wait for the display's answer to the last one. */
void dial_open_prompt(struct dial_machine *m, struct dial_actions *out);
void dial_close_request(struct dial_machine *m, enum dial_outcome outcome, enum dial_fault fault,
                        struct dial_actions *out);
void dial_withdraw(struct dial_machine *m, enum dial_fault fault, struct dial_actions *out);

/* D2. The user has said yes to `shown`, on the display or on the keypad. */
void dial_confirmed(struct dial_machine *m, const struct dial_call *call,
                    const struct number *shown, struct dial_actions *out);
void dial_forget_confirmed(struct dial_machine *m, struct dial_actions *out);
/* D3. The call is SENT and untaken: the driver hears of it again. */
void dial_offer_again(struct dial_machine *m, struct dial_actions *out);

/* False: there is no call to send that tone in. */
bool dial_tone(const struct dial_machine *m, uint32_t symbol, struct dial_actions *out);
/* The call that rings, or NULL; one that waits goes before. */
struct dial_call *dial_ringing(struct dial_machine *m);
/* Declines a call that rings. */
void dial_hang_up(struct dial_machine *m, struct dial_call *call, struct dial_actions *out);
void dial_close(struct dial_machine *m, struct dial_call *call, enum dial_outcome outcome,
                enum dial_reason reason, struct dial_actions *out);
