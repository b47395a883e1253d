/* SPDX-License-Identifier: BSD-2-Clause */
/* The generic timers: the hypervisor's one-shot timer, and a guest's virtual timer. */
#include "board.h"
#include "platform.h"
#include "sysreg.h"

enum { CONTROL_ENABLE = 1 << 0, CONTROL_MASKED = 1 << 1, CONTROL_BITS = 3 };

ticks arch_timer_now(void)
{
    barrier_context(); /* the counter may be read ahead of what came before */
    return el0_read(cntpct);
}

uint32_t arch_timer_hz(void)
{
    return (uint32_t)el0_read(cntfrq);
}

void arch_timer_program(ticks deadline)
{
    hyp_write(cnthp_cval, deadline);
    hyp_write(cnthp_ctl, deadline != ~(ticks)0 ? CONTROL_ENABLE : 0);
}

static void forward_interrupt(bool is_enabled)
{
    (is_enabled ? arch_interrupt_unmask : arch_interrupt_mask)(board.timer.virtual_irq);
}

void vtimer_save(struct vtimer_state *state)
{
    state->deadline = el0_read(cntv_cval);
}

void vtimer_load(const struct vtimer_state *state)
{
    hyp_write(cntvoff, state->offset);
    el0_write(cntv_cval, state->deadline);
    forward_interrupt(state->is_enabled != 0);
}

void vtimer_forward(struct vtimer_state *state, uint8_t is_enabled)
{
    if (state->is_enabled != is_enabled) {
        state->is_enabled = is_enabled;
        forward_interrupt(is_enabled != 0);
    }
}

void vtimer_enter(const struct vtimer_state *state)
{
    if (state->control != 0) {
        el0_write(cntv_ctl, state->control);
    }
}

void vtimer_leave(struct vtimer_state *state)
{
    state->control = (uint32_t)el0_read(cntv_ctl) & CONTROL_BITS;
    if (state->control != 0) {
        el0_write(cntv_ctl, 0);
    }
}

bool vtimer_is_high(const struct vtimer_state *state)
{
    return (state->control & (CONTROL_ENABLE | CONTROL_MASKED)) == CONTROL_ENABLE &&
           arch_timer_now() - state->offset >= el0_read(cntv_cval);
}

bool vtimer_deadline(const struct vtimer_state *state, ticks *deadline_out)
{
    uint64_t deadline = el0_read(cntv_cval);
    *deadline_out = deadline + state->offset;
    return state->is_enabled != 0 &&
           *deadline_out >= deadline /* else the counter never gets there */ &&
           (state->control & (CONTROL_ENABLE | CONTROL_MASKED)) == CONTROL_ENABLE;
}
