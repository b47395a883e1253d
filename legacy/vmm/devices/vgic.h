/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * A GICv2 distributor for one vCPU (Arm IHI 0048B.b, chapter 4), and the
 * feeding of the vCPU page's list registers from its state. The CPU interface is
 * the hardware's virtual one (GICV), which the guest uses without any exit.
 *
 * Invariants
 *  G1 An interrupt is in at most one list register, and `listed` says which.
 *  G2 The pending latch of a listed interrupt is in the list register, not here:
 *     an edge that comes meanwhile sets the latch again and is not lost.
 *  G3 The pending state of a level-sensitive interrupt follows its line.
 *  G4 The drained exit is asked for only while some list register is pending:
 *     otherwise the kernel would come back at once, and for ever.
 *  G5 The virtual timer's interrupt never enters a list register from here: the
 *     kernel injects it, told by timer_enabled and timer_priority, and by wishes
 *     (VCPU_TIMER_*) for what the distributor's registers tell and change of it.
 */
#pragma once

#include <stdbool.h>
#include <stdint.h>

#include "abi/vcpu.h"
#include "mmio.h"

enum {
    VGIC_IRQS = 96,
    VGIC_WORDS = VGIC_IRQS / 32,
    VGIC_SGIS = 16,
    VGIC_TIMER_IRQ = 27,
    VGIC_SPI_FIRST = 32,
    VGIC_REGISTER_BYTES = 0x1000
};

struct vgic {
    struct vcpu_page *page;
    bool is_forwarding; /* GICD_CTLR.Enable */
    bool is_dirty;      /* the list registers no longer tell the truth */
    bool is_watching;   /* a listed level is high: acknowledged, it must be pending again */
    uint32_t enabled[VGIC_WORDS];
    uint32_t latched[VGIC_WORDS]; /* pending by an edge, an SGI or ISPENDR */
    uint32_t line[VGIC_WORDS];    /* what the devices drive */
    uint32_t active[VGIC_WORDS];  /* of those that are not listed */
    uint32_t edge[VGIC_WORDS];    /* configured edge-triggered */
    uint8_t priority[VGIC_IRQS];
    uint32_t listed_count;
    uint8_t listed[VCPU_LIST_REGISTERS];    /* which interrupt */
    bool listed_latch[VCPU_LIST_REGISTERS]; /* it took the latch along */
};

extern const struct vreg vgic_rows[];
extern const uint32_t vgic_row_count;

void vgic_init(struct vgic *gic, struct vcpu_page *page);
void vgic_set_line_slowly(struct vgic *gic, uint32_t irq, bool is_high);
void vgic_update(struct vgic *gic);
/* Before entering the guest. */
static inline void vgic_sync(struct vgic *gic)
{
    if (gic->is_dirty || gic->is_watching) {
        vgic_update(gic);
    }
}
/* VCPU_EXIT_INTERRUPTS: something may be injected again or for the first time. */
void vgic_drained(struct vgic *gic);

/* Devices say what they drive after every change; nearly always nothing changed. */
static inline void vgic_set_line(struct vgic *gic, uint32_t irq, bool is_high)
{
    if ((((gic->line[irq / 32] >> (irq % 32)) & 1) != 0) != is_high) {
        vgic_set_line_slowly(gic, irq, is_high);
    }
}
