/* SPDX-License-Identifier: BSD-2-Clause */
/* Frames into address spaces. Page tables are made as the kernel asks for them. */
#include "root.h"
#include "runtime/memory.h"
#include "runtime/syscall.h"

enum { TABLE_OF_BLOCKS = 2, TABLE_OF_PAGES = 3, BLOCK_SHIFT = 21 };
static const abi_word WINDOW_VA = 0x00a00000; /* root's own, behind the bundle */

/* A table is the space's memory: its capability goes to the component, who can do nothing with it
 * without one to its space. Those of root's own space (no component) stay with root. */
static void add_table(struct root *root, struct arena *arena, cap_index space, abi_word address,
                      struct component *component)
{
    abi_word block = address & ~(((abi_word)1 << BLOCK_SHIFT) - 1);
    cap_index table = root_create(root, arena, OBJECT_TABLE, 0);
    enum status status = sys_space_map_table(space, table, block, TABLE_OF_BLOCKS);

    if (status == STATUS_MAPPED)
        status = sys_space_map_table(space, table, block, TABLE_OF_PAGES);
    root_require(status, "adding a page table");
    if (component != NULL)
        root_hand_over(component, table);
}

static void map_frame(struct root *root, struct arena *arena, cap_index space, cap_index frame,
                      abi_word address, uint32_t attributes, struct component *component)
{
    enum status status = sys_space_map(space, frame, address, attributes);

    for (unsigned level = TABLE_OF_BLOCKS; level <= TABLE_OF_PAGES; level++) {
        if (status != STATUS_NO_TABLE)
            break;
        add_table(root, arena, space, address, component);
        status = sys_space_map(space, frame, address, attributes);
    }
    root_require(status, "mapping a frame");
}

void space_map_own(struct root *root, cap_index frame, abi_word address, uint32_t attributes)
{
    map_frame(root, &root->own, ROOT_SLOT_SPACE, frame, address, attributes, NULL);
}

void space_map(struct root *root, struct component *component, const struct mapping *m)
{
    for (uint32_t i = 0; i < m->pages; i++) {
        abi_word address = (abi_word)(m->address + ((uint64_t)i << m->page_shift));

        root_derive(ROOT_SLOT_CNODE, SLOT_TEMPORARY, m->first_frame + i, m->rights, 0);
        map_frame(root, component->arena, m->space, SLOT_TEMPORARY, address, m->attributes,
                  component);
        root_hand_over(component, SLOT_TEMPORARY);
    }
}

void space_fill(struct root *root, cap_index frame, const void *from, uint32_t bytes)
{
    root_derive(ROOT_SLOT_CNODE, SLOT_TEMPORARY, frame, RIGHT_READ | RIGHT_WRITE, 0);
    space_map_own(root, SLOT_TEMPORARY, WINDOW_VA, MAP_READ | MAP_WRITE);
    memcpy((void *)WINDOW_VA, from, bytes);
    root_require(sys_cap_delete(ROOT_SLOT_CNODE, SLOT_TEMPORARY), "closing the window");
}
