/* SPDX-License-Identifier: BSD-2-Clause */
/* Counts what the guest did that its machine does not allow, and tells the dialler at a bounded
 * rate. */
#include "report.h"

void report_init(struct report_limiter *limiter, uint64_t now_us)
{
    *limiter = (struct report_limiter){ .refilled_us = now_us, .tokens = REPORT_BURST };
}

static void refill(struct report_limiter *limiter, uint64_t now_us)
{
    const uint64_t interval_us = UINT64_C(1000) * REPORT_INTERVAL_MS;
    while (limiter->tokens < REPORT_BURST && now_us - limiter->refilled_us >= interval_us) {
        limiter->tokens++;
        limiter->refilled_us += interval_us;
    }
    if (limiter->tokens == REPORT_BURST) {
        limiter->refilled_us = now_us;
    }
}

bool report_count(struct report_limiter *limiter, enum report_kind kind, uint64_t now_us)
{
    if (kind >= REPORT_KINDS) {
        return false;
    }
    limiter->counts[kind]++;
    refill(limiter, now_us);
    if (limiter->tokens == 0) {
        return false;
    }
    limiter->tokens--;
    return true;
}
