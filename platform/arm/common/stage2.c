/* SPDX-License-Identifier: BSD-2-Clause */
/* Stage 2 as the kernel knows it: the arch_pt_* part of the contract (DDI 0487 "Attribute fields in
 * stage 2 VMSAv8-64 Block and Page descriptors"). */
#include "abi/syscall.h"
#include "barrier.h"
#include "page_table.h"

enum { S2_READ = 6, S2_WRITE = 7, S2_MEMORY_SHIFT = 2 };
enum s2_memory { S2_DEVICE_nGnRE = 0x1, S2_NORMAL_NC = 0x5, S2_NORMAL_WB = 0xf, S2_MEMORY_MASK = 0xf };

static const struct pt_geometry *const geometry = &ARCH_PT_GEOMETRY;

static uint64_t bit_if(bool is_set, unsigned bit)
{
    return is_set ? UINT64_C(1) << bit : 0;
}

static uint64_t memory_type(unsigned attributes)
{
    if ((attributes & MAP_DEVICE) != 0) {
        return S2_DEVICE_nGnRE;
    }
    return (attributes & MAP_UNCACHED) != 0 ? S2_NORMAL_NC : S2_NORMAL_WB;
}

/* Never executable: device memory. Inner shareable because HCR.DC memory is not. */
static uint64_t leaf_of_attributes(unsigned attributes)
{
    bool is_code = (attributes & MAP_EXEC) != 0 && (attributes & MAP_DEVICE) == 0;
    return memory_type(attributes) << S2_MEMORY_SHIFT |
           bit_if((attributes & MAP_READ) != 0, S2_READ) |
           bit_if((attributes & MAP_WRITE) != 0, S2_WRITE) | PT_SHAREABLE_INNER | PT_ACCESSED |
           (is_code ? 0 : PT_EXECUTE_NEVER);
}

static unsigned attributes_of_leaf(uint64_t leaf)
{
    unsigned memory = (unsigned)(leaf >> S2_MEMORY_SHIFT) & S2_MEMORY_MASK;
    unsigned attributes = memory == S2_DEVICE_nGnRE ? MAP_DEVICE : 0u;
    attributes |= memory == S2_NORMAL_NC ? MAP_UNCACHED : 0u;
    attributes |= (leaf >> S2_READ & 1) != 0 ? MAP_READ : 0u;
    attributes |= (leaf >> S2_WRITE & 1) != 0 ? MAP_WRITE : 0u;
    attributes |= (leaf & PT_EXECUTE_NEVER) == 0 ? MAP_EXEC : 0u;
    return attributes;
}

void arch_pt_init_root(void *root)
{
    uint64_t *entry = root;
    for (size_t i = 0; i < ARCH_TABLE_BYTES / sizeof *entry; i++) {
        entry[i] = 0;
    }
    barrier_table_write();
}

bool arch_pt_ipa_valid(ipa_addr ipa, unsigned shift)
{
    return pt_input_valid(geometry, ipa.value, shift);
}

enum arch_pt_result arch_pt_insert_table(void *root, ipa_addr ipa, unsigned level, phys_addr table)
{
    return pt_insert_table(geometry, root, ipa.value, level, table);
}

void arch_pt_remove_table(void *root, ipa_addr ipa, unsigned level)
{
    pt_remove_table(geometry, root, ipa.value, level);
}

enum arch_pt_result arch_pt_map(void *root, ipa_addr ipa, phys_addr pa, unsigned shift,
                                unsigned attributes)
{
    return pt_map(geometry, root, ipa.value, pa, shift, leaf_of_attributes(attributes));
}

void arch_pt_unmap(void *root, ipa_addr ipa, unsigned shift)
{
    pt_unmap(geometry, root, ipa.value, shift);
}

bool arch_pt_lookup(void *root, ipa_addr ipa, phys_addr *pa_out, unsigned *attributes_out)
{
    uint64_t leaf;
    if (!pt_lookup(geometry, root, ipa.value, pa_out, &leaf)) {
        return false;
    }
    *attributes_out = attributes_of_leaf(leaf);
    return true;
}
