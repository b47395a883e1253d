/* SPDX-License-Identifier: BSD-2-Clause */
/* Native time: the physical counter, which no guest can move. */
#pragma once

#include "runtime/arch_clock.h" /* clock_ticks, clock_hz */

/* Microseconds since power-on. Split, so that no product overflows within a human life. */
static inline uint64_t clock_us(void)
{
    uint64_t ticks = clock_ticks();
    uint32_t hz = clock_hz();

    return ticks / hz * 1000000u + ticks % hz * 1000000u / hz;
}

/* The counter's value `us` microseconds from now, as sys_timer_set wants it. */
static inline uint64_t clock_deadline(uint64_t us)
{
    uint32_t hz = clock_hz();

    return clock_ticks() + us / 1000000u * hz + us % 1000000u * hz / 1000000u;
}
