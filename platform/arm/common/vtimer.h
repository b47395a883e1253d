/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The guest's virtual timer. It runs in the hardware while the guest does; its
 * interrupt comes to the kernel and goes on by vgic_inject_timer(). While native
 * code runs it is off, and the kernel's own timer stands in (arch_vcpu_timer_deadline).
 */
#ifndef VTIMER_H
#define VTIMER_H

#include "arch/arch.h"
#include "generic_timer.h"

enum { VTIMER_CONTROL_BITS = 3 }; /* ENABLE and IMASK */

void vtimer_reset(struct vtimer_state *state, uint64_t offset);
void vtimer_save(struct vtimer_state *state);
void vtimer_load(const struct vtimer_state *state);
void vtimer_forward(struct vtimer_state *state, bool is_enabled);

static inline void vtimer_enter(struct vtimer_state *state, bool is_enabled)
{
    if (state->is_enabled != is_enabled) {
        vtimer_forward(state, is_enabled);
    }
    if (state->control != 0) {
        virtual_timer_set_control(state->control);
    }
}

static inline void vtimer_leave(struct vtimer_state *state)
{
    state->control = virtual_timer_control() & VTIMER_CONTROL_BITS;
    if (state->control != 0) {
        virtual_timer_set_control(0);
    }
}

/* In CNTPCT's time; false when it cannot fire. */
bool vtimer_deadline(const struct vtimer_state *state, bool is_running, bool is_loaded,
                     ticks *deadline_out);

#endif
