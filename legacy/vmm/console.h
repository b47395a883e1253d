/* SPDX-License-Identifier: BSD-2-Clause */
/* The phone's one UART, which the guest's console is wired to (PL011, DDI 0183G). */
#pragma once

#include <stdint.h>

#include "pl011.h"

void console_init(uintptr_t uart);
/* Waits a bounded time for room, then drops the byte: a stuck UART is not a stuck guest. */
void console_write(uint8_t byte);
void console_write_text(const char *text);
/* After its interrupt: what was typed goes to the guest's UART. */
void console_poll(struct pl011 *guest);
