/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The dialler's endpoint, as a VMM sees it. The badge says who calls: the
 * virtual machine's number and its epoch (root gives a new one at each restart).
 * A request is answered at once; its outcome is signalled on the VMM's
 * notification and fetched by DIALLER_STATUS.
 */
#pragma once

#include "number.h"

enum { DIALLER_BADGE_VM_SHIFT = 0, DIALLER_BADGE_VM_MASK = 0xff, DIALLER_BADGE_EPOCH_SHIFT = 8 };

/* word 0 = operation, results: word 0 = enum dialler_answer, then as listed */
enum dialler_operation {
    DIALLER_DIAL = 1, /* 1 flags (enum dial_flags) 2..7 number */
    DIALLER_STATUS,   /*                 -> 1 reserved, 0 2 enum dial_state 3 enum dial_outcome
                                            4 direction (0 outgoing, 1 incoming) 5..10 number */
    DIALLER_HANG_UP,  /* end the caller's own call, or withdraw its request */
    DIALLER_ANSWER,   /* ask the user to answer an incoming call: only shows, never answers */
    DIALLER_TONE,     /* 1 symbol: DTMF in the caller's own confirmed call */
    DIALLER_REPORT,   /* 1 enum report_kind 2 address low 3 address high: for the audit log,
                         rate-limited by the dialler */
    DIALLER_CANCEL_ALL, /* the guest was reset: withdraw everything of this badge */
};

enum dialler_answer {
    DIALLER_ACCEPTED = 0,
    DIALLER_BUSY,      /* a request or a call is under way */
    DIALLER_REFUSED,   /* back-off after refusals, or blocked by the user */
    DIALLER_INVALID,   /* not a number, too long, no such operation */
};

enum dial_flags {
    DIAL_HIDE_NUMBER = 1 << 0,  /* CLIR invocation (#31#, or ATD…I) */
    DIAL_SHOW_NUMBER = 1 << 1,  /* CLIR suppression (*31#, or ATD…i) */
    DIAL_FLAGS_ALL = 3,
};

enum dial_state { /* as +CLCC tells it, TS 27.007 7.18 */
    DIAL_STATE_NONE = 0,
    DIAL_STATE_PROMPT,   /* shown to the user: +CLCC stat 2 */
    DIAL_STATE_DIALLING, /* confirmed and sent: stat 2 */
    DIAL_STATE_ALERTING, DIAL_STATE_ACTIVE, DIAL_STATE_INCOMING, /* stat 3, 0, 4 */
};

enum dial_outcome {
    DIAL_OUTCOME_NONE = 0,
    DIAL_OUTCOME_REFUSED,   /* by the user */
    DIAL_OUTCOME_TIMED_OUT, /* nobody answered the prompt */
    DIAL_OUTCOME_WITHDRAWN, /* by the requester, or it was reset */
    DIAL_OUTCOME_FAILED,    /* modem or network */
    DIAL_OUTCOME_BUSY,      /* the called party */
    DIAL_OUTCOME_ENDED,     /* after a conversation, or hung up */
};

enum report_kind { REPORT_MEMORY = 1, REPORT_HYPERCALL, REPORT_RESET, REPORT_KINDS };

/* Badge bits of the dialler's own bound notification. */
enum dialler_signal {
    DIALLER_SIGNAL_DISPLAY = 1 << 0, /* DISPLAY_TAKE_EVENT has something */
    DIALLER_SIGNAL_MODEM = 1 << 1,   /* MODEM_TAKE_EVENT has something */
    DIALLER_SIGNAL_PROMPT = 1 << 2,  /* the prompt thread has the user's decision */
    DIALLER_SIGNAL_TIMER = 1 << 3,
    DIALLER_SIGNAL_LEGACY = 1 << 4,  /* root: a VMM was restarted, its badge is void */
};
