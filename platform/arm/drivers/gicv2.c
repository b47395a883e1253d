/* SPDX-License-Identifier: BSD-2-Clause */
/* GICv2 distributor and CPU interface (IHI 0048), EOImode = 1: drop and deactivate apart. */
#include "board.h"
#include "mmio.h"
#include "platform.h"

/* IHI 0048 "Distributor register descriptions" */
enum gicd_register {
    GICD_CTLR = 0x000,
    GICD_TYPER = 0x004,
    GICD_ISENABLER = 0x100,
    GICD_ICENABLER = 0x180,
    GICD_ICPENDR = 0x280,
    GICD_ISACTIVER = 0x300,
    GICD_ICACTIVER = 0x380,
    GICD_IPRIORITYR = 0x400,
    GICD_ITARGETSR = 0x800,
};
/* IHI 0048 "CPU interface register descriptions" */
enum gicc_register {
    GICC_CTLR = 0x000,
    GICC_PMR = 0x004,
    GICC_IAR = 0x00c,
    GICC_EOIR = 0x010,
    GICC_DIR = 0x1000,
};
enum { GICC_ENABLE = 1, GICC_EOIMODE = 1 << 9 }; /* the same bits for Secure and Non-secure */
enum { ANY_PRIORITY = 0xff, BITS = 32, ID_MASK = 0x3ff };
enum { SPURIOUS = 1020 }; /* ids from here on are no interrupts */
#define FOUR_PRIORITIES UINT32_C(0xa0a0a0a0)
#define FOUR_TARGETS UINT32_C(0x01010101) /* CPU 0 */

static void distributor_write(uint32_t offset, uint32_t value)
{
    mmio_write32(board.gic.distributor + offset, value);
}

static void cpu_write(uint32_t offset, uint32_t value)
{
    mmio_write32(board.gic.cpu_interface + offset, value);
}

/* One bit of a register array, 32 interrupts a word. */
static void set_bit(uint32_t registers, uint32_t id)
{
    distributor_write(registers + id / BITS * 4, UINT32_C(1) << id % BITS);
}

void arch_interrupt_mask(uint32_t id)
{
    set_bit(GICD_ICENABLER, id);
}

void arch_interrupt_unmask(uint32_t id)
{
    set_bit(GICD_ISENABLER, id);
}

void interrupt_set_active(uint32_t id, bool is_active)
{
    set_bit(is_active ? GICD_ISACTIVER : GICD_ICACTIVER, id);
}

static uint32_t interrupt_count(void)
{
    uint32_t lines = mmio_read32(board.gic.distributor + GICD_TYPER) & 0x1f;
    uint32_t count = BITS * (lines + 1);
    return count < SPURIOUS ? count : SPURIOUS;
}

bool arch_interrupt_available(uint32_t id)
{
    return id < interrupt_count() && id != board.timer.hypervisor_irq &&
           id != board.timer.virtual_irq && id != board.gic.maintenance_irq;
}

void interrupt_init(void)
{
    uint32_t count = interrupt_count();
    distributor_write(GICD_CTLR, 0);
    for (uint32_t id = 0; id < count; id += BITS) {
        distributor_write(GICD_ICENABLER + id / BITS * 4, ~UINT32_C(0));
        distributor_write(GICD_ICPENDR + id / BITS * 4, ~UINT32_C(0));
        distributor_write(GICD_ICACTIVER + id / BITS * 4, ~UINT32_C(0));
    }
    for (uint32_t id = 0; id < count; id += 4) { /* the targets of the first 32 are read-only */
        distributor_write(GICD_IPRIORITYR + id, FOUR_PRIORITIES);
        distributor_write(GICD_ITARGETSR + id, FOUR_TARGETS);
    }
    distributor_write(GICD_CTLR, 1);
    cpu_write(GICC_PMR, ANY_PRIORITY);
    cpu_write(GICC_CTLR, GICC_ENABLE | GICC_EOIMODE);
    vgic_init();
    arch_interrupt_unmask(board.timer.hypervisor_irq);
    arch_interrupt_unmask(board.timer.virtual_irq);
    arch_interrupt_unmask(board.gic.maintenance_irq);
}

uint32_t interrupt_acknowledge(void)
{
    return mmio_read32(board.gic.cpu_interface + GICC_IAR);
}

uint32_t interrupt_id(uint32_t acknowledged)
{
    const uint32_t id = acknowledged & ID_MASK;

    return id < SPURIOUS ? id : INTERRUPT_NONE;
}

void interrupt_drop(uint32_t acknowledged)
{
    cpu_write(GICC_EOIR, acknowledged);
}

void interrupt_deactivate(uint32_t acknowledged)
{
    cpu_write(GICC_DIR, acknowledged);
}
