/* SPDX-License-Identifier: BSD-2-Clause */
/* Versatile Express V2P-CA15 with the motherboard's "Cortex-A Series" memory map (DUI 0604, DUI
 * 0447; QEMU's hw/arm/vexpress.c). */
#include "drivers.h"

const struct board board = {
    .name = "vexpress-a15",
    .ram = { .base = 0x80000000, .bytes = 0x20000000 },
    .bundle = 0x80600000,
    .device_blocks = { 0x1c000000, 0x2c000000 },
    .uart = { .base = 0x1c090000, .clock_hz = 24000000, .baud = 115200 },
    .gic = { .distributor = 0x2c001000,
             .cpu_interface = 0x2c002000,
             .hypervisor_interface = 0x2c004000,
             .maintenance_irq = 25 },
    .timer = { .hypervisor_irq = 26, .virtual_irq = 27, .counter_hz = 24000000 },
    .framebuffer = { .base = 0x81200000, .width = 480, .height = 800, .stride_bytes = 1920 },
    .display = { .start = pl111_start, .base = 0x1c1f0000 },
    .power = { .end = v2m_end, .base = 0x1c010000 },
    .panic_seconds = 3,
    .region_count = 12,
    .regions = {
        { .base = 0x80000000, .size_shift = 22, .kind = UNTYPED_RAM },
        { .base = 0x80600000, .size_shift = 21, .kind = UNTYPED_IMAGE },  /* bundle */
        { .base = 0x80800000, .size_shift = 23, .kind = UNTYPED_RAM },
        { .base = 0x81000000, .size_shift = 24, .kind = UNTYPED_RAM },    /* logs, framebuffer */
        { .base = 0x82000000, .size_shift = 25, .kind = UNTYPED_RAM },
        { .base = 0x84000000, .size_shift = 26, .kind = UNTYPED_RAM },
        { .base = 0x88000000, .size_shift = 27, .kind = UNTYPED_IMAGE },  /* the guest's images */
        { .base = 0x90000000, .size_shift = 28, .kind = UNTYPED_RAM },    /* the guest's RAM */
        { .base = 0x2c006000, .size_shift = 13, .kind = UNTYPED_DEVICE }, /* GICV, for the guest */
        { .base = 0x1c090000, .size_shift = 12, .kind = UNTYPED_DEVICE }, /* UART0 */
        { .base = 0x1c060000, .size_shift = 12, .kind = UNTYPED_DEVICE }, /* KMI0, keyboard */
        { .base = 0x1c070000, .size_shift = 12, .kind = UNTYPED_DEVICE }, /* KMI1, mouse */
    },
};
