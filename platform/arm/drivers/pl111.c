/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * PL111 colour LCD controller: reads the framebuffer out of RAM by itself, as master of the bus.
 * Set up once at boot, before any component runs, and mapped nowhere after.
 */
#include "drivers.h"
#include "mmio.h"

/* DDI 0293 "Summary of registers" */
enum pl111_register {
    LCD_TIMING_0 = 0x00,
    LCD_TIMING_1 = 0x04,
    LCD_TIMING_2 = 0x08,
    LCD_TIMING_3 = 0x0c,
    LCD_UPPER_BASE = 0x10,
    LCD_LOWER_BASE = 0x14,
    LCD_CONTROL = 0x18,
    LCD_INTERRUPTS = 0x1c,
};
/* LCDControl */
enum {
    CONTROL_ENABLE = 1 << 0,
    CONTROL_24_BITS = 5 << 1,
    CONTROL_TFT = 1 << 5,
    CONTROL_BGR = 1 << 8 /* blue is the lowest byte */,
    CONTROL_POWER = 1 << 11,
};
enum { TIMING_2_BYPASS_DIVIDER = 1 << 26, LINES_MAX = 1024, PIXELS_MAX = 1024, PIXELS_STEP = 16 };
enum { PORCH = 8, SYNC = 4 }; /* a panel that minds is another board's */

static bool can_show(const struct board_framebuffer *f)
{
    return f->width % PIXELS_STEP == 0 && f->width - 1 < PIXELS_MAX && f->height - 1 < LINES_MAX &&
           f->stride_bytes == f->width * 4 && f->base % 8 == 0 && f->base <= UINT32_MAX;
}

static bool start(uint64_t base, const struct board_framebuffer *f)
{
    const uint32_t control = CONTROL_ENABLE | CONTROL_24_BITS | CONTROL_TFT | CONTROL_BGR;

    if (!can_show(f)) {
        return false;
    }
    mmio_write32(base + LCD_CONTROL, 0);
    mmio_write32(base + LCD_INTERRUPTS, 0);
    mmio_write32(base + LCD_TIMING_0, (f->width / PIXELS_STEP - 1) << 2 | (SYNC - 1) << 8 |
                                          (PORCH - 1) << 16 | (uint32_t)(PORCH - 1) << 24);
    mmio_write32(base + LCD_TIMING_1,
                 (f->height - 1) | (SYNC - 1) << 10 | PORCH << 16 | (uint32_t)PORCH << 24);
    mmio_write32(base + LCD_TIMING_2, (f->width - 1) << 16 | TIMING_2_BYPASS_DIVIDER);
    mmio_write32(base + LCD_TIMING_3, 0);
    mmio_write32(base + LCD_UPPER_BASE, (uint32_t)f->base);
    mmio_write32(base + LCD_LOWER_BASE, 0);
    /* First the controller, then the panel's power ("LCD powering up and powering down sequence
     * support") */
    mmio_write32(base + LCD_CONTROL, control);
    mmio_write32(base + LCD_CONTROL, control | CONTROL_POWER);
    return true;
}

const struct display_driver pl111 = { .start = start };
