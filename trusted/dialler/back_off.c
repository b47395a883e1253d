/* SPDX-License-Identifier: BSD-2-Clause */
#include "back_off.h"

enum { STEPS = 6, SECOND_US = 1000000, FORGIVEN_AFTER_S = 600 };

/* Seconds after the first, second, … failure; the last one stays. An emergency is never kept waiting
 * for long: its prompt costs the user one press, a missing one may cost more. */
static const uint8_t wait_s[BACK_OFF_KINDS][STEPS] = {
    [BACK_OFF_ORDINARY] = { 1, 2, 5, 15, 30, 60 },
    [BACK_OFF_EMERGENCY] = { 1, 1, 2, 5, 10, 10 },
};

bool back_off_allows(const struct back_off *b, uint64_t now_us)
{
    return now_us >= b->until_us;
}

void back_off_failure(struct back_off *b, enum back_off_kind kind, uint64_t now_us)
{
    if (now_us > b->until_us + (uint64_t)FORGIVEN_AFTER_S * SECOND_US)
        b->failures = 0;
    if (b->failures < STEPS)
        b->failures++;
    b->until_us = now_us + (uint64_t)wait_s[kind][b->failures - 1] * SECOND_US;
}

void back_off_pause(struct back_off *b, uint64_t now_us)
{
    if (b->until_us < now_us + SECOND_US)
        b->until_us = now_us + SECOND_US;
}

void back_off_success(struct back_off *b)
{
    *b = (struct back_off){ 0 };
}
