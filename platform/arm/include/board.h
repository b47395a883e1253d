/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * A board is one constant of this type (boards/<name>/board.c), and nothing
 * else. Addresses are physical. Functions are drivers' (drivers/drivers.h); board.cmake names
 * the files that they are in.
 */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "abi/boot.h"
#include "abi/syscall.h"

/* XRGB8888, lying in RAM. */
struct board_framebuffer {
    uint64_t base;
    uint32_t width, height, stride_bytes;
};

struct board_uart {
    uint64_t base;
    uint32_t clock_hz, baud;
};

/* The kernel's console: output only. What a UART that has been stopped does not take is lost. */
struct console_driver {
    void (*init)(const struct board_uart *uart);
    void (*write)(const struct board_uart *uart, const char *text, size_t bytes);
};

/* Powers off or resets the machine; returns only if that failed. `base` is 0 where firmware is
 * asked. */
struct power_driver {
    void (*end)(uint64_t base, enum shutdown how);
};

/* Has the framebuffer scanned out; false: it cannot. */
struct display_driver {
    bool (*start)(uint64_t base, const struct board_framebuffer *framebuffer);
};

enum { BOARD_DEVICE_BLOCKS = 4 };

struct board {
    const char *name;
    struct {
        uint64_t base, bytes;
    } ram;
    uint64_t bundle;
    /* 2 MiB blocks of registers that the kernel itself touches */
    uint64_t device_blocks[BOARD_DEVICE_BLOCKS];
    struct {
        const struct console_driver *driver;
        struct board_uart uart;
    } console;
    struct {
        uint64_t distributor, cpu_interface, hypervisor_interface;
        uint32_t maintenance_irq;
    } gic;
    struct {
        uint32_t hypervisor_irq, virtual_irq, counter_hz; /* ... 0: CNTFRQ tells */
    } timer;
    struct board_framebuffer framebuffer;
    struct {
        const struct display_driver *driver; /* NULL: the board has no panel */
        uint64_t base;
    } display;
    struct {
        const struct power_driver *driver;
        uint64_t base;
    } power;
    uint32_t panic_seconds; /* how long the panel says "stopped" before the reset */
    unsigned region_count;
    struct boot_untyped regions[BOOT_UNTYPED_MAX];
};

extern const struct board board;
