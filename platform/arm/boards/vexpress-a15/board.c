/* SPDX-License-Identifier: BSD-2-Clause */
/* Versatile Express V2P-CA15 with the motherboard's "Cortex-A Series" memory map (DUI 0604, DUI
 * 0447; QEMU's hw/arm/vexpress.c). */
#include "board_map.h"
#include "drivers.h"

const struct board board = {
    .name = MAP_BOARD,
    .ram = { .base = MAP_RAM_BASE, .bytes = MAP_RAM_BYTES },
    .bundle = MAP_BUNDLE_BASE,
    .device_blocks = { 0x1c000000, 0x2c000000 },
    .console = { .driver = &pl011,
                 .uart = { .base = MAP_UART_BASE, .clock_hz = 24000000, .baud = 115200 } },
    .gic = { .distributor = 0x2c001000,
             .cpu_interface = 0x2c002000,
             .hypervisor_interface = 0x2c004000,
             .maintenance_irq = 25 },
    .timer = { .hypervisor_irq = 26, .virtual_irq = 27, .counter_hz = 24000000 },
    .framebuffer = { .base = MAP_FRAMEBUFFER_BASE,
                     .width = MAP_PANEL_WIDTH,
                     .height = MAP_PANEL_HEIGHT,
                     .stride_bytes = MAP_PANEL_STRIDE_BYTES },
    .display = { .driver = &pl111, .base = 0x1c1f0000 },
    .power = { .driver = &v2m, .base = 0x1c010000 },
    .panic_seconds = 3,
    .region_count = MAP_REGION_COUNT,
    .regions = MAP_REGIONS,
};
