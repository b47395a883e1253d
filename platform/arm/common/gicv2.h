/* SPDX-License-Identifier: BSD-2-Clause */
/* GICv2 distributor and CPU interface (IHI 0048). EOImode = 1: drop and deactivate apart. */
#ifndef GICV2_H
#define GICV2_H

#include <stdbool.h>
#include <stdint.h>

enum { GIC_ID_MASK = 0x3ff, GIC_SPURIOUS = 1020 }; /* ids from here on are no interrupts */

void gic_init(void);
uint32_t gic_interrupt_count(void);
void gic_mask(uint32_t id);
void gic_unmask(uint32_t id);
uint32_t gic_acknowledge(void);   /* the value for the next two */
void gic_drop(uint32_t acknowledged); /* lets others of its priority in; it stays active */
void gic_deactivate(uint32_t acknowledged);
void gic_set_active(uint32_t id, bool is_active);

#endif
