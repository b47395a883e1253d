/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Arm PrimeCell UART PL011 r1p5 (DDI 0183G), as the guest sees it. Sending takes
 * no time: the transmit FIFO is always empty. What is received lies in a line
 * buffer behind the 16-byte FIFO, of which the FIFO shows the head: a sender that
 * gives more than the guest reads fills the buffer, then loses whole messages.
 */
#pragma once

#include <stdbool.h>
#include <stdint.h>

#include "mmio.h"
#include "vgic.h"

enum {
    PL011_LINE_BYTES = 4096,
    PL011_FIFO_BYTES = 16,
    PL011_REGISTER_BYTES = 0x1000,
    PL011_KEPT = 19
};
_Static_assert((PL011_LINE_BYTES & (PL011_LINE_BYTES - 1)) == 0, "the line wraps by masking");

struct pl011 {
    struct vgic *gic;
    uint32_t irq;
    void (*transmit)(void *context, uint8_t byte);
    void (*ready)(void *context, bool is_ready); /* the guest raised or dropped DTR; may be NULL */
    void *context;
    bool has_carrier;          /* what DCD says */
    uint32_t raw;              /* interrupts that ICR clears */
    uint32_t kept[PL011_KEPT]; /* what was written to the plain registers, by word */
    uint32_t head, tail;       /* bytes ever received and read */
    uint8_t line[PL011_LINE_BYTES];
};

extern const struct vreg pl011_rows[];
extern const uint32_t pl011_row_count;

/* Wiring (gic, irq, transmit, ready, context) survives a reset; DCD is on after it. */
void pl011_reset(struct pl011 *uart);
/* DCD: the other end says whether it has a carrier. */
void pl011_set_carrier(struct pl011 *uart, bool is_on);
/* All or nothing: false when the port is closed or the line is full. */
bool pl011_receive(struct pl011 *uart, const char *bytes, uint32_t count);
