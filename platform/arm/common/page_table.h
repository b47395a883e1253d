/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Long-descriptor translation tables (DDI 0487 "VMSAv8-64 translation table format
 * descriptors", DDI 0406 "Long-descriptor translation table format"): one walker
 * for both word sizes and both stages. What differs between word sizes is data:
 * struct pt_geometry. What differs between stages is the descriptor that the
 * caller makes.
 */
#ifndef PAGE_TABLE_H
#define PAGE_TABLE_H

#include "arch/arch.h"

struct pt_geometry {
    uint8_t input_bits; /* of the address that is translated */
    uint8_t root_level; /* 0..3 */
};

enum { PT_INDEX_BITS = 9, PT_LAST_LEVEL = 3, PT_OUTPUT_BITS = 40 };

#define PT_VALID UINT64_C(1)
#define PT_TABLE_OR_PAGE UINT64_C(3) /* bits 1:0; a block has 1 */
#define PT_ADDRESS UINT64_C(0x000000fffffff000) /* [39:12] */
#define PT_SHAREABLE_INNER (UINT64_C(3) << 8)
#define PT_ACCESSED (UINT64_C(1) << 10)
#define PT_EXECUTE_NEVER (UINT64_C(1) << 54)

extern const struct pt_geometry pt_geometry_v7; /* T0SZ = 0, SL0 = 1: root of 4 entries */
extern const struct pt_geometry pt_geometry_v8; /* T0SZ = 25, SL0 = 1: root of 512 entries */

bool pt_input_valid(const struct pt_geometry *geometry, uint64_t input, unsigned shift);
/*
 * The entry that translates `input` at `level`. NO_TABLE: a table above is
 * missing; MAPPED: a block above translates it already.
 */
enum arch_pt_result pt_find(const struct pt_geometry *geometry, void *root, uint64_t input,
                            unsigned level, uint64_t **entry_out);
enum arch_pt_result pt_insert_table(const struct pt_geometry *geometry, void *root, uint64_t input,
                                    unsigned level, phys_addr table);
void pt_remove_table(const struct pt_geometry *geometry, void *root, uint64_t input,
                     unsigned level);
/* `leaf`: the attribute bits of the descriptor; address and type are put in here. */
enum arch_pt_result pt_map(const struct pt_geometry *geometry, void *root, uint64_t input,
                           phys_addr output, unsigned shift, uint64_t leaf);
void pt_unmap(const struct pt_geometry *geometry, void *root, uint64_t input, unsigned shift);
bool pt_lookup(const struct pt_geometry *geometry, void *root, uint64_t input, phys_addr *pa_out,
               uint64_t *leaf_out);

#endif
