/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The live capability graph on the console, for scripts/manifest/live_graph.py: what each component
 * really holds as its threads start, and what root still holds when it has given up the rest. One
 * line a capability:
 *     graph: <component> <slot> <type> <rights> <badge or size> <object>      all hexadecimal
 */
#include "root.h"
#include "runtime/syscall.h"

static void number(uint64_t value)
{
    report_text(" ");
    report_number(value);
}

static void dump_cnode(const char *name, cap_index cnode, cap_index slots)
{
    for (cap_index slot = 1; slot < slots; slot++) {
        struct cap_info info;

        if (sys_cap_info(cnode, slot, &info) != STATUS_OK)
            continue;
        report_text("graph: ");
        report_text(name);
        number(slot);
        number(info.type);
        number(info.rights);
        number(info.badge_or_size);
        number(info.object);
        report_text("\n");
    }
    report_text("graph: ");
    report_text(name);
    report_text(" end\n");
}

void dump_component(const struct root *root, uint32_t index)
{
    const struct manifest_component *c = &root->plan.components[index];

    dump_cnode(c->name, root->components[index].cnode, (cap_index)1 << c->cnode_bits);
}

void dump_root(const struct root *root)
{
    dump_cnode(root->plan.components[0].name, ROOT_SLOT_CNODE, SLOT_RESTART_END);
}
