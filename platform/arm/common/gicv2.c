/* SPDX-License-Identifier: BSD-2-Clause */
#include "gicv2.h"

#include "barrier.h"
#include "board.h"
#include "mmio.h"

enum gicd_register { /* IHI 0048 "Distributor register descriptions" */
    GICD_CTLR = 0x000, GICD_TYPER = 0x004, GICD_ISENABLER = 0x100, GICD_ICENABLER = 0x180,
    GICD_ICPENDR = 0x280, GICD_ISACTIVER = 0x300, GICD_ICACTIVER = 0x380,
    GICD_IPRIORITYR = 0x400, GICD_ITARGETSR = 0x800,
};
enum gicc_register { /* IHI 0048 "CPU interface register descriptions" */
    GICC_CTLR = 0x000, GICC_PMR = 0x004, GICC_IAR = 0x00c, GICC_EOIR = 0x010,
    GICC_DIR = 0x1000,
};
enum { GICC_ENABLE = 1, GICC_EOIMODE = 1 << 9 }; /* the same bits for Secure and Non-secure */
enum { ANY_PRIORITY = 0xff, DEFAULT_PRIORITY = 0xa0, FIRST_SPI = 32, BITS = 32 };

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

uint32_t gic_interrupt_count(void)
{
    uint32_t lines = mmio_read32(board.gic.distributor + GICD_TYPER) & 0x1f;
    uint32_t count = BITS * (lines + 1);
    return count < GIC_SPURIOUS ? count : GIC_SPURIOUS;
}

void gic_init(void)
{
    uint32_t count = gic_interrupt_count();
    distributor_write(GICD_CTLR, 0);
    for (uint32_t id = 0; id < count; id += BITS) {
        distributor_write(GICD_ICENABLER + id / BITS * 4, ~UINT32_C(0));
        distributor_write(GICD_ICPENDR + id / BITS * 4, ~UINT32_C(0));
        distributor_write(GICD_ICACTIVER + id / BITS * 4, ~UINT32_C(0));
    }
    for (uint32_t id = 0; id < count; id++) {
        mmio_write8(board.gic.distributor + GICD_IPRIORITYR + id, DEFAULT_PRIORITY);
    }
    for (uint32_t id = FIRST_SPI; id < count; id++) {
        mmio_write8(board.gic.distributor + GICD_ITARGETSR + id, 1);
    }
    distributor_write(GICD_CTLR, 1);
    cpu_write(GICC_PMR, ANY_PRIORITY);
    cpu_write(GICC_CTLR, GICC_ENABLE | GICC_EOIMODE);
}

void gic_mask(uint32_t id)
{
    set_bit(GICD_ICENABLER, id);
}

void gic_unmask(uint32_t id)
{
    set_bit(GICD_ISENABLER, id);
}

void gic_set_active(uint32_t id, bool is_active)
{
    set_bit(is_active ? GICD_ISACTIVER : GICD_ICACTIVER, id);
}

uint32_t gic_acknowledge(void)
{
    return mmio_read32(board.gic.cpu_interface + GICC_IAR);
}

void gic_drop(uint32_t acknowledged)
{
    cpu_write(GICC_EOIR, acknowledged);
}

void gic_deactivate(uint32_t acknowledged)
{
    cpu_write(GICC_DIR, acknowledged);
}
