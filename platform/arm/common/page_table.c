/* SPDX-License-Identifier: BSD-2-Clause */
/* The walker, and stage 2's descriptors (DDI 0487 "Attribute fields in stage 2 VMSAv8-64 Block and
 * Page descriptors"). */
#include "abi/syscall.h"
#include "platform.h"
#include "sysreg.h"

enum { INDEX_BITS = 9, ROOT_LEVEL = 1, LAST_LEVEL = 3, OUTPUT_BITS = 40 };
enum { VALID = 1, TYPE = 3, TABLE_OR_PAGE = 3, BLOCK = 1 }; /* bits 1:0 */
#define ADDRESS UINT64_C(0x000000fffffff000)                /* [39:12] */

enum { S2_READ = 1 << 6, S2_WRITE = 1 << 7 };
/* MemAttr [5:2] */
enum s2_memory {
    S2_DEVICE_nGnRE = 0x1 << 2,
    S2_NORMAL_NC = 0x5 << 2,
    S2_NORMAL_WB = 0xf << 2,
};

static unsigned level_shift(unsigned level)
{
    return ARCH_PAGE_SHIFT + INDEX_BITS * (LAST_LEVEL - level);
}

static unsigned level_of_shift(unsigned shift)
{
    return shift == ARCH_PAGE_SHIFT ? LAST_LEVEL : LAST_LEVEL - 1;
}

static bool is_table(uint64_t entry, unsigned level)
{
    return level < LAST_LEVEL && (entry & TYPE) == TABLE_OR_PAGE;
}

static bool is_aligned(uint64_t address, unsigned shift, unsigned bits)
{
    return address >> bits == 0 && (address & ((UINT64_C(1) << shift) - 1)) == 0;
}

/* The entry that translates `ipa` at *level, or above, where the tables end: *level says. */
static uint64_t *walk(void *root, ipa_addr ipa, unsigned *level)
{
    uint64_t *table = root;
    for (unsigned at = ROOT_LEVEL;; at++) {
        uint64_t *entry = &table[ipa.value >> level_shift(at) & ((1u << INDEX_BITS) - 1u)];
        if (at == *level || !is_table(*entry, at)) {
            *level = at;
            return entry;
        }
        table = arch_memory((phys_addr){ *entry & ADDRESS });
    }
}

/* Never over a valid entry: break before make. */
static enum status insert(void *root, ipa_addr ipa, unsigned level, uint64_t descriptor)
{
    unsigned reached = level;
    uint64_t *entry = walk(root, ipa, &reached);
    if ((*entry & VALID) != 0) {
        return STATUS_MAPPED;
    }
    if (reached != level) {
        return STATUS_NO_TABLE;
    }
    table_write(entry, descriptor);
    return STATUS_OK;
}

/* Only a table, or only a leaf. */
static void clear(void *root, ipa_addr ipa, unsigned level, bool is_table_meant)
{
    unsigned reached = level;
    uint64_t *entry = walk(root, ipa, &reached);
    if (reached == level && is_table(*entry, level) == is_table_meant) {
        table_write(entry, 0);
    }
}

bool arch_pt_ipa_valid(ipa_addr ipa, unsigned shift)
{
    return (shift == ARCH_PAGE_SHIFT || shift == ARCH_BLOCK_SHIFT) &&
           is_aligned(ipa.value, shift, ARCH_PT_INPUT_BITS);
}

static bool is_table_place(ipa_addr ipa, unsigned level)
{
    return ipa.value >> ARCH_PT_INPUT_BITS == 0 && level > ROOT_LEVEL && level <= LAST_LEVEL;
}

enum status arch_pt_insert_table(void *root, ipa_addr ipa, unsigned level, phys_addr table)
{
    return is_table_place(ipa, level)
               ? insert(root, ipa, level - 1, (table.value & ADDRESS) | TABLE_OR_PAGE)
               : STATUS_BAD_ARGUMENT;
}

void arch_pt_remove_table(void *root, ipa_addr ipa, unsigned level)
{
    if (is_table_place(ipa, level)) {
        clear(root, ipa, level - 1, true);
    }
}

enum status pt_map(void *root, ipa_addr ipa, phys_addr pa, unsigned shift, uint64_t leaf)
{
    uint64_t type = shift == ARCH_PAGE_SHIFT ? TABLE_OR_PAGE : BLOCK;
    return arch_pt_ipa_valid(ipa, shift) && is_aligned(pa.value, shift, OUTPUT_BITS)
               ? insert(root, ipa, level_of_shift(shift), pa.value | leaf | type)
               : STATUS_BAD_ARGUMENT;
}

void arch_pt_unmap(void *root, ipa_addr ipa, unsigned shift)
{
    if (arch_pt_ipa_valid(ipa, shift)) {
        clear(root, ipa, level_of_shift(shift), false);
    }
}

/* Never executable: device memory. Inner shareable because HCR.DC memory is not. */
enum status arch_pt_map(void *root, ipa_addr ipa, phys_addr pa, unsigned shift, unsigned attributes)
{
    uint64_t leaf = PT_SHAREABLE_INNER | PT_ACCESSED;
    leaf |= (attributes & MAP_READ) != 0 ? S2_READ : 0u;
    leaf |= (attributes & MAP_WRITE) != 0 ? S2_WRITE : 0u;
    leaf |= (attributes & (MAP_EXEC | MAP_DEVICE)) == MAP_EXEC ? 0 : PT_EXECUTE_NEVER;
    leaf |= (attributes & MAP_DEVICE) != 0     ? S2_DEVICE_nGnRE
            : (attributes & MAP_UNCACHED) != 0 ? S2_NORMAL_NC
                                               : S2_NORMAL_WB;
    return pt_map(root, ipa, pa, shift, leaf);
}

bool arch_pt_lookup(void *root, ipa_addr ipa, phys_addr *pa_out)
{
    unsigned level = LAST_LEVEL;
    uint64_t *entry = ipa.value >> ARCH_PT_INPUT_BITS == 0 ? walk(root, ipa, &level) : NULL;
    if (entry == NULL || (*entry & TYPE) != (level == LAST_LEVEL ? TABLE_OR_PAGE : BLOCK)) {
        return false;
    }
    uint64_t offset_mask = (UINT64_C(1) << level_shift(level)) - 1;
    *pa_out = (phys_addr){ (*entry & ADDRESS & ~offset_mask) | (ipa.value & offset_mask) };
    return true;
}
