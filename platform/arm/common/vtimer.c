/* SPDX-License-Identifier: BSD-2-Clause */
#include "vtimer.h"

#include "board.h"
#include "gicv2.h"

enum { CONTROL_ENABLE = 1 << 0, CONTROL_MASKED = 1 << 1 };

void vtimer_reset(struct vtimer_state *state, uint64_t offset)
{
    *state = (struct vtimer_state){ .offset = offset };
}

void vtimer_save(struct vtimer_state *state)
{
    state->deadline = virtual_timer_deadline();
}

static void forward_interrupt(bool is_enabled)
{
    if (is_enabled) {
        gic_unmask(board.timer.virtual_irq);
    } else {
        gic_mask(board.timer.virtual_irq);
    }
}

void vtimer_load(const struct vtimer_state *state)
{
    virtual_timer_set_offset(state->offset);
    virtual_timer_set_deadline(state->deadline);
    forward_interrupt(state->is_enabled);
}

void vtimer_forward(struct vtimer_state *state, bool is_enabled)
{
    state->is_enabled = is_enabled;
    forward_interrupt(is_enabled);
}

bool vtimer_deadline(const struct vtimer_state *state, bool is_running, bool is_loaded,
                     ticks *deadline_out)
{
    uint32_t control = is_running ? virtual_timer_control() : state->control;
    uint64_t deadline = is_loaded ? virtual_timer_deadline() : state->deadline;
    bool is_beyond = deadline + state->offset < deadline; /* the counter never gets there */
    *deadline_out = deadline + state->offset;
    return state->is_enabled && !is_beyond &&
           (control & (CONTROL_ENABLE | CONTROL_MASKED)) == CONTROL_ENABLE;
}
