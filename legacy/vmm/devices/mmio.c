/* SPDX-License-Identifier: BSD-2-Clause */
/* Finds the register that a trapped access is for, and does all checks once for every device. */
#include "mmio.h"

#include <stddef.h>

static const struct vreg hole = { .widths = WIDTH_1_2_4, .lanes = 1, .name = "reserved" };
static const struct mmio_region nowhere;

void mmio_init(struct mmio_bus *bus)
{
    *bus = (struct mmio_bus){ .last = &nowhere };
}

void mmio_index_rows(const struct vreg *rows, uint32_t count, const struct vreg **row_of_word,
                     uint32_t table_bytes)
{
    for (uint32_t word = 0; word < table_bytes / 4; word++) {
        row_of_word[word] = &hole;
    }
    for (uint32_t row = 0; row < count; row++) {
        for (uint32_t offset = 0; offset < rows[row].bytes; offset += 4) {
            row_of_word[(rows[row].offset + offset) / 4] = &rows[row];
        }
    }
}

static bool is_inside(const struct mmio_region *region, uint64_t address)
{
    return address - region->base < region->bytes;
}

bool mmio_add(struct mmio_bus *bus, const struct mmio_region *region)
{
    if (bus->count >= MMIO_REGIONS || region->bytes == 0) {
        return false;
    }
    for (uint32_t i = 0; i < bus->count; i++) {
        const struct mmio_region *other = &bus->regions[i];
        if (is_inside(other, region->base) || is_inside(region, other->base)) {
            return false;
        }
    }
    bus->regions[bus->count++] = *region;
    return true;
}

/* The guest has gone to another device. NULL: to none. */
static const struct mmio_region *find_other(struct mmio_bus *bus, uint64_t address)
{
    for (uint32_t i = 0; i < bus->count; i++) {
        if (is_inside(&bus->regions[i], address)) {
            bus->last = &bus->regions[i];
            return bus->last;
        }
    }
    return NULL;
}

static inline const struct mmio_region *find_region(struct mmio_bus *bus, uint64_t address)
{
    const struct mmio_region *region = bus->last;
    return is_inside(region, address) ? region : find_other(bus, address);
}

/* The row that may be accessed so, or NULL. */
static inline const struct vreg *find_row(const struct mmio_region *region, uint32_t offset,
                                          uint32_t width)
{
    const struct vreg *row = offset < region->table_bytes ? region->row_of_word[offset / 4] : &hole;
    const uint32_t low_bits = row->lanes ? width - 1 : 3;
    return (row->widths & width) != 0 && (offset & low_bits) == 0 ? row : NULL;
}

bool mmio_read(struct mmio_bus *bus, uint64_t address, uint32_t width, uint64_t *value_out)
{
    const struct mmio_region *region = find_region(bus, address);
    if (region == NULL) {
        return false;
    }
    const uint32_t offset = (uint32_t)(address - region->base);
    const struct vreg *row = find_row(region, offset, width);
    if (row == NULL) {
        return false;
    }
    *value_out = row->read == NULL ? 0 : row->read(region->device, offset, width);
    return true;
}

bool mmio_write(struct mmio_bus *bus, uint64_t address, uint32_t width, uint32_t value)
{
    const struct mmio_region *region = find_region(bus, address);
    if (region == NULL) {
        return false;
    }
    const uint32_t offset = (uint32_t)(address - region->base);
    const struct vreg *row = find_row(region, offset, width);
    if (row == NULL) {
        return false;
    }
    if (row->write != NULL) {
        row->write(region->device, offset, width, value);
    }
    return true;
}
