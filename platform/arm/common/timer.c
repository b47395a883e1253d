/* SPDX-License-Identifier: BSD-2-Clause */
#include "timer.h"

#include "arch/arch.h"
#include "barrier.h"
#include "generic_timer.h"

enum { TIMER_OFF = 0, TIMER_ENABLE = 1 };

ticks arch_timer_now(void)
{
    barrier_context(); /* the counter may be read ahead of what came before */
    return counter_read();
}

uint32_t arch_timer_hz(void)
{
    return counter_hz();
}

void arch_timer_program(ticks deadline)
{
    if (deadline == ~(ticks)0) {
        timer_stop();
        return;
    }
    hypervisor_timer_set_deadline(deadline);
    hypervisor_timer_set_control(TIMER_ENABLE);
}

void timer_stop(void)
{
    hypervisor_timer_set_control(TIMER_OFF);
}
