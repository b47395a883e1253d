/* SPDX-License-Identifier: BSD-2-Clause */
#pragma once

#include <stdbool.h>
#include <stddef.h>

#include "board.h"

/* PL011 UART (DDI 0183), polled, output only. What one that has been stopped does not take is lost.
 */
void pl011_init(const struct board_uart *uart);
void pl011_write(const struct board_uart *uart, const char *text, size_t bytes);

/* QEMU's "ramfb": scans out guest RAM that fw_cfg's file etc/ramfb names. False: there is none. */
bool ramfb_start(uint64_t fw_cfg, const struct board_framebuffer *framebuffer);

/* Power State Coordination Interface: firmware ends the machine. */
void psci_end(uint64_t no_base, enum shutdown how);

/* PL111 LCD controller. False: it cannot show that. */
bool pl111_start(uint64_t base, const struct board_framebuffer *framebuffer);

/* Versatile Express: the motherboard's system registers end the machine. */
void v2m_end(uint64_t base, enum shutdown how);
