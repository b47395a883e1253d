/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * List registers (IHI 0048 "List Registers"). The VMM's interrupts are rebuilt from number,
 * priority and state with HW = 0; only the virtual timer's has HW = 1, in the
 * last list register.
 */
#ifndef VGIC_H
#define VGIC_H

#include "arch/arch.h"

enum { VGIC_CONTROL_ENABLE = 1 << 0, VGIC_CONTROL_NO_PENDING_IRQ = 1 << 3 }; /* GICH_HCR */

void vgic_init(void);
/* How many interrupts a page may have. */
uint32_t vgic_page_interrupts(void);
void vgic_reset(struct vgic_state *state);
/* Another vCPU's turn on this CPU. */
void vgic_save(struct vgic_state *state);
void vgic_load(const struct vgic_state *state);
/* The page's interrupts into list registers; false when the page is not sensible. */
bool vgic_enter(struct vgic_state *state, const struct vcpu_page *page);
void vgic_leave(struct vgic_state *state, struct vcpu_page *page);

/* Nothing in the page, nothing in the hardware: enter and leave would do nothing. */
static inline bool vgic_is_quiet(const struct vgic_state *state, const struct vcpu_page *page)
{
    return state->used == 0 && state->control == VGIC_CONTROL_ENABLE && page->interrupt_count == 0;
}

bool vgic_pending(const struct vgic_state *state, bool is_loaded);
void vgic_inject_timer(uint8_t priority);
bool vgic_timer_in_flight(const struct vgic_state *state, bool is_loaded);
void vgic_forget_drained(struct vgic_state *state);

#endif
