/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Giving authority up. Once the trusted side runs, root keeps what a restart of the untrusted side
 * needs, with no more rights than that, and nothing else. A deleted capability from which others
 * were derived leaves a tombstone: the objects live on as long as somebody holds them.
 */
#include "root.h"
#include "runtime/syscall.h"

static cap_index keep(struct root *root, cap_index slot, uint32_t rights)
{
    cap_index kept = arena_slot(&root->persistent);

    root_derive(ROOT_SLOT_CNODE, kept, slot, rights, 0);
    return kept;
}

static cap_index keep_frames(struct root *root, cap_index first, uint32_t pages, uint32_t rights)
{
    cap_index kept = root->persistent.next;

    for (uint32_t i = 0; i < pages; i++)
        (void)keep(root, first + i, rights);
    return kept;
}

static void keep_objects(struct root *root)
{
    for (uint32_t i = 0; i < root->plan.count[MANIFEST_OBJECTS]; i++) {
        uint32_t rights = plan_kept_object_rights(&root->plan, i);

        if (root->plan.objects[i].owner == MANIFEST_NONE && rights != 0)
            root->object_slots[i] = keep(root, root->object_slots[i], rights);
    }
}

static void keep_memories(struct root *root)
{
    for (uint32_t i = 0; i < root->plan.count[MANIFEST_MEMORIES]; i++) {
        const struct manifest_memory *memory = &root->plan.memories[i];
        uint32_t rights = plan_kept_memory_rights(&root->plan, i);

        if (memory->owner == MANIFEST_NONE && rights != 0)
            root->memory_slots[i] =
                keep_frames(root, root->memory_slots[i], plan_pages(memory), rights);
    }
}

/* Its code, and where its threads' faults go. */
static void keep_components(struct root *root)
{
    for (uint32_t i = 0; i < root->plan.count[MANIFEST_COMPONENTS]; i++) {
        const struct manifest_component *c = &root->plan.components[i];
        struct component *component = &root->components[i];
        uint32_t pages = (c->image.text_bytes + c->image.rodata_bytes) >> 12;

        if (!plan_is_restartable(&root->plan, i))
            continue;
        component->text = keep_frames(root, component->text, pages, RIGHT_READ | RIGHT_EXEC);
        for (uint32_t n = 0; n < c->threads.count; n++)
            component->faults[n] = keep(root, component->faults[n], RIGHT_WRITE);
    }
}

/* A thread or scheduling context that nobody else names lives by a capability without rights. */
static void give_up(struct root *root, cap_index slot, uint32_t type)
{
    if (type == OBJECT_THREAD || type == OBJECT_SCHED)
        (void)keep(root, slot, 0);
    root_require(sys_cap_delete(ROOT_SLOT_CNODE, slot), "giving a capability up");
}


void seal_persistent(struct root *root)
{
    cap_index end = root->persistent.next;

    keep_objects(root);
    keep_memories(root);
    keep_components(root);
    for (cap_index slot = root->persistent.first; slot < end; slot++) {
        struct cap_info info;

        /* Untyped memory is that of the restartable components. */
        if (sys_cap_info(ROOT_SLOT_CNODE, slot, &info) == STATUS_OK && info.type != OBJECT_UNTYPED)
            give_up(root, slot, info.type);
    }
}

/* Does memory that is made anew at a restart come out of this region? */
static bool is_restart_region(const struct root *root, uint32_t index)
{
    for (uint32_t i = 0; i < root->plan.count[MANIFEST_MEMORIES]; i++) {
        const struct manifest_memory *memory = &root->plan.memories[i];
        uint32_t region;

        if (memory->owner != MANIFEST_NONE && memory->kind == MANIFEST_RAM &&
            plan_region_of(root->boot, memory, &region) && region == index)
            return true;
    }
    return false;
}

void seal_boot_capabilities(struct root *root)
{
    for (uint32_t i = 0; i < root->boot->untyped_count; i++) {
        if (!is_restart_region(root, i))
            root_require(sys_cap_delete(ROOT_SLOT_CNODE, ROOT_SLOT_FIRST_UNTYPED + i),
                         "giving memory up");
    }
    root_require(sys_cap_delete(ROOT_SLOT_CNODE, ROOT_SLOT_IRQ_CONTROL), "giving interrupts up");
    give_up(root, ROOT_SLOT_THREAD, OBJECT_THREAD);
    give_up(root, ROOT_SLOT_SCHED, OBJECT_SCHED);
}
