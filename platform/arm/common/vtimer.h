/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The guest's virtual timer. It runs in the hardware while the guest does; its
 * interrupt comes to the kernel and goes on by vgic_inject_timer(). While native
 * code runs it is off, and the kernel's own timer stands in (arch_vcpu_timer_deadline).
 */
#ifndef VTIMER_H
#define VTIMER_H

#include "arch/arch.h"

void vtimer_reset(struct vtimer_state *state, uint64_t offset);
void vtimer_save(struct vtimer_state *state);
void vtimer_load(const struct vtimer_state *state);
void vtimer_enter(struct vtimer_state *state, bool is_enabled);
void vtimer_leave(struct vtimer_state *state);
/* In CNTPCT's time; false when it cannot fire. */
bool vtimer_deadline(const struct vtimer_state *state, bool is_running, bool is_loaded,
                     ticks *deadline_out);

#endif
