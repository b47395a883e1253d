/* SPDX-License-Identifier: BSD-2-Clause */
/* The generic timers' registers under names that v7 has too. */
#ifndef GENERIC_TIMER_H
#define GENERIC_TIMER_H

#include "sysreg.h"

static inline uint64_t counter_read(void)
{
    return read_cntpct_el0();
}

static inline uint32_t counter_hz(void)
{
    return (uint32_t)read_cntfrq_el0();
}

static inline void hypervisor_timer_set_control(uint32_t control)
{
    write_cnthp_ctl_el2(control);
}

static inline void hypervisor_timer_set_deadline(uint64_t deadline)
{
    write_cnthp_cval_el2(deadline);
}

static inline uint32_t virtual_timer_control(void)
{
    return (uint32_t)read_cntv_ctl_el0();
}

static inline void virtual_timer_set_control(uint32_t control)
{
    write_cntv_ctl_el0(control);
}

static inline uint64_t virtual_timer_deadline(void)
{
    return read_cntv_cval_el0();
}

static inline void virtual_timer_set_deadline(uint64_t deadline)
{
    write_cntv_cval_el0(deadline);
}

static inline void virtual_timer_set_offset(uint64_t offset)
{
    write_cntvoff_el2(offset);
}

#endif
