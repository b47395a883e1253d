/* SPDX-License-Identifier: BSD-2-Clause */
/* DDI 0487, D13.8 "Generic Timer registers": CNTPCT_EL0 and CNTFRQ_EL0, open to EL0 by the
 * kernel's CNTHCTL_EL2 and CNTKCTL_EL1. */
#pragma once

#include <stdint.h>

static inline uint64_t clock_ticks(void)
{
    uint64_t ticks;

    /* ISB: the counter may not be read early (D11.1.2 "The system counter"). */
    __asm__ volatile("isb\n\tmrs %0, cntpct_el0" : "=r"(ticks) : : "memory");
    return ticks;
}

static inline uint32_t clock_hz(void)
{
    uint64_t hz;

    __asm__("mrs %0, cntfrq_el0" : "=r"(hz));
    return (uint32_t)hz;
}
