/* SPDX-License-Identifier: BSD-2-Clause */
#include "plan.h"

#include <stddef.h>

#include "abi/syscall.h"
#include "runtime/layout.h"

enum { PAGE_SHIFT = 12, BLOCK_SHIFT = 21, FAULT_COMPONENT_SHIFT = 8 };

/* ---- checking the tables -------------------------------------------------------------------- */

static const uint32_t row_bytes[MANIFEST_TABLES] = {
    [MANIFEST_MEMORIES] = sizeof(struct manifest_memory),
    [MANIFEST_OBJECTS] = sizeof(struct manifest_object),
    [MANIFEST_COMPONENTS] = sizeof(struct manifest_component),
    [MANIFEST_THREADS] = sizeof(struct manifest_thread),
    [MANIFEST_CAPS] = sizeof(struct manifest_cap),
    [MANIFEST_MAPS] = sizeof(struct manifest_map),
    [MANIFEST_BINDS] = sizeof(struct manifest_bind),
};

/* How many root has room for; 0 = as many as there are. */
static const uint32_t most_rows[MANIFEST_TABLES] = {
    [MANIFEST_MEMORIES] = PLAN_MEMORIES_MAX,
    [MANIFEST_OBJECTS] = PLAN_OBJECTS_MAX,
    [MANIFEST_COMPONENTS] = PLAN_COMPONENTS_MAX,
};

/* Which field of which table is an index, or a range, into which other. */
enum form { INDEX, INDEX_OR_NONE, RANGE };
static const struct reference {
    uint8_t table, target, form;
    uint32_t field;
} references[] = {
    { MANIFEST_MEMORIES, MANIFEST_COMPONENTS, INDEX_OR_NONE,
      offsetof(struct manifest_memory, owner) },
    { MANIFEST_OBJECTS, MANIFEST_COMPONENTS, INDEX_OR_NONE,
      offsetof(struct manifest_object, owner) },
    { MANIFEST_COMPONENTS, MANIFEST_MEMORIES, INDEX_OR_NONE,
      offsetof(struct manifest_component, needs) },
    { MANIFEST_COMPONENTS, MANIFEST_THREADS, RANGE, offsetof(struct manifest_component, threads) },
    { MANIFEST_COMPONENTS, MANIFEST_CAPS, RANGE, offsetof(struct manifest_component, caps) },
    { MANIFEST_COMPONENTS, MANIFEST_MAPS, RANGE, offsetof(struct manifest_component, maps) },
    { MANIFEST_THREADS, MANIFEST_OBJECTS, INDEX_OR_NONE,
      offsetof(struct manifest_thread, notification) },
    { MANIFEST_MAPS, MANIFEST_MEMORIES, INDEX, offsetof(struct manifest_map, memory) },
    { MANIFEST_BINDS, MANIFEST_OBJECTS, INDEX, offsetof(struct manifest_bind, object) },
    { MANIFEST_BINDS, MANIFEST_OBJECTS, INDEX, offsetof(struct manifest_bind, notification) },
};

static bool tables_open(const struct manifest_header *header, const void **rows, uint32_t *counts)
{
    for (unsigned i = 0; i < MANIFEST_TABLES; i++) {
        const struct manifest_table *table = &header->tables[i];

        if (table->offset > header->total_bytes || table->offset % 8 != 0 ||
            table->count > (header->total_bytes - table->offset) / row_bytes[i] ||
            (most_rows[i] != 0 && table->count > most_rows[i]))
            return false;
        rows[i] = (const uint8_t *)header + table->offset;
        counts[i] = table->count;
    }
    return counts[MANIFEST_COMPONENTS] != 0;
}

static bool value_valid(const uint32_t *value, uint8_t form, uint32_t count)
{
    if (form == RANGE)
        return value[0] <= count && value[1] <= count - value[0];
    return value[0] < count || (form == INDEX_OR_NONE && value[0] == MANIFEST_NONE);
}

static bool references_valid(const void *const *rows, const uint32_t *counts)
{
    for (unsigned i = 0; i < sizeof references / sizeof references[0]; i++) {
        const struct reference *r = &references[i];
        const uint8_t *field = (const uint8_t *)rows[r->table] + r->field;

        for (uint32_t row = 0; row < counts[r->table]; row++, field += row_bytes[r->table]) {
            if (!value_valid((const uint32_t *)(const void *)field, r->form, counts[r->target]))
                return false;
        }
    }
    return true;
}

/* What the table above cannot say: fields whose meaning depends on another. */
static bool rows_valid(const struct plan *plan)
{
    bool valid = true;

    for (uint32_t i = 0; i < plan->count[MANIFEST_MEMORIES]; i++) {
        const struct manifest_memory *m = &plan->memories[i];

        valid = valid && m->kind < MANIFEST_MEMORY_KINDS &&
                (m->page_shift == PAGE_SHIFT || m->page_shift == BLOCK_SHIFT) &&
                ((m->base | m->bytes) & ((UINT64_C(1) << m->page_shift) - 1)) == 0;
    }
    for (uint32_t i = 0; i < plan->count[MANIFEST_OBJECTS]; i++)
        valid = valid && (plan->objects[i].type != OBJECT_VCPU ||
                          plan->objects[i].parameter < plan->count[MANIFEST_MEMORIES]);
    for (uint32_t i = 0; i < plan->count[MANIFEST_COMPONENTS]; i++)
        valid = valid && plan->components[i].threads.count <= PLAN_THREADS_MAX &&
                plan->components[i].name[sizeof plan->components[i].name - 1] == '\0';
    for (uint32_t i = 0; i < plan->count[MANIFEST_CAPS]; i++)
        valid = valid && plan->caps[i].object < plan->count[plan_cap_is_frame(&plan->caps[i])
                                                                ? MANIFEST_MEMORIES
                                                                : MANIFEST_OBJECTS];
    return valid;
}

bool plan_open(const void *manifest, uint32_t bytes, struct plan *plan_out)
{
    const struct manifest_header *header = manifest;
    const void *rows[MANIFEST_TABLES];

    if (bytes < sizeof *header || header->magic != MANIFEST_MAGIC ||
        header->version != MANIFEST_VERSION || header->total_bytes > bytes ||
        !tables_open(header, rows, plan_out->count) || !references_valid(rows, plan_out->count))
        return false;
    plan_out->memories = rows[MANIFEST_MEMORIES];
    plan_out->objects = rows[MANIFEST_OBJECTS];
    plan_out->components = rows[MANIFEST_COMPONENTS];
    plan_out->threads = rows[MANIFEST_THREADS];
    plan_out->caps = rows[MANIFEST_CAPS];
    plan_out->maps = rows[MANIFEST_MAPS];
    plan_out->binds = rows[MANIFEST_BINDS];
    return rows_valid(plan_out);
}

/* ---- memory --------------------------------------------------------------------------------- */

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

    for (uint32_t i = 0; i < plan->count[MANIFEST_COMPONENTS]; i++)
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
    for (uint32_t i = 0; i < plan->count[MANIFEST_MEMORIES]; i++) {
        if (plan->memories[i].kind == MANIFEST_RAM && region_holds(region, &plan->memories[i]))
            return false;
    }
    return true;
}

bool plan_object_of(const struct plan *plan, uint32_t component, uint32_t slot,
                    uint32_t *object_out)
{
    const struct manifest_component *c = &plan->components[component];

    for (uint32_t i = 0; i < c->caps.count; i++) {
        const struct manifest_cap *cap = &plan->caps[c->caps.first + i];

        if (cap->slot == slot && !plan_cap_is_frame(cap)) {
            *object_out = cap->object;
            return true;
        }
    }
    return false;
}

/* ---- authority ------------------------------------------------------------------------------ */

static uint32_t cap_rights_on(const struct plan *plan, const struct manifest_component *component,
                              uint32_t object)
{
    uint32_t rights = 0;

    for (uint32_t i = 0; i < component->caps.count; i++) {
        const struct manifest_cap *cap = &plan->caps[component->caps.first + i];

        if (!plan_cap_is_frame(cap) && cap->object == object)
            rights |= cap->rights;
    }
    return rights;
}

/* A timer that goes away with its component is bound anew to a notification that stays. */
static uint32_t bind_rights_on(const struct plan *plan, uint32_t object)
{
    for (uint32_t i = 0; i < plan->count[MANIFEST_BINDS]; i++) {
        const struct manifest_bind *bind = &plan->binds[i];

        if (bind->notification == object && plan->objects[bind->object].owner != MANIFEST_NONE)
            return RIGHT_WRITE;
    }
    return 0;
}

uint32_t plan_kept_object_rights(const struct plan *plan, uint32_t object)
{
    uint32_t rights = bind_rights_on(plan, object);

    for (uint32_t i = 0; i < plan->count[MANIFEST_COMPONENTS]; i++) {
        if (plan_is_restartable(plan, i))
            rights |= cap_rights_on(plan, &plan->components[i], object);
    }
    return rights;
}

uint32_t plan_kept_memory_rights(const struct plan *plan, uint32_t memory)
{
    uint32_t rights = 0;

    for (uint32_t i = 0; i < plan->count[MANIFEST_COMPONENTS]; i++) {
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
