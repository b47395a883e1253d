/* SPDX-License-Identifier: BSD-2-Clause */
/* The guest's console: what it prints is passed on line by line. */
#include "console.h"

#include "runtime/mmio.h"

enum {
    UARTDR = 0x00,
    UARTFR = 0x18,
    UARTLCR_H = 0x2c,
    UARTCR = 0x30,
    UARTIMSC = 0x38,
    UARTICR = 0x44,
    FR_RXFE = 1 << 4,
    FR_TXFF = 1 << 5,
    LCR_H_8_BITS_FIFO = 0x70,
    CR_UARTEN_TXE_RXE = 0x301,
    INT_RX_RT = 0x50,
    INT_ALL = 0x7ff,
    WAIT_READS = 20000,
    POLL_BYTES = 64,
};

static uintptr_t uart_base;

void console_init(uintptr_t uart)
{
    uart_base = uart;
    mmio_write32(uart + UARTLCR_H, LCR_H_8_BITS_FIFO);
    mmio_write32(uart + UARTCR, CR_UARTEN_TXE_RXE);
    mmio_write32(uart + UARTICR, INT_ALL);
    mmio_write32(uart + UARTIMSC, INT_RX_RT);
}

void console_write(uint8_t byte)
{
    for (uint32_t i = 0; i < WAIT_READS; i++) {
        if ((mmio_read32(uart_base + UARTFR) & FR_TXFF) == 0) {
            mmio_write32(uart_base + UARTDR, byte);
            return;
        }
    }
}

void console_write_text(const char *text)
{
    for (; *text != 0; text++) {
        console_write((uint8_t)*text);
    }
}

/* Bounded: more brings another interrupt. */
void console_poll(struct pl011 *guest)
{
    for (uint32_t i = 0; i < POLL_BYTES; i++) {
        if ((mmio_read32(uart_base + UARTFR) & FR_RXFE) != 0) {
            return;
        }
        const char byte = (char)(mmio_read32(uart_base + UARTDR) & 0xff);
        (void)pl011_receive(guest, &byte, 1);
    }
}
