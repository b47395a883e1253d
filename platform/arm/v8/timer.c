/* SPDX-License-Identifier: BSD-2-Clause */
/* CNTHP and the physical counter (DDI 0487 "The Generic Timer in AArch64 state"). */
#include "timer.h"

#include "arch/arch.h"
#include "barrier.h"
#include "sysreg.h"

enum { TIMER_OFF = 0, TIMER_ENABLE = 1 };

ticks arch_timer_now(void)
{
    barrier_context(); /* the counter may be read ahead of what came before */
    return read_cntpct_el0();
}

uint32_t arch_timer_hz(void)
{
    return (uint32_t)read_cntfrq_el0();
}

void arch_timer_program(ticks deadline)
{
    if (deadline == ~(ticks)0) {
        timer_stop();
        return;
    }
    write_cnthp_cval_el2(deadline);
    write_cnthp_ctl_el2(TIMER_ENABLE);
}

void timer_stop(void)
{
    write_cnthp_ctl_el2(TIMER_OFF);
}
