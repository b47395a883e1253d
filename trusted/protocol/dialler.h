/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The dialler's endpoint, as a VMM sees it. The badge says who calls: the
 * virtual machine's number and its epoch (root gives a new one at each restart).
 * A request is answered at once; its outcome is signalled on the VMM's
 * notification and fetched by DIALLER_STATUS.
 */
#pragma once

#include "message.h"
#include "number.h"

enum { DIALLER_BADGE_VM_SHIFT = 0, DIALLER_BADGE_VM_MASK = 0xff, DIALLER_BADGE_EPOCH_SHIFT = 8 };

enum dialler_operation {
    DIALLER_DIAL = 1, /* value = flags (enum dial_flags), number */
    DIALLER_STATUS,
    DIALLER_HANG_UP, /* end the caller's own call, withdraw its request, or decline what rings */
    DIALLER_ANSWER,  /* ask the user to answer an incoming call: brings its page back, never answers
                      */
    DIALLER_TONE,    /* value = symbol: DTMF in the caller's own confirmed call */
    DIALLER_REPORT,  /* value = enum report_kind, address: for the audit log, rate-limited by the
                        dialler */
    DIALLER_CANCEL_ALL, /* the guest was reset: withdraw everything of this badge */
};

enum dialler_answer {
    DIALLER_ACCEPTED = 0,
    DIALLER_BUSY,    /* a request or a call is under way */
    DIALLER_REFUSED, /* back-off after refusals, or blocked by the user */
    DIALLER_INVALID, /* not a number, too long, no such operation */
};
enum { DIALLER_ANSWERS = DIALLER_INVALID + 1 };

enum dial_flags {
    DIAL_HIDE_NUMBER = 1 << 0, /* CLIR invocation (#31#, or ATD…I) */
    DIAL_SHOW_NUMBER = 1 << 1, /* CLIR suppression (*31#, or ATD…i) */
    DIAL_FLAGS_ALL = 3,
};

/* as +CLCC tells it, TS 27.007 7.18 */
enum dial_state {
    DIAL_STATE_NONE = 0,
    DIAL_STATE_PROMPT,   /* shown to the user: +CLCC stat 2 */
    DIAL_STATE_DIALLING, /* confirmed and sent: stat 2 */
    DIAL_STATE_ALERTING,
    DIAL_STATE_ACTIVE,
    DIAL_STATE_INCOMING, /* stat 3, 0, 4 */
};
enum { DIAL_STATES = DIAL_STATE_INCOMING + 1 };

enum dial_outcome {
    DIAL_OUTCOME_NONE = 0,
    DIAL_OUTCOME_REFUSED,   /* by the user */
    DIAL_OUTCOME_TIMED_OUT, /* nobody answered the prompt */
    DIAL_OUTCOME_WITHDRAWN, /* by the requester, or it was reset */
    DIAL_OUTCOME_FAILED,    /* modem or network */
    DIAL_OUTCOME_BUSY,      /* the called party */
    DIAL_OUTCOME_ENDED,     /* after a conversation, or hung up */
    DIAL_OUTCOME_MISSED,    /* incoming: nobody answered it */
    DIAL_OUTCOME_DECLINED,  /* incoming: by the user, or by Linux */
};
enum { DIAL_OUTCOMES = DIAL_OUTCOME_DECLINED + 1 };

/* Why something that was asked for was not done, or why a call ended, as a person is told it: each
 * has a sentence. */
enum dial_reason {
    REASON_NONE = 0,
    REASON_CALL_UP,      /* not now: a call is up */
    REASON_RINGING,      /* not now: a call is coming in */
    REASON_ASKING,       /* not now: a question is open */
    REASON_NOT_A_NUMBER, /* a code that cannot be dialled: *100#, *#06# */
    REASON_TOO_SHORT,
    REASON_TOO_LONG,   /* 20 digits at most */
    REASON_NO_MODEM,   /* not ready yet, or lost */
    REASON_NO_LOG,     /* nothing is dialled that cannot be recorded */
    REASON_NOT_PRICED, /* its price has not been shown yet */
    REASON_MISMATCH,   /* the modem dialled another number */
    REASON_TIMEOUT,    /* the modem did not answer */
    REASON_NETWORK,    /* the network refused */
    REASON_NO_CALL,    /* an answer or a tone: that call is over, or nobody has answered it yet */
    REASON_TOO_FAST,   /* the driver keeps 32 tones at most */
};
enum { REASONS = REASON_TOO_FAST + 1 };

enum report_kind {
    REPORT_MEMORY = 1,
    REPORT_HYPERCALL,
    REPORT_RESET,
    REPORT_COMMAND, /* the virtual modem refused it by itself; address = enum report_command */
    REPORT_KINDS
};
enum report_command {
    REPORT_COMMAND_OTHER = 0,
    REPORT_COMMAND_DIVERT,
    REPORT_COMMAND_CODE,
    REPORT_COMMAND_SMS,
    REPORT_COMMAND_DATA,
    REPORT_COMMAND_SIM,
    REPORT_COMMANDS
};

struct dialler_request {
    uint32_t operation; /* enum dialler_operation */
    uint32_t value;
    struct wide address;
    struct number number;
};

struct dialler_reply {
    uint32_t answer; /* enum dialler_answer */
    uint32_t
        id; /* of the call that state and number are about: another one, another id; 0 = none yet */
    uint32_t state;   /* enum dial_state */
    uint32_t outcome; /* enum dial_outcome, of the last call that is over */
    uint32_t is_incoming;
    struct number number; /* all zero: withheld, or not usable */
};

/* A request is whatever was sent, what was not sent is zero: the dialler answers the rest. */
void dialler_request_take(struct dialler_request *out, const abi_word *words, uint32_t sent);
/* False: not an answer of a dialler. */
bool dialler_reply_take(struct dialler_reply *out, const abi_word *words, uint32_t sent);

/* Badge bits of the dialler's own bound notification. */
enum dialler_signal {
    DIALLER_SIGNAL_DISPLAY = 1 << 0, /* DISPLAY_TAKE_EVENT has something */
    DIALLER_SIGNAL_MODEM = 1 << 1,   /* MODEM_TAKE_EVENT has something */
    DIALLER_SIGNAL_PROMPT = 1 << 2,  /* the prompt thread has the user's decision */
    DIALLER_SIGNAL_TIMER = 1 << 3,
    DIALLER_SIGNAL_LEGACY = 1 << 4, /* root: a VMM was restarted, its badge is void */
};
