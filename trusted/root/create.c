/* SPDX-License-Identifier: BSD-2-Clause */
/* Objects and frames out of untyped memory. */
#include "root.h"
#include "runtime/syscall.h"

enum { PAGE_SHIFT = 12, PAGE_BYTES = 1 << PAGE_SHIFT };

cap_index arena_slot(struct arena *arena)
{
    if (arena->next == arena->end)
        root_stop("finding a free slot", STATUS_NO_MEMORY);
    return arena->next++;
}

void root_derive(cap_index cnode, cap_index slot, cap_index source, uint32_t rights,
                 uint32_t badge)
{
    root_require(sys_cap_copy(cnode, slot, ROOT_SLOT_CNODE, source, rights, badge),
                 "deriving a capability");
}

void root_hand_over(struct component *component, cap_index slot)
{
    root_require(sys_cap_move(component->cnode, component->next_slot++, ROOT_SLOT_CNODE, slot),
                 "handing a capability over");
}

/* The first region of general memory that still has room. */
static enum status retype_general(const struct root *root, enum object_type type,
                                  abi_word parameter, cap_index slot)
{
    enum status status = STATUS_NO_MEMORY;

    for (uint32_t i = 0; i < root->boot->untyped_count && status == STATUS_NO_MEMORY; i++) {
        if (root->general[i])
            status = sys_untyped_retype(ROOT_SLOT_FIRST_UNTYPED + i, type, parameter, RETYPE_NEXT,
                                        ROOT_SLOT_CNODE, slot);
    }
    return status;
}

cap_index root_create(struct root *root, struct arena *arena, enum object_type type,
                      abi_word parameter)
{
    cap_index slot = arena_slot(arena);
    enum status status;

    if (arena->pool == 0)
        status = retype_general(root, type, parameter, slot);
    else
        status = sys_untyped_retype(arena->pool, type, parameter, RETYPE_NEXT, ROOT_SLOT_CNODE,
                                    slot);
    root_require(status, "creating an object");
    return slot;
}

/* ---- memory --------------------------------------------------------------------------------- */

static void frame_at(struct root *root, uint32_t region, uint64_t physical, uint32_t page_shift,
                     cap_index slot)
{
    enum status status =
        sys_untyped_retype(ROOT_SLOT_FIRST_UNTYPED + region, OBJECT_FRAME, page_shift,
                           (abi_word)(physical - root->boot->untyped[region].base),
                           ROOT_SLOT_CNODE, slot);

    root_require(status, "creating a frame at a fixed address");
}

/*
 * The kernel hands the bundle over as one block. Root takes it apart, so that each component gets
 * its own pages of it, and reads the rest through pages of its own.
 */
void root_open_bundle(struct root *root)
{
    const struct bundle_header *bundle = (const void *)(uintptr_t)ROOT_BUNDLE_VA;
    struct manifest_memory region = { .bytes = bundle->total_bytes, .kind = MANIFEST_IMAGE };
    uint32_t pages = (bundle->total_bytes + PAGE_BYTES - 1) >> PAGE_SHIFT;
    uint32_t index;
    unsigned shift;

    root_require(sys_frame_address(ROOT_SLOT_BUNDLE_FRAME, &region.base, &shift),
                 "finding the bundle");
    if (!plan_region_of(root->boot, &region, &index))
        root_stop("finding the bundle's region", STATUS_BAD_ARGUMENT);
    root_require(sys_cap_delete(ROOT_SLOT_CNODE, ROOT_SLOT_BUNDLE_FRAME),
                 "taking the bundle apart");
    root->bundle_pages = root->persistent.next;
    for (uint32_t i = 0; i < pages; i++) {
        cap_index frame = arena_slot(&root->persistent);
        cap_index own = arena_slot(&root->own);

        frame_at(root, index, region.base + ((uint64_t)i << PAGE_SHIFT), PAGE_SHIFT, frame);
        root_derive(ROOT_SLOT_CNODE, own, frame, RIGHT_READ, 0);
        space_map_own(root, own, ROOT_BUNDLE_VA + ((abi_word)i << PAGE_SHIFT), MAP_READ);
    }
    root->bundle = bundle;
}

static void create_placed(struct root *root, struct arena *arena,
                          const struct manifest_memory *memory)
{
    uint32_t region;

    if (!plan_region_of(root->boot, memory, &region))
        root_stop("finding a memory's region", STATUS_BAD_ARGUMENT);
    for (uint32_t i = 0; i < plan_pages(memory); i++)
        frame_at(root, region, memory->base + ((uint64_t)i << memory->page_shift),
                 memory->page_shift, arena_slot(arena));
}

void root_create_memory(struct root *root, struct arena *arena, uint32_t memory)
{
    const struct manifest_memory *m = &root->plan.memories[memory];

    root->memory_slots[memory] = arena->next;
    if (m->kind == MANIFEST_BUNDLED) {
        root->memory_slots[memory] = root->bundle_pages + (cap_index)(m->base >> PAGE_SHIFT);
    } else if (m->kind == MANIFEST_ANONYMOUS) {
        for (uint32_t i = 0; i < plan_pages(m); i++)
            (void)root_create(root, arena, OBJECT_FRAME, m->page_shift);
    } else {
        create_placed(root, arena, m);
    }
}

/* ---- objects -------------------------------------------------------------------------------- */

void root_create_object(struct root *root, struct arena *arena, uint32_t object)
{
    const struct manifest_object *o = &root->plan.objects[object];

    if (o->type == OBJECT_IRQ) {
        cap_index slot = arena_slot(arena);

        root_require(sys_irq_get(ROOT_SLOT_IRQ_CONTROL, o->parameter, ROOT_SLOT_CNODE, slot),
                     "getting an interrupt");
        root->object_slots[object] = slot;
    } else {
        root->object_slots[object] = root_create(root, arena, (enum object_type)o->type, 0);
    }
}

/* The capability with the badge to signal stays in its slot for as long as the timer or interrupt
 * is bound to it. */
void root_create_bind(struct root *root, struct arena *arena, uint32_t bind)
{
    const struct manifest_bind *b = &root->plan.binds[bind];
    cap_index object = root->object_slots[b->object];
    cap_index badged = arena_slot(arena);

    root_derive(ROOT_SLOT_CNODE, badged, root->object_slots[b->notification], RIGHT_WRITE,
                b->badge);
    if (root->plan.objects[b->object].type == OBJECT_TIMER)
        root_require(sys_timer_bind(ROOT_SLOT_SCHED_CONTROL, object, badged), "binding a timer");
    else
        root_require(sys_irq_bind(object, badged), "binding an interrupt");
    (void)sys_cap_delete(ROOT_SLOT_CNODE, badged); /* the binding itself holds what it needs */
}
