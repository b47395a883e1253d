/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Accesses that the guest's machine does not allow are always counted, and told to
 * the dialler (for the audit log) at a bounded rate, however fast the guest is.
 */
#pragma once

#include <stdbool.h>
#include <stdint.h>

#include "dialler.h"

enum { REPORT_BURST = 8, REPORT_INTERVAL_MS = 250 };

struct report_limiter {
    uint64_t refilled_us; /* when a token was last added */
    uint32_t tokens;
    uint64_t counts[REPORT_KINDS];
};

void report_init(struct report_limiter *limiter, uint64_t now_us);
/* Counts it; true when it may be told. */
bool report_count(struct report_limiter *limiter, enum report_kind kind, uint64_t now_us);
