/* SPDX-License-Identifier: BSD-2-Clause */
#include "page_table.h"

#include "barrier.h"

const struct pt_geometry pt_geometry_v7 = { .input_bits = 32, .root_level = 1 };
const struct pt_geometry pt_geometry_v8 = { .input_bits = 39, .root_level = 1 };

static unsigned level_shift(unsigned level)
{
    return ARCH_PAGE_SHIFT + PT_INDEX_BITS * (PT_LAST_LEVEL - level);
}

static unsigned level_of_shift(unsigned shift)
{
    return shift == ARCH_PAGE_SHIFT ? PT_LAST_LEVEL : PT_LAST_LEVEL - 1;
}

static size_t level_index(uint64_t input, unsigned level)
{
    return (size_t)(input >> level_shift(level)) & ((1u << PT_INDEX_BITS) - 1u);
}

static bool is_table(uint64_t entry, unsigned level)
{
    return level < PT_LAST_LEVEL && (entry & PT_TABLE_OR_PAGE) == PT_TABLE_OR_PAGE;
}

static uint64_t leaf_type(unsigned level)
{
    return level == PT_LAST_LEVEL ? PT_TABLE_OR_PAGE : PT_VALID;
}

/* Single-copy atomic, as an entry that a walker may read must be: one 64-bit store. */
static void write_entry(uint64_t *entry, uint64_t value)
{
    __atomic_store_n(entry, value, __ATOMIC_RELAXED);
    barrier_table_write();
}

bool pt_input_valid(const struct pt_geometry *geometry, uint64_t input, unsigned shift)
{
    bool is_leaf_size = shift == ARCH_PAGE_SHIFT || shift == ARCH_BLOCK_SHIFT;
    return is_leaf_size && (input >> geometry->input_bits) == 0 &&
           (input & ((UINT64_C(1) << shift) - 1)) == 0;
}

enum arch_pt_result pt_find(const struct pt_geometry *geometry, void *root, uint64_t input,
                            unsigned level, uint64_t **entry_out)
{
    if ((input >> geometry->input_bits) != 0 || level < geometry->root_level ||
        level > PT_LAST_LEVEL) {
        return ARCH_PT_RANGE;
    }
    uint64_t *table = root;
    for (unsigned at = geometry->root_level; at < level; at++) {
        uint64_t entry = table[level_index(input, at)];
        if (!is_table(entry, at)) {
            return (entry & PT_VALID) != 0 ? ARCH_PT_MAPPED : ARCH_PT_NO_TABLE;
        }
        table = arch_memory((phys_addr){ entry & PT_ADDRESS });
    }
    *entry_out = &table[level_index(input, level)];
    return ARCH_PT_OK;
}

enum arch_pt_result pt_insert_table(const struct pt_geometry *geometry, void *root, uint64_t input,
                                    unsigned level, phys_addr table)
{
    uint64_t *entry;
    if (level == 0) {
        return ARCH_PT_RANGE;
    }
    enum arch_pt_result result = pt_find(geometry, root, input, level - 1, &entry);
    if (result != ARCH_PT_OK) {
        return result;
    }
    if ((*entry & PT_VALID) != 0) {
        return ARCH_PT_MAPPED;
    }
    write_entry(entry, (table.value & PT_ADDRESS) | PT_TABLE_OR_PAGE);
    return ARCH_PT_OK;
}

void pt_remove_table(const struct pt_geometry *geometry, void *root, uint64_t input, unsigned level)
{
    uint64_t *entry;
    if (level != 0 && pt_find(geometry, root, input, level - 1, &entry) == ARCH_PT_OK &&
        is_table(*entry, level - 1)) {
        write_entry(entry, 0);
    }
}

enum arch_pt_result pt_map(const struct pt_geometry *geometry, void *root, uint64_t input,
                           phys_addr output, unsigned shift, uint64_t leaf)
{
    unsigned level = level_of_shift(shift);
    uint64_t *entry;
    bool is_output_valid = (output.value >> PT_OUTPUT_BITS) == 0 &&
                           (output.value & ((UINT64_C(1) << shift) - 1)) == 0;
    if (!pt_input_valid(geometry, input, shift) || !is_output_valid) {
        return ARCH_PT_RANGE;
    }
    enum arch_pt_result result = pt_find(geometry, root, input, level, &entry);
    if (result != ARCH_PT_OK) {
        return result;
    }
    if ((*entry & PT_VALID) != 0) {
        return ARCH_PT_MAPPED;
    }
    write_entry(entry, output.value | leaf | leaf_type(level));
    return ARCH_PT_OK;
}

void pt_unmap(const struct pt_geometry *geometry, void *root, uint64_t input, unsigned shift)
{
    unsigned level = level_of_shift(shift);
    uint64_t *entry;
    if (pt_input_valid(geometry, input, shift) &&
        pt_find(geometry, root, input, level, &entry) == ARCH_PT_OK && !is_table(*entry, level)) {
        write_entry(entry, 0);
    }
}

bool pt_lookup(const struct pt_geometry *geometry, void *root, uint64_t input, phys_addr *pa_out,
               uint64_t *leaf_out)
{
    for (unsigned level = geometry->root_level; level <= PT_LAST_LEVEL; level++) {
        uint64_t *entry;
        if (pt_find(geometry, root, input, level, &entry) != ARCH_PT_OK ||
            (*entry & PT_TABLE_OR_PAGE) == 0) {
            return false;
        }
        if ((*entry & PT_TABLE_OR_PAGE) == leaf_type(level)) {
            uint64_t offset = input & ((UINT64_C(1) << level_shift(level)) - 1);
            uint64_t base = *entry & PT_ADDRESS & ~((UINT64_C(1) << level_shift(level)) - 1);
            *pa_out = (phys_addr){ base | offset };
            *leaf_out = *entry & ~PT_ADDRESS & ~PT_TABLE_OR_PAGE;
            return true;
        }
    }
    return false;
}
