/* SPDX-License-Identifier: BSD-2-Clause */
/* The guest's PL011 UART (ARM DDI 0183), which carries its console. */
#include "pl011.h"

#include <stddef.h>

/* DDI 0183G, table 3-1 "UART register summary" */
enum pl011_offset {
    UARTDR = 0x000,
    UARTRSR = 0x004,
    UARTFR = 0x018,
    UARTILPR = 0x020,
    UARTIBRD = 0x024,
    UARTFBRD = 0x028,
    UARTLCR_H = 0x02c,
    UARTCR = 0x030,
    UARTIFLS = 0x034,
    UARTIMSC = 0x038,
    UARTRIS = 0x03c,
    UARTMIS = 0x040,
    UARTICR = 0x044,
    UARTDMACR = 0x048,
    UARTID = 0xfe0,
};
_Static_assert(UARTDMACR / 4 + 1 == PL011_KEPT, "the last plain register");

enum {
    FR_CTS = 1 << 0,
    FR_DSR = 1 << 1,
    FR_DCD = 1 << 2,
    FR_RXFE = 1 << 4,
    FR_RXFF = 1 << 6,
    FR_TXFE = 1 << 7,
    FR_MODEM_READY = FR_CTS | FR_DSR, /* a cable that is plugged in */
    LCR_H_FEN = 1 << 4,
    CR_DTR = 1 << 10, /* 3.3.8 UARTCR: set = nUARTDTR is low, the terminal is ready */
    CR_UARTEN = 1 << 0,
    CR_TXE = 1 << 8,
    CR_RXE = 1 << 9,
    CR_RECEIVING = CR_UARTEN | CR_RXE,
    IFLS_RX_SHIFT = 3,
    IFLS_HALF_FULL = 0x12,
    INT_DCD = 1 << 2, /* 3.3.11 UARTRIS: DCDRMIS, the line has changed */
    INT_RX = 1 << 4,
    INT_TX = 1 << 5,
    INT_RT = 1 << 6,
    INT_ALL = 0x7ff,
    INT_FIFO = INT_RX | INT_RT, /* follow the FIFO, ICR does not clear them */
};

static uint32_t received(const struct pl011 *uart)
{
    return uart->head - uart->tail;
}

/* 3.3.9 UARTIFLS: 1/8, 1/4, 1/2, 3/4, 7/8 full; without FIFO, one byte. */
static uint32_t rx_trigger(const struct pl011 *uart)
{
    static const uint8_t levels[8] = { 2, 4, 8, 12, 14, 8, 8, 8 };
    if ((uart->kept[UARTLCR_H / 4] & LCR_H_FEN) == 0) {
        return 1;
    }
    return levels[(uart->kept[UARTIFLS / 4] >> IFLS_RX_SHIFT) & 7];
}

/* The receive time-out comes at once: nothing else is on its way. */
static uint32_t raw_interrupts(const struct pl011 *uart)
{
    const uint32_t count = received(uart);
    return uart->raw | (count >= rx_trigger(uart) ? INT_RX : 0) | (count != 0 ? INT_RT : 0);
}

static void update_interrupt(struct pl011 *uart)
{
    vgic_set_line(uart->gic, uart->irq, (raw_interrupts(uart) & uart->kept[UARTIMSC / 4]) != 0);
}

void pl011_reset(struct pl011 *uart)
{
    for (uint32_t i = 0; i < PL011_KEPT; i++) {
        uart->kept[i] = 0;
    }
    uart->kept[UARTCR / 4] = CR_TXE | CR_RXE;
    uart->kept[UARTIFLS / 4] = IFLS_HALF_FULL;
    uart->has_carrier = true;
    uart->raw = 0;
    uart->head = 0;
    uart->tail = 0;
    update_interrupt(uart);
}

void pl011_set_carrier(struct pl011 *uart, bool is_on)
{
    if (is_on != uart->has_carrier) {
        uart->has_carrier = is_on;
        uart->raw |= INT_DCD;
        update_interrupt(uart);
    }
}

bool pl011_receive(struct pl011 *uart, const char *bytes, uint32_t count)
{
    if ((uart->kept[UARTCR / 4] & CR_RECEIVING) != CR_RECEIVING ||
        count > PL011_LINE_BYTES - received(uart)) {
        return false;
    }
    for (uint32_t i = 0; i < count; i++) {
        uart->line[uart->head++ % PL011_LINE_BYTES] = (uint8_t)bytes[i];
    }
    update_interrupt(uart);
    return true;
}

static uint32_t dr_read(void *device, uint32_t offset, uint32_t width)
{
    (void)offset, (void)width;
    struct pl011 *uart = device;
    if (received(uart) == 0) {
        return 0;
    }
    const uint32_t byte = uart->line[uart->tail++ % PL011_LINE_BYTES];
    update_interrupt(uart);
    return byte;
}

/* UARTEN and TXE are not asked for: early consoles send without setting them. */
static void dr_write(void *device, uint32_t offset, uint32_t width, uint32_t value)
{
    (void)offset, (void)width;
    struct pl011 *uart = device;
    uart->transmit(uart->context, (uint8_t)value);
    uart->raw |= INT_TX;
    update_interrupt(uart);
}

static uint32_t fr_read(void *device, uint32_t offset, uint32_t width)
{
    (void)offset, (void)width;
    const struct pl011 *uart = device;
    const uint32_t count = received(uart);
    const uint32_t flags = FR_TXFE | FR_MODEM_READY | (uart->has_carrier ? FR_DCD : 0);
    if (count == 0) {
        return flags | FR_RXFE;
    }
    return flags | (count >= PL011_FIFO_BYTES ? FR_RXFF : 0);
}

/* The registers that keep what is written to them. No DMA controller answers to DMACR. */
static const uint16_t kept_masks[PL011_KEPT] = {
    [UARTILPR / 4] = 0xff,    [UARTIBRD / 4] = 0xffff, [UARTFBRD / 4] = 0x3f,
    [UARTLCR_H / 4] = 0xff,   [UARTCR / 4] = 0xff87,   [UARTIFLS / 4] = 0x3f,
    [UARTIMSC / 4] = INT_ALL, [UARTDMACR / 4] = 0x7,
};

static uint32_t kept_read(void *device, uint32_t offset, uint32_t width)
{
    (void)width;
    return ((const struct pl011 *)device)->kept[offset / 4];
}

static void kept_write(void *device, uint32_t offset, uint32_t width, uint32_t value)
{
    (void)width;
    struct pl011 *uart = device;
    uart->kept[offset / 4] = value & kept_masks[offset / 4];
    update_interrupt(uart);
}

static void cr_write(void *device, uint32_t offset, uint32_t width, uint32_t value)
{
    struct pl011 *uart = device;
    const bool is_changed = ((uart->kept[UARTCR / 4] ^ value) & CR_DTR) != 0;
    kept_write(device, offset, width, value);
    if (is_changed && uart->ready != NULL) {
        uart->ready(uart->context, (value & CR_DTR) != 0);
    }
}

/* Changing FEN flushes the FIFO: 3.3.7. The line behind it is part of it here. */
static void lcr_h_write(void *device, uint32_t offset, uint32_t width, uint32_t value)
{
    struct pl011 *uart = device;
    if (((uart->kept[UARTLCR_H / 4] ^ value) & LCR_H_FEN) != 0) {
        uart->tail = uart->head;
    }
    kept_write(device, offset, width, value);
}

static uint32_t ris_read(void *device, uint32_t offset, uint32_t width)
{
    (void)offset, (void)width;
    return raw_interrupts(device);
}

static uint32_t mis_read(void *device, uint32_t offset, uint32_t width)
{
    (void)offset, (void)width;
    const struct pl011 *uart = device;
    return raw_interrupts(uart) & uart->kept[UARTIMSC / 4];
}

static void icr_write(void *device, uint32_t offset, uint32_t width, uint32_t value)
{
    (void)offset, (void)width;
    struct pl011 *uart = device;
    uart->raw &= ~(value & ~(uint32_t)INT_FIFO);
    update_interrupt(uart);
}

static uint32_t id_read(void *device, uint32_t offset, uint32_t width)
{
    (void)device, (void)width;
    /* PeriphID0-3 (revision 1: Linux takes 16-byte FIFOs from it), PCellID0-3 */
    static const uint8_t ids[8] = { 0x11, 0x10, 0x14, 0x00, 0x0d, 0xf0, 0x05, 0xb1 };
    return ids[(offset - UARTID) / 4];
}

const struct vreg pl011_rows[] = {
    { .offset = UARTDR,
      .bytes = 4,
      .widths = WIDTH_1_2_4,
      .read = dr_read,
      .write = dr_write,
      .name = "DR" },
    { .offset = UARTRSR, .bytes = 4, .widths = WIDTH_1_2_4, .name = "RSR" },
    { .offset = UARTFR, .bytes = 4, .widths = WIDTH_1_2_4, .read = fr_read, .name = "FR" },
    { .offset = UARTILPR,
      .bytes = 4,
      .widths = WIDTH_1_2_4,
      .read = kept_read,
      .write = kept_write,
      .name = "ILPR" },
    { .offset = UARTIBRD,
      .bytes = 4,
      .widths = WIDTH_1_2_4,
      .read = kept_read,
      .write = kept_write,
      .name = "IBRD" },
    { .offset = UARTFBRD,
      .bytes = 4,
      .widths = WIDTH_1_2_4,
      .read = kept_read,
      .write = kept_write,
      .name = "FBRD" },
    { .offset = UARTLCR_H,
      .bytes = 4,
      .widths = WIDTH_1_2_4,
      .read = kept_read,
      .write = lcr_h_write,
      .name = "LCR_H" },
    { .offset = UARTCR,
      .bytes = 4,
      .widths = WIDTH_1_2_4,
      .read = kept_read,
      .write = cr_write,
      .name = "CR" },
    { .offset = UARTIFLS,
      .bytes = 4,
      .widths = WIDTH_1_2_4,
      .read = kept_read,
      .write = kept_write,
      .name = "IFLS" },
    { .offset = UARTIMSC,
      .bytes = 4,
      .widths = WIDTH_1_2_4,
      .read = kept_read,
      .write = kept_write,
      .name = "IMSC" },
    { .offset = UARTRIS, .bytes = 4, .widths = WIDTH_1_2_4, .read = ris_read, .name = "RIS" },
    { .offset = UARTMIS, .bytes = 4, .widths = WIDTH_1_2_4, .read = mis_read, .name = "MIS" },
    { .offset = UARTICR, .bytes = 4, .widths = WIDTH_1_2_4, .write = icr_write, .name = "ICR" },
    { .offset = UARTDMACR,
      .bytes = 4,
      .widths = WIDTH_1_2_4,
      .read = kept_read,
      .write = kept_write,
      .name = "DMACR" },
    { .offset = UARTID, .bytes = 0x20, .widths = WIDTH_1_2_4, .read = id_read, .name = "ID" },
};
const uint32_t pl011_row_count = sizeof(pl011_rows) / sizeof(pl011_rows[0]);
