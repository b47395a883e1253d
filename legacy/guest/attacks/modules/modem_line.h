/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Where the modem's UART is: the device tree's alias serial1, as a Trojan on any phone
 * would look it up. ARM PL011 (ARM DDI 0183, "Programmer's model").
 */
#pragma once

#include <linux/io.h>
#include <linux/of.h>
#include <linux/of_address.h>

enum { PL011_DR = 0x00, PL011_FR = 0x18, PL011_LCRH = 0x2c, PL011_CR = 0x30 };
enum {
    PL011_FR_TXFF = 1 << 5,
    PL011_LCRH_8N1_FIFO = 0x70,
    PL011_CR_ON = 0x301,
    PL011_BYTES = 0x1000
};

/* The machine's address for it when the tree has no alias. */
enum { MODEM_LINE_DEFAULT = 0x09040000 };

static inline phys_addr_t modem_line_address(const char *alias)
{
    struct resource where;
    struct device_node *node = of_find_node_by_path(alias);
    bool is_known = node != NULL && of_address_to_resource(node, 0, &where) == 0;
    of_node_put(node);
    return is_known ? where.start : MODEM_LINE_DEFAULT;
}
