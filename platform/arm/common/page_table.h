/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Long-descriptor translation tables (DDI 0487 "VMSAv8-64 translation table format
 * descriptors", DDI 0406 "Long-descriptor translation table format"): one walker
 * for both word sizes and both stages. Word sizes differ in the width of the input address
 * (ARCH_PT_INPUT_BITS); stages in the descriptor that is made.
 */
#ifndef PAGE_TABLE_H
#define PAGE_TABLE_H

#include "arch/arch.h"

#define PT_SHAREABLE_INNER (UINT64_C(3) << 8)
#define PT_ACCESSED (UINT64_C(1) << 10)
#define PT_EXECUTE_NEVER (UINT64_C(1) << 54)

/* arch_pt_map() for a descriptor's attribute bits; address and type are put in here. */
enum arch_pt_result pt_map(void *root, ipa_addr ipa, phys_addr pa, unsigned shift, uint64_t leaf);

#endif
