/* SPDX-License-Identifier: BSD-2-Clause */
/*
 *   board.ram            rw-   2 MiB blocks, but for the kernel's own block:
 *     text               r-x
 *     read-only data     r--
 *     rest of the block  rw-   data, bss, stacks
 *     below each stack   ---   a guard page
 *   board.device_blocks  rw-   Device-nGnRE
 * Everything is mapped where it is. No page is both writable and executable.
 */
#include "kernel_map.h"

#include "board.h"
#include "cpu_area.h"
#include "page_table.h"

enum { ATTR_DEVICE = 0, ATTR_NORMAL = 1 << 2 };
#define S1_RES1 (UINT64_C(1) << 6)      /* AP[1]: RES1 with one privilege level */
#define S1_READ_ONLY (UINT64_C(1) << 7) /* AP[2] */
#define S1_COMMON (S1_RES1 | PT_SHAREABLE_INNER | PT_ACCESSED)

static const uint64_t leaf_code = S1_COMMON | ATTR_NORMAL | S1_READ_ONLY;
static const uint64_t leaf_rodata = S1_COMMON | ATTR_NORMAL | S1_READ_ONLY | PT_EXECUTE_NEVER;
static const uint64_t leaf_data = S1_COMMON | ATTR_NORMAL | PT_EXECUTE_NEVER;
static const uint64_t leaf_device = S1_COMMON | ATTR_DEVICE | PT_EXECUTE_NEVER;

enum { TABLES = 6, PAGE = 1 << ARCH_PAGE_SHIFT, BLOCK = 1 << ARCH_BLOCK_SHIFT };

static struct table {
    _Alignas(ARCH_TABLE_BYTES) uint64_t entry[ARCH_TABLE_BYTES / sizeof(uint64_t)];
} tables[TABLES];
static unsigned tables_used = 1; /* tables[0] is the root */

extern const char __image_start[], __text_end[], __rodata_end[];

static const struct pt_geometry *const geometry = &ARCH_PT_GEOMETRY;

static uint64_t address(const void *pointer)
{
    return (uint64_t)(uintptr_t)pointer;
}

static void add_table(uint64_t at, unsigned level)
{
    if (tables_used < TABLES &&
        pt_insert_table(geometry, &tables[0], at, level,
                        (phys_addr){ address(&tables[tables_used]) }) == ARCH_PT_OK) {
        tables_used++;
    }
}

static void add_block(uint64_t at, uint64_t leaf)
{
    add_table(at, 2);
    (void)pt_map(geometry, &tables[0], at, (phys_addr){ at }, ARCH_BLOCK_SHIFT, leaf);
}

static uint64_t image_page_leaf(uint64_t at)
{
    if (at < address(__text_end)) {
        return leaf_code;
    }
    return at < address(__rodata_end) ? leaf_rodata : leaf_data;
}

static void add_image(void)
{
    uint64_t start = address(__image_start);
    add_table(start, 2);
    add_table(start, 3);
    for (uint64_t at = start; at < start + BLOCK; at += PAGE) {
        (void)pt_map(geometry, &tables[0], at, (phys_addr){ at }, ARCH_PAGE_SHIFT,
                     image_page_leaf(at));
    }
    for (unsigned i = 0; i < CPU_AREAS; i++) {
        pt_unmap(geometry, &tables[0], address(cpu_areas[i].guard), ARCH_PAGE_SHIFT);
    }
}

uint64_t kernel_map_build(void)
{
    add_image();
    for (uint64_t at = board.ram.base; at < board.ram.base + board.ram.bytes; at += BLOCK) {
        add_block(at, leaf_data); /* the image's block has a table already: refused */
    }
    for (unsigned i = 0; i < BOARD_DEVICE_BLOCKS && board.device_blocks[i] != 0; i++) {
        add_block(board.device_blocks[i], leaf_device);
    }
    return address(&tables[0]);
}
