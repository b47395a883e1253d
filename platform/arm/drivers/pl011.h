/* SPDX-License-Identifier: BSD-2-Clause */
/* PL011 UART (DDI 0183), polled, output only. */
#ifndef PL011_H
#define PL011_H

#include <stddef.h>

#include "board.h"

void pl011_init(const struct board_uart *uart);
void pl011_write(const struct board_uart *uart, const char *text, size_t bytes);

#endif
