/* SPDX-License-Identifier: BSD-2-Clause */
/* The generic timers: the hypervisor's one-shot timer, and a guest's virtual timer. */
#include "board.h"
#include "platform.h"
#include "sysreg.h"

enum { CONTROL_ENABLE = 1 << 0, CONTROL_MASKED = 1 << 1, CONTROL_BITS = 3 };

ticks arch_timer_now(void)
{
    barrier_context(); /* the counter may be read ahead of what came before */
    return sysreg_read(CNTPCT);
}

uint32_t arch_timer_hz(void)
{
    return (uint32_t)sysreg_read(CNTFRQ);
}

void arch_timer_program(ticks deadline)
{
    sysreg_write(CNTHP_CVAL, deadline);
    sysreg_write(CNTHP_CTL, deadline != ~(ticks)0 ? CONTROL_ENABLE : 0);
}

static void forward_interrupt(bool is_enabled)
{
    (is_enabled ? arch_interrupt_unmask : arch_interrupt_mask)(board.timer.virtual_irq);
}

void vtimer_save(struct vtimer_state *state)
{
    state->deadline = sysreg_read(CNTV_CVAL);
}

void vtimer_load(const struct vtimer_state *state)
{
    sysreg_write(CNTVOFF, state->offset);
    sysreg_write(CNTV_CVAL, state->deadline);
    forward_interrupt(state->is_enabled);
}

void vtimer_enter(struct vtimer_state *state, bool is_enabled)
{
    if (state->is_enabled != is_enabled) {
        state->is_enabled = is_enabled;
        forward_interrupt(is_enabled);
    }
    if (state->control != 0) {
        sysreg_write(CNTV_CTL, state->control);
    }
}

void vtimer_leave(struct vtimer_state *state)
{
    state->control = (uint32_t)sysreg_read(CNTV_CTL) & CONTROL_BITS;
    if (state->control != 0) {
        sysreg_write(CNTV_CTL, 0);
    }
}

bool vtimer_deadline(const struct vtimer_state *state, bool is_running, bool is_loaded,
                     ticks *deadline_out)
{
    uint64_t control = is_running ? sysreg_read(CNTV_CTL) : state->control;
    uint64_t deadline = is_loaded ? sysreg_read(CNTV_CVAL) : state->deadline;
    *deadline_out = deadline + state->offset;
    return state->is_enabled && *deadline_out >= deadline /* else the counter never gets there */ &&
           (control & (CONTROL_ENABLE | CONTROL_MASKED)) == CONTROL_ENABLE;
}
