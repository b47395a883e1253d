/* SPDX-License-Identifier: BSD-2-Clause */
#include "mmio.h"

#include <stddef.h>

void mmio_index_rows(const struct vreg *rows, uint32_t count, uint8_t *index, uint32_t index_bytes)
{
    for (uint32_t word = 0; word < index_bytes / 4; word++) {
        index[word] = 0;
    }
    for (uint32_t row = 1; row < count; row++) {
        for (uint32_t offset = 0; offset < rows[row].bytes; offset += 4) {
            index[(rows[row].offset + offset) / 4] = (uint8_t)row;
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

static const struct mmio_region *find_other(struct mmio_bus *bus, uint64_t address)
{
    for (uint32_t i = 0; i < bus->count; i++) {
        if (is_inside(&bus->regions[i], address)) {
            bus->last = i;
            return &bus->regions[i];
        }
    }
    return NULL;
}

/* `last` is an index below count, or 0 with an empty bus, whose region 0 is empty. */
static inline const struct mmio_region *find_region(struct mmio_bus *bus, uint64_t address)
{
    const struct mmio_region *region = &bus->regions[bus->last];
    return is_inside(region, address) ? region : find_other(bus, address);
}

static const struct vreg hole = { .widths = WIDTH_1_2_4, .lanes = 1 };

static inline const struct vreg *find_row(const struct mmio_region *region, uint32_t offset)
{
    if (offset >= region->index_bytes) {
        return &hole;
    }
    const uint32_t row = region->index[offset / 4];
    return row == 0 ? &hole : &region->rows[row];
}

static inline bool is_allowed(const struct vreg *row, uint32_t offset, uint32_t width)
{
    const uint32_t low_bits = row->lanes ? width - 1 : 3;
    return (row->widths & width) != 0 && (offset & low_bits) == 0;
}

static inline uint32_t width_mask(uint32_t width)
{
    return ~(uint32_t)0 >> (32 - 8 * width);
}

bool mmio_read(struct mmio_bus *bus, uint64_t address, uint32_t width, uint64_t *value_out)
{
    const struct mmio_region *region = find_region(bus, address);
    if (region == NULL) {
        return false;
    }
    const uint32_t offset = (uint32_t)(address - region->base);
    const struct vreg *row = find_row(region, offset);
    if (!is_allowed(row, offset, width)) {
        return false;
    }
    uint32_t value = 0;
    if (row->read != NULL) {
        value = row->read(region->device, offset, width) & width_mask(width);
    }
    *value_out = value;
    return true;
}

bool mmio_write(struct mmio_bus *bus, uint64_t address, uint32_t width, uint32_t value)
{
    const struct mmio_region *region = find_region(bus, address);
    if (region == NULL) {
        return false;
    }
    const uint32_t offset = (uint32_t)(address - region->base);
    const struct vreg *row = find_row(region, offset);
    if (!is_allowed(row, offset, width)) {
        return false;
    }
    if (row->write != NULL) {
        row->write(region->device, offset, width, value & width_mask(width));
    }
    return true;
}
