/* SPDX-License-Identifier: BSD-2-Clause */
/* A dialler for tests: remembers what was asked, answers what the test tells it to, and is in all
 * that dialler_cases_test.c asks for as the real one is. */
#pragma once

#include <stdbool.h>

#include "dialler_port.h"

enum { FAKE_TONES = 32 };

struct fake_dialler {
    enum dialler_answer answer; /* to the next dial requests */
    struct dialler_reply status;
    uint32_t last_id;
    bool is_emergency; /* the call that was asked for */
    uint64_t refused_until_us;
    uint32_t dials, hang_ups, answers, cancels, reports, tones;
    uint32_t flags;
    struct number number; /* of the last dial */
    uint32_t tone[FAKE_TONES];
    enum report_kind report;
    uint64_t report_address;
    uint64_t now_us, wake_us;
    bool hangs_on; /* says no to a hang-up */
};
extern struct fake_dialler fake_dialler;

void fake_dialler_reset(void);
/* "0900*#+" of the last number asked for. */
const char *fake_dialler_number(void);
void fake_dialler_set(enum dial_state state, enum dial_outcome outcome);
void fake_dialler_ring(const struct number *caller); /* all zero: withheld */
