/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * What a driver of an interrupt controller offers. board.cmake names the files that do
 * (drivers/gicv2.c and gicv2_virtual.c, say): the linker resolves it, for nothing here can wait for
 * a pointer. The functions arch_interrupt_* of arch/arch.h are the driver's, too.
 */
#pragma once

#include "arch/arch.h"

/* ---- the physical interrupts ----------------------------------------------------------------- */

#define INTERRUPT_NONE (~UINT32_C(0))

/* Masks all but the kernel's own, and calls vgic_init(). */
void interrupt_init(void);
/* The most urgent pending one, in the controller's words. */
uint32_t interrupt_acknowledge(void);
/* Its number; INTERRUPT_NONE: it was none. */
uint32_t interrupt_id(uint32_t acknowledged);
/* Others of its priority may come again, but itself. */
void interrupt_drop(uint32_t acknowledged);
/* So may itself. */
void interrupt_deactivate(uint32_t acknowledged);
/* As if it had been acknowledged, or deactivated: of the virtual timer, which moves with its guest.
 */
void interrupt_set_active(uint32_t id, bool is_active);

/* ---- a guest's interrupts -------------------------------------------------------------------- */

/*
 * List registers (IHI 0048 "List Registers"). The VMM's interrupts are rebuilt from number,
 * priority and state with HW = 0; only the virtual timer's has HW = 1, in the last one.
 */
enum { VGIC_CONTROL_ENABLE = 1 << 0, VGIC_CONTROL_NO_PENDING_IRQ = 1 << 3 }; /* GICH_HCR */
void vgic_init(void);
uint32_t vgic_page_interrupts(void);      /* how many a page may have */
void vgic_save(struct vgic_state *state); /* another vCPU's turn */
void vgic_load(const struct vgic_state *state);
/* The page's interrupts into list registers; false when the page is not sensible. */
bool vgic_enter(struct vgic_state *state, const struct vcpu_page *page);
void vgic_leave(struct vgic_state *state, struct vcpu_page *page);
/* Of the vCPU that has just been left: something that it would be interrupted by. */
bool vgic_pending(const struct vgic_state *state);
void vgic_inject_timer(uint8_t priority);
bool vgic_timer_in_flight(void);
/* The VMM's wishes that concern the timer's interrupt (enum vcpu_flags); is_high: its line. Whether
 * a load's bit is set. */
bool vgic_timer_apply(const struct vcpu_page *page, uint32_t flags, bool is_high);
void vgic_write_control(struct vgic_state *state, uint32_t control);
