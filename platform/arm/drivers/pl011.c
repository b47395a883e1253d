/* SPDX-License-Identifier: BSD-2-Clause */
/* The PL011 UART (ARM DDI 0183): the kernel's console. */
#include "drivers.h"

#include "mmio.h"

/* DDI 0183 "Summary of registers" */
enum pl011_register {
    UART_DR = 0x00,
    UART_FR = 0x18,
    UART_IBRD = 0x24,
    UART_FBRD = 0x28,
    UART_LCR_H = 0x2c,
    UART_CR = 0x30,
    UART_IMSC = 0x38,
    UART_ICR = 0x44,
};
enum {
    FR_TXFF = 1 << 5,
    LCR_WLEN_8 = 3 << 5,
    LCR_FEN = 1 << 4,
    CR_UARTEN = 1 << 0,
    CR_TXE = 1 << 8,
    CR_RXE = 1 << 9,
};

/* At 115200 baud a place becomes free each 87 us: some 1,000 of these reads. */
enum { POLLS_MAX = 100000 };

static void init(const struct board_uart *uart)
{
    /* UARTFBRD: the divisor is clock / (16 x baud), with 6 fractional bits. */
    uint32_t divisor = uart->clock_hz * 4 / uart->baud;
    mmio_write32(uart->base + UART_CR, 0);
    mmio_write32(uart->base + UART_IMSC, 0);
    mmio_write32(uart->base + UART_ICR, 0x7ff);
    mmio_write32(uart->base + UART_IBRD, divisor >> 6);
    mmio_write32(uart->base + UART_FBRD, divisor & 0x3f);
    mmio_write32(uart->base + UART_LCR_H, LCR_WLEN_8 | LCR_FEN);
    mmio_write32(uart->base + UART_CR, CR_UARTEN | CR_TXE | CR_RXE);
}

/* On some boards the VMM owns the UART, too, and may have stopped it: one long wait, then none. */
static bool has_room(const struct board_uart *uart)
{
    static bool is_stopped;

    for (uint32_t polls = is_stopped ? 1 : POLLS_MAX; polls != 0; polls--) {
        if ((mmio_read32(uart->base + UART_FR) & FR_TXFF) == 0) {
            is_stopped = false;
            return true;
        }
    }
    is_stopped = true;
    return false;
}

static void write_byte(const struct board_uart *uart, char byte)
{
    if (has_room(uart)) {
        mmio_write32(uart->base + UART_DR, (uint8_t)byte);
    }
}

static void write_text(const struct board_uart *uart, const char *text, size_t bytes)
{
    for (size_t i = 0; i < bytes; i++) {
        if (text[i] == '\n') {
            write_byte(uart, '\r');
        }
        write_byte(uart, text[i]);
    }
}

const struct console_driver pl011 = { .init = init, .write = write_text };
