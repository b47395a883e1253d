/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The shipped components in one process: their own main.c, over a kernel of endpoints,
 * notifications and timers that is this file's, and a clock that only the test moves. One component
 * runs at a time, in a thread of its own for its stack's sake, until it waits.
 *
 * What a component's manifest gives it are numbers that say what they name.
 */
#pragma once

#include <stdbool.h>
#include <stdint.h>

#include "abi/types.h"

/* the most urgent first; each is one thread and its bound notification */
enum joined_task {
    TASK_DISPLAY = 0,
    TASK_AUDIT,
    TASK_DIALLER,
    TASK_PROMPT,
    TASK_MODEM,
    TASK_SIM,
    TASK_TEST,
    TASKS
};
enum joined_endpoint {
    ENDPOINT_DISPLAY = 0,
    ENDPOINT_AUDIT,
    ENDPOINT_DIALLER,
    ENDPOINT_MODEM,
    ENDPOINTS
};
enum joined_reply {
    REPLY_DISPLAY = 0,
    REPLY_DISPLAY_PROMPT,
    REPLY_AUDIT,
    REPLY_DIALLER,
    REPLY_MODEM,
    REPLIES
};

/* Above, which object; below, the badge of a call, the bits of a signal. */
#define JOINED_CAP(object, value) ((cap_index)(object) << 16 | (value))
#define JOINED_OBJECT(cap) ((cap) >> 16)
#define JOINED_VALUE(cap) ((cap) & 0xffffu)

/* Bits of the test's own notification. */
enum { TEST_SIGNAL_LEGACY = 1, TEST_SIGNAL_ROOT = 2, TEST_SIGNAL_INPUT = 4, TEST_SIGNAL_TIME = 8 };

/* The badge of the one VM: number 1 of epoch 1. */
enum { JOINED_VM_BADGE = 0x101 };

extern uint64_t joined_line[512], joined_wire_log[8192], joined_audit[8192], joined_input[512];
extern uint64_t joined_panel[480 * 800 / 2], joined_view[480 * 800 / 2];

/* ---- the components; each main.c is compiled in the file of its name ------------------------- */

void joined_display_main(unsigned thread);
void joined_audit_main(unsigned thread);
void joined_dialler_main(unsigned thread);
void joined_modem_main(unsigned thread);
void joined_sim_main(unsigned thread);

enum joined_place {
    PLACE_CONFIRM,
    PLACE_REFUSE,
    PLACE_HANG_UP,
    PLACE_ANSWER,
    PLACE_DECLINE,
    PLACE_CALL,
    PLACE_KEYPAD,
    PLACE_BAR,
    PLACE_SKIP,
    PLACE_CLOSE,
    PLACE_KEY
};
void joined_place(enum joined_place place, unsigned key, uint32_t *x_out, uint32_t *y_out);
/* "linux", "prompt", "call", "incoming" …, as the display has it. */
const char *joined_view_name(void);
bool joined_prompt_is_emergency(void);

void joined_guest_start(void);
/* Characters that a program in the guest writes to the tty, and what it has read since. */
void joined_guest_type(const char *text);
const char *joined_guest_heard(void);
void joined_guest_signalled(void);
void joined_guest_time(void); /* which it asked for */

/* ---- the kernel, for the test ---------------------------------------------------------------- */

/* All components from their beginning, at 1 s after power-on; once in a process. */
void joined_start(void);
void joined_run(uint64_t us);
uint64_t joined_now_us(void);
/* From now on every call of the dialler's to it fails, or no more. */
void joined_break(enum joined_endpoint endpoint, bool is_broken);
uint32_t joined_test_signals(void); /* since the last look */
