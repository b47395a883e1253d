/* SPDX-License-Identifier: BSD-2-Clause */
/* QEMU's "virt" with a Cortex-A15 (hw/arm/virt.c, base_memmap). */
#include "board_map.h"
#include "drivers.h"

const struct board board = {
    .name = MAP_BOARD,
    .ram = { .base = MAP_RAM_BASE, .bytes = MAP_RAM_BYTES },
    .bundle = MAP_BUNDLE_BASE,
    .device_blocks = { 0x08000000, 0x09000000 },
    .console = { .driver = &pl011,
                 .uart = { .base = MAP_UART_BASE, .clock_hz = 24000000, .baud = 115200 } },
    .gic = { .distributor = 0x08000000,
             .cpu_interface = 0x08010000,
             .hypervisor_interface = 0x08030000,
             .maintenance_irq = 25 },
    .timer = { .hypervisor_irq = 26, .virtual_irq = 27 },
    .framebuffer = { .base = MAP_FRAMEBUFFER_BASE,
                     .width = MAP_PANEL_WIDTH,
                     .height = MAP_PANEL_HEIGHT,
                     .stride_bytes = MAP_PANEL_STRIDE_BYTES },
    .display = { .driver = &ramfb, .base = 0x09020000 },
    .power = { .driver = &psci },
    .panic_seconds = 3,
    .region_count = MAP_REGION_COUNT,
    .regions = MAP_REGIONS,
};
