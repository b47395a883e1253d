/* SPDX-License-Identifier: BSD-2-Clause */
#include "plan.h"

#include "abi/syscall.h"
#include "runtime/layout.h"

enum { PAGE_SHIFT = 12, BLOCK_SHIFT = 21, FAULT_COMPONENT_SHIFT = 8 };

/* ---- checking the tables ---------------------------------------------------------------------- */

static bool table_open(const uint8_t *start, uint32_t bytes, const struct manifest_table *table,
                       uint32_t row_bytes, const void **rows_out, uint32_t *count_out)
{
    if (table->offset > bytes || table->offset % 8 != 0)
        return false;
    if (table->count > (bytes - table->offset) / row_bytes)
        return false;
    *rows_out = start + table->offset;
    *count_out = table->count;
    return true;
}

static bool tables_open(const uint8_t *start, uint32_t bytes, struct plan *plan)
{
    const struct manifest_header *h = (const void *)start;
    const void *rows[7];

    if (!table_open(start, bytes, &h->memories, sizeof *plan->memories, &rows[0],
                    &plan->memory_count) ||
        !table_open(start, bytes, &h->objects, sizeof *plan->objects, &rows[1],
                    &plan->object_count) ||
        !table_open(start, bytes, &h->components, sizeof *plan->components, &rows[2],
                    &plan->component_count) ||
        !table_open(start, bytes, &h->threads, sizeof *plan->threads, &rows[3],
                    &plan->thread_count) ||
        !table_open(start, bytes, &h->caps, sizeof *plan->caps, &rows[4], &plan->cap_count) ||
        !table_open(start, bytes, &h->maps, sizeof *plan->maps, &rows[5], &plan->map_count) ||
        !table_open(start, bytes, &h->binds, sizeof *plan->binds, &rows[6], &plan->bind_count))
        return false;
    plan->memories = rows[0];
    plan->objects = rows[1];
    plan->components = rows[2];
    plan->threads = rows[3];
    plan->caps = rows[4];
    plan->maps = rows[5];
    plan->binds = rows[6];
    return plan->memory_count <= PLAN_MEMORIES_MAX && plan->object_count <= PLAN_OBJECTS_MAX &&
           plan->component_count >= 1 && plan->component_count <= PLAN_COMPONENTS_MAX;
}

static bool is_index(uint32_t index, uint32_t count)
{
    return index < count;
}

static bool is_index_or_none(uint32_t index, uint32_t count)
{
    return index < count || index == MANIFEST_NONE;
}

static bool is_range(const struct manifest_range *range, uint32_t count)
{
    return range->first <= count && range->count <= count - range->first;
}

static bool memories_valid(const struct plan *plan)
{
    for (uint32_t i = 0; i < plan->memory_count; i++) {
        const struct manifest_memory *m = &plan->memories[i];

        if (m->kind >= MANIFEST_MEMORY_KINDS || !is_index_or_none(m->owner, plan->component_count))
            return false;
        if (m->page_shift != PAGE_SHIFT && m->page_shift != BLOCK_SHIFT)
            return false;
        if (((m->base | m->bytes) & ((UINT64_C(1) << m->page_shift) - 1)) != 0)
            return false;
    }
    return true;
}

static bool objects_valid(const struct plan *plan)
{
    for (uint32_t i = 0; i < plan->object_count; i++) {
        const struct manifest_object *o = &plan->objects[i];

        if (!is_index_or_none(o->owner, plan->component_count))
            return false;
        if (o->type == OBJECT_VCPU && !is_index(o->parameter, plan->memory_count))
            return false;
    }
    return true;
}

static bool components_valid(const struct plan *plan)
{
    for (uint32_t i = 0; i < plan->component_count; i++) {
        const struct manifest_component *c = &plan->components[i];

        if (!is_range(&c->threads, plan->thread_count) || !is_range(&c->caps, plan->cap_count) ||
            !is_range(&c->maps, plan->map_count) || c->threads.count > PLAN_THREADS_MAX)
            return false;
        if (!is_index_or_none(c->needs, plan->memory_count))
            return false;
        if (c->name[sizeof c->name - 1] != '\0')
            return false;
    }
    return true;
}

static bool uses_valid(const struct plan *plan)
{
    for (uint32_t i = 0; i < plan->thread_count; i++) {
        if (!is_index_or_none(plan->threads[i].notification, plan->object_count))
            return false;
    }
    for (uint32_t i = 0; i < plan->cap_count; i++) {
        const struct manifest_cap *cap = &plan->caps[i];
        bool is_frame = (cap->flags & MANIFEST_CAP_FRAME) != 0;

        if (!is_index(cap->object, is_frame ? plan->memory_count : plan->object_count))
            return false;
    }
    for (uint32_t i = 0; i < plan->map_count; i++) {
        if (!is_index(plan->maps[i].memory, plan->memory_count))
            return false;
    }
    for (uint32_t i = 0; i < plan->bind_count; i++) {
        if (!is_index(plan->binds[i].object, plan->object_count) ||
            !is_index(plan->binds[i].notification, plan->object_count))
            return false;
    }
    return true;
}

bool plan_open(const void *manifest, uint32_t bytes, struct plan *plan_out)
{
    const struct manifest_header *header = manifest;

    if (bytes < sizeof *header || header->magic != MANIFEST_MAGIC ||
        header->version != MANIFEST_VERSION || header->total_bytes > bytes)
        return false;
    return tables_open(manifest, header->total_bytes, plan_out) && memories_valid(plan_out) &&
           objects_valid(plan_out) && components_valid(plan_out) && uses_valid(plan_out);
}

/* ---- memory --------------------------------------------------------------------------------------- */

uint32_t plan_pages(const struct manifest_memory *memory)
{
    return (uint32_t)(memory->bytes >> memory->page_shift);
}

bool plan_is_restartable(const struct plan *plan, uint32_t component)
{
    return (plan->components[component].flags & MANIFEST_RESTARTABLE) != 0;
}

uint32_t plan_restartable_count(const struct plan *plan)
{
    uint32_t count = 0;

    for (uint32_t i = 0; i < plan->component_count; i++)
        count += plan_is_restartable(plan, i) ? 1u : 0u;
    return count;
}

bool plan_is_startable(const struct plan *plan, uint32_t component)
{
    uint32_t needs = plan->components[component].needs;

    return needs == MANIFEST_NONE || plan->memories[needs].bytes != 0;
}

static bool region_holds(const struct boot_untyped *region, const struct manifest_memory *memory)
{
    uint64_t bytes = UINT64_C(1) << region->size_shift;

    return memory->base >= region->base && memory->base - region->base < bytes &&
           memory->bytes <= bytes - (memory->base - region->base);
}

bool plan_region_of(const struct boot_info *boot, const struct manifest_memory *memory,
                    uint32_t *index_out)
{
    static const uint8_t wanted_kind[MANIFEST_MEMORY_KINDS] = {
        [MANIFEST_RAM] = UNTYPED_RAM,
        [MANIFEST_IMAGE] = UNTYPED_IMAGE,
        [MANIFEST_DEVICE] = UNTYPED_DEVICE,
    };

    for (uint32_t i = 0; i < boot->untyped_count && i < BOOT_UNTYPED_MAX; i++) {
        if (boot->untyped[i].kind == wanted_kind[memory->kind] &&
            region_holds(&boot->untyped[i], memory)) {
            *index_out = i;
            return true;
        }
    }
    return false;
}

bool plan_is_general(const struct plan *plan, const struct boot_info *boot, uint32_t index)
{
    const struct boot_untyped *region = &boot->untyped[index];

    if (region->kind != UNTYPED_RAM)
        return false;
    for (uint32_t i = 0; i < plan->memory_count; i++) {
        if (plan->memories[i].kind == MANIFEST_RAM && region_holds(region, &plan->memories[i]))
            return false;
    }
    return true;
}

/* ---- authority ---------------------------------------------------------------------------------------- */

static uint32_t cap_rights_on(const struct plan *plan, const struct manifest_component *component,
                              uint32_t object)
{
    uint32_t rights = 0;

    for (uint32_t i = 0; i < component->caps.count; i++) {
        const struct manifest_cap *cap = &plan->caps[component->caps.first + i];

        if ((cap->flags & MANIFEST_CAP_FRAME) == 0 && cap->object == object)
            rights |= cap->rights;
    }
    return rights;
}

/* A timer that goes away with its component is bound anew to a notification that stays. */
static uint32_t bind_rights_on(const struct plan *plan, uint32_t object)
{
    for (uint32_t i = 0; i < plan->bind_count; i++) {
        const struct manifest_bind *bind = &plan->binds[i];

        if (bind->notification == object && plan->objects[bind->object].owner != MANIFEST_NONE)
            return RIGHT_WRITE;
    }
    return 0;
}

/* Root's own endpoint is where faults go; the threads of a restarted component get it anew. */
static uint32_t fault_rights_on(const struct plan *plan, uint32_t object)
{
    uint32_t own = cap_rights_on(plan, &plan->components[0], object);

    return plan->objects[object].type == OBJECT_ENDPOINT && (own & RIGHT_READ) != 0 ? RIGHT_WRITE
                                                                                   : 0;
}

uint32_t plan_kept_object_rights(const struct plan *plan, uint32_t object)
{
    uint32_t rights = bind_rights_on(plan, object) | fault_rights_on(plan, object);

    for (uint32_t i = 0; i < plan->component_count; i++) {
        if (plan_is_restartable(plan, i))
            rights |= cap_rights_on(plan, &plan->components[i], object);
    }
    return rights;
}

uint32_t plan_kept_memory_rights(const struct plan *plan, uint32_t memory)
{
    uint32_t rights = 0;

    for (uint32_t i = 0; i < plan->component_count; i++) {
        const struct manifest_component *component = &plan->components[i];

        for (uint32_t j = 0; j < component->maps.count && plan_is_restartable(plan, i); j++) {
            const struct manifest_map *map = &plan->maps[component->maps.first + j];

            if (map->memory == memory)
                rights |= map->rights;
        }
    }
    return rights;
}

uint32_t plan_badge(const struct manifest_cap *cap, uint32_t epoch)
{
    if ((cap->flags & MANIFEST_CAP_EPOCH) == 0)
        return cap->badge;
    return cap->badge | epoch << 8; /* DIALLER_BADGE_EPOCH_SHIFT */
}

uint32_t plan_fault_badge(uint32_t component, uint32_t thread)
{
    return (component + 1) << FAULT_COMPONENT_SHIFT | thread;
}

uint32_t plan_fault_component(uint32_t badge)
{
    return (badge >> FAULT_COMPONENT_SHIFT) - 1;
}

uint32_t plan_stack_top(const struct plan *plan, const struct manifest_component *component,
                        uint32_t thread)
{
    return LAYOUT_STACKS_VA + thread * LAYOUT_STACK_STRIDE +
           plan->threads[component->threads.first + thread].stack_bytes;
}
