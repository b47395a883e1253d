/* SPDX-License-Identifier: BSD-2-Clause */
/* The generic timers' registers under names that v8 has too. */
#ifndef GENERIC_TIMER_H
#define GENERIC_TIMER_H

#include "sysreg.h"

static inline uint64_t counter_read(void)
{
    return read_cntpct();
}

static inline uint32_t counter_hz(void)
{
    return read_cntfrq();
}

static inline void hypervisor_timer_set_control(uint32_t control)
{
    write_cnthp_ctl(control);
}

static inline void hypervisor_timer_set_deadline(uint64_t deadline)
{
    write_cnthp_cval(deadline);
}

static inline uint32_t virtual_timer_control(void)
{
    return read_cntv_ctl();
}

static inline void virtual_timer_set_control(uint32_t control)
{
    write_cntv_ctl(control);
}

static inline uint64_t virtual_timer_deadline(void)
{
    return read_cntv_cval();
}

static inline void virtual_timer_set_deadline(uint64_t deadline)
{
    write_cntv_cval(deadline);
}

static inline void virtual_timer_set_offset(uint64_t offset)
{
    write_cntvoff(offset);
}

#endif
