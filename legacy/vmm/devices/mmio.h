/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Emulated devices are tables of registers. The dispatcher finds the device and
 * the row and does all checking: width, alignment, direction. A handler is only
 * ever called with an offset inside its row and a width its row allows.
 *
 * A hole inside a device reads as zero and ignores writes, as the manuals ask of
 * reserved registers. An access that no device takes, or of a width or alignment
 * the register does not have, is the caller's to turn into an external abort.
 */
#pragma once

#include <stdbool.h>
#include <stdint.h>

enum { WIDTH_1 = 1, WIDTH_2 = 2, WIDTH_4 = 4, WIDTH_1_2_4 = 7, WIDTH_1_4 = 5 };

typedef uint32_t vreg_read_t(void *device, uint32_t offset, uint32_t width);
typedef void vreg_write_t(void *device, uint32_t offset, uint32_t width, uint32_t value);

struct vreg {
    vreg_read_t *read;   /* NULL: reads as zero */
    vreg_write_t *write; /* NULL: writes are ignored */
    const char *name;    /* as the manual has it, for the tests' and the log's sake */
    uint16_t offset;     /* multiple of four */
    uint16_t bytes;      /* multiple of four: a run of registers of one kind */
    uint8_t widths;      /* access widths allowed, ORed */
    uint8_t lanes;       /* 1: narrow accesses may start at any byte, else only at words */
};

enum { MMIO_REGIONS = 8 };

struct mmio_region {
    uint64_t base;
    uint32_t bytes;       /* what of the guest's map belongs to the device */
    uint32_t table_bytes; /* registers lie below this offset, multiple of four */
    void *device;
    const struct vreg *const *row_of_word;
};

struct mmio_bus {
    const struct mmio_region *last; /* of the previous access: nearly always the next one's too */
    uint32_t count;
    struct mmio_region regions[MMIO_REGIONS];
};

void mmio_init(struct mmio_bus *bus);
/* Fills row_of_word (table_bytes / 4 entries); words that no row names are holes. */
void mmio_index_rows(const struct vreg *rows, uint32_t count, const struct vreg **row_of_word,
                     uint32_t table_bytes);
/* False when the bus is full or the region overlaps another. */
bool mmio_add(struct mmio_bus *bus, const struct mmio_region *region);
/* False: the guest gets an external abort, nothing happened. Of *value_out only the access's
 * width means anything: the kernel takes no more of it. */
bool mmio_read(struct mmio_bus *bus, uint64_t address, uint32_t width, uint64_t *value_out);
bool mmio_write(struct mmio_bus *bus, uint64_t address, uint32_t width, uint32_t value);
