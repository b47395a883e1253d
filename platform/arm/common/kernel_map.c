/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The kernel's own translation at EL2:
 *   board.ram            rw-   2 MiB blocks, but for the kernel's own block:
 *     text               r-x
 *     read-only data     r--
 *     rest of the block  rw-   data, bss, stacks
 *     below each stack   ---   a guard page
 *   board.device_blocks  rw-   Device-nGnRE
 * Everything is mapped where it is. No page is both writable and executable.
 */
#include "board.h"
#include "platform.h"

enum { ATTR_DEVICE = 0, ATTR_NORMAL = 1 << 2 };
#define S1_RES1 (UINT64_C(1) << 6)      /* AP[1]: RES1 with one privilege level */
#define S1_READ_ONLY (UINT64_C(1) << 7) /* AP[2] */
#define LEAF_DEVICE (S1_RES1 | PT_SHAREABLE_INNER | PT_ACCESSED | ATTR_DEVICE | PT_EXECUTE_NEVER)
#define LEAF_DATA (LEAF_DEVICE | ATTR_NORMAL)
#define LEAF_RODATA (LEAF_DATA | S1_READ_ONLY)
#define LEAF_CODE (LEAF_RODATA & ~PT_EXECUTE_NEVER)

enum { TABLES = 6, PAGE = 1 << ARCH_PAGE_SHIFT, BLOCK = 1 << ARCH_BLOCK_SHIFT };

static struct {
    _Alignas(ARCH_TABLE_BYTES) uint8_t bytes[ARCH_TABLE_BYTES];
} tables[TABLES];
static unsigned tables_used = 1; /* tables[0] is the root */

extern const char __image_start[], __text_end[], __rodata_end[];

static uint64_t address(const void *pointer)
{
    return arch_physical(pointer).value;
}

static void add_table(uint64_t at, unsigned level)
{
    if (tables_used < TABLES &&
        arch_pt_insert_table(tables, (ipa_addr){ at }, level,
                             arch_physical(&tables[tables_used])) == STATUS_OK) {
        tables_used++;
    }
}

static void add_blocks(uint64_t start, uint64_t bytes, uint64_t leaf)
{
    for (uint64_t at = start; at < start + bytes; at += BLOCK) {
        add_table(at, 2);
        /* the image's block has a table already: refused */
        (void)pt_map(tables, (ipa_addr){ at }, (phys_addr){ at }, ARCH_BLOCK_SHIFT, leaf);
    }
}

static void add_image(void)
{
    const uint64_t start = address(__image_start);
    const uint64_t guard = address(arch_cpu_local()) - ARCH_STACK_BYTES - ARCH_GUARD_BYTES;

    add_table(start, 2);
    add_table(start, 3);
    for (uint64_t at = start; at < start + BLOCK; at += PAGE) {
        uint64_t leaf = at < address(__text_end)     ? LEAF_CODE
                        : at < address(__rodata_end) ? LEAF_RODATA
                                                     : LEAF_DATA;
        (void)pt_map(tables, (ipa_addr){ at }, (phys_addr){ at }, ARCH_PAGE_SHIFT, leaf);
    }
    arch_pt_unmap(tables, (ipa_addr){ guard }, ARCH_PAGE_SHIFT);
}

uint64_t kernel_map_build(void)
{
    add_image();
    add_blocks(board.ram.base, board.ram.bytes, LEAF_DATA);
    for (unsigned i = 0; i < BOARD_DEVICE_BLOCKS && board.device_blocks[i] != 0; i++) {
        add_blocks(board.device_blocks[i], BLOCK, LEAF_DEVICE);
    }
    return address(tables);
}
