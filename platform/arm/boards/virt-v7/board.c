/* SPDX-License-Identifier: BSD-2-Clause */
/* QEMU's "virt" with a Cortex-A15 (hw/arm/virt.c, base_memmap). */
#include "drivers.h"

const struct board board = {
    .name = "virt-v7",
    .ram = { .base = 0x40000000, .bytes = 0x20000000 },
    .bundle = 0x40600000,
    .device_blocks = { 0x08000000, 0x09000000 },
    .uart = { .base = 0x09000000, .clock_hz = 24000000, .baud = 115200 },
    .gic = { .distributor = 0x08000000,
             .cpu_interface = 0x08010000,
             .hypervisor_interface = 0x08030000,
             .maintenance_irq = 25 },
    .timer = { .hypervisor_irq = 26, .virtual_irq = 27 },
    .framebuffer = { .base = 0x41200000, .width = 480, .height = 800, .stride_bytes = 1920 },
    .display = { .start = ramfb_start, .base = 0x09020000 },
    .power = { .end = psci_end },
    .panic_seconds = 3,
    .region_count = 11,
    .regions = {
        { .base = 0x40000000, .size_shift = 22, .kind = UNTYPED_RAM },    /* boot loader's scratch */
        { .base = 0x40600000, .size_shift = 21, .kind = UNTYPED_IMAGE },  /* bundle */
        { .base = 0x40800000, .size_shift = 23, .kind = UNTYPED_RAM },
        { .base = 0x41000000, .size_shift = 24, .kind = UNTYPED_RAM },    /* logs, framebuffer */
        { .base = 0x42000000, .size_shift = 25, .kind = UNTYPED_RAM },
        { .base = 0x44000000, .size_shift = 26, .kind = UNTYPED_RAM },
        { .base = 0x48000000, .size_shift = 27, .kind = UNTYPED_IMAGE },  /* the guest's images */
        { .base = 0x50000000, .size_shift = 28, .kind = UNTYPED_RAM },    /* the guest's RAM */
        { .base = 0x08040000, .size_shift = 13, .kind = UNTYPED_DEVICE }, /* GICV, for the guest */
        { .base = 0x09000000, .size_shift = 12, .kind = UNTYPED_DEVICE }, /* PL011 */
        { .base = 0x0a000000, .size_shift = 14, .kind = UNTYPED_DEVICE }, /* virtio-mmio 0..31 */
    },
};
