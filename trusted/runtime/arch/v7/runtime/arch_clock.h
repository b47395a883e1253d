/* SPDX-License-Identifier: BSD-2-Clause */
/* DDI 0406, B8 "The Generic Timer": CNTPCT and CNTFRQ, open to PL0 by the kernel's CNTHCTL and
 * CNTKCTL. */
#pragma once

#include <stdint.h>

static inline uint64_t clock_ticks(void)
{
    uint64_t ticks;

    /* ISB: the counter may not be read early (B8.1.1 "The system counter"). Both halves at once. */
    __asm__ volatile("isb\n\tmrrc p15, 0, %Q0, %R0, c14" : "=r"(ticks) : : "memory");
    return ticks;
}

static inline uint32_t clock_hz(void)
{
    uint32_t hz;

    __asm__("mrc p15, 0, %0, c14, c0, 0" : "=r"(hz));
    return hz;
}
