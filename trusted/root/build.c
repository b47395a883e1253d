/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * A component from its manifest entry: CNode, space, memory, image, capabilities, threads. The
 * order fixes which slot a frame's capability gets: what the manifest names comes first.
 */
#include "root.h"
#include "runtime/layout.h"
#include "runtime/syscall.h"

enum { PAGE_SHIFT = 12, PAGE_BYTES = 1 << PAGE_SHIFT };

/* ---- memory that the manifest names --------------------------------------------------------- */

static void build_maps(struct root *root, const struct manifest_component *c,
                       struct component *component)
{
    for (uint32_t i = 0; i < c->maps.count; i++) {
        const struct manifest_map *map = &root->plan.maps[c->maps.first + i];
        const struct manifest_memory *memory = &root->plan.memories[map->memory];

        if (map->guest != 0 && component->guest_space == 0)
            component->guest_space = root_create(root, component->arena, OBJECT_SPACE, SPACE_GUEST);
        space_map(root, component,
                  &(struct mapping){
                      .space = map->guest != 0 ? component->guest_space : component->space,
                      .first_frame = root->memory_slots[map->memory],
                      .pages = plan_pages(memory),
                      .page_shift = memory->page_shift,
                      .address = map->address,
                      .attributes = map->attributes,
                      .rights = map->rights,
                  });
    }
}

/* ---- the image, stacks and message buffers -------------------------------------------------- */

static void map_private(struct root *root, struct component *component, cap_index first,
                        uint32_t bytes, uint32_t address, uint32_t rights)
{
    space_map(root, component,
              &(struct mapping){ .space = component->space,
                                 .first_frame = first,
                                 .pages = bytes >> PAGE_SHIFT,
                                 .page_shift = PAGE_SHIFT,
                                 .address = address,
                                 .attributes = rights, /* read, write, execute are the same bits */
                                 .rights = rights });
}

static cap_index create_pages(struct root *root, struct component *component, uint32_t bytes)
{
    cap_index first = component->arena->next;

    for (uint32_t done = 0; done < bytes; done += PAGE_BYTES)
        (void)root_create(root, component->arena, OBJECT_FRAME, PAGE_SHIFT);
    return first;
}

/* Data is copied out of the bundle; what lies behind it (bss) is zero already. */
static void build_data(struct root *root, const struct manifest_image *image,
                       struct component *component)
{
    const uint8_t *from = (const uint8_t *)root->bundle + image->offset + image->text_bytes +
                          image->rodata_bytes;
    cap_index first = create_pages(root, component, image->data_bytes);

    for (uint32_t done = 0; done < image->data_stored_bytes; done += PAGE_BYTES) {
        uint32_t left = image->data_stored_bytes - done;

        space_fill(root, first + done / PAGE_BYTES, from + done,
                   left < PAGE_BYTES ? left : PAGE_BYTES);
    }
    map_private(root, component, first, image->data_bytes,
                LAYOUT_IMAGE_VA + image->text_bytes + image->rodata_bytes,
                RIGHT_READ | RIGHT_WRITE);
}

/* Text and read-only data stay where the boot loader put them. */
static void build_image(struct root *root, const struct manifest_image *image,
                        struct component *component)
{
    map_private(root, component, component->text, image->text_bytes, LAYOUT_IMAGE_VA,
                RIGHT_READ | RIGHT_EXEC);
    map_private(root, component, component->text + (image->text_bytes >> PAGE_SHIFT),
                image->rodata_bytes, LAYOUT_IMAGE_VA + image->text_bytes, RIGHT_READ);
    build_data(root, image, component);
}

static void build_stacks(struct root *root, const struct manifest_component *c,
                         struct component *component)
{
    for (uint32_t i = 0; i < c->threads.count; i++) {
        uint32_t bytes = root->plan.threads[c->threads.first + i].stack_bytes;

        map_private(root, component, create_pages(root, component, bytes), bytes,
                    LAYOUT_STACKS_VA + i * LAYOUT_STACK_STRIDE, RIGHT_READ | RIGHT_WRITE);
    }
}

/* ---- capabilities --------------------------------------------------------------------------- */

static void build_caps(struct root *root, const struct manifest_component *c,
                       const struct component *component)
{
    for (uint32_t i = 0; i < c->caps.count; i++) {
        const struct manifest_cap *cap = &root->plan.caps[c->caps.first + i];
        bool is_frame = plan_cap_is_frame(cap);
        cap_index source =
            is_frame ? root->memory_slots[cap->object] : root->object_slots[cap->object];

        root_derive(component->cnode, cap->slot, source, cap->rights,
                    plan_badge(cap, component->epoch));
    }
}

static void build_vcpus(struct root *root, const struct manifest_component *c,
                        const struct component *component)
{
    for (uint32_t i = 0; i < c->caps.count; i++) {
        const struct manifest_cap *cap = &root->plan.caps[c->caps.first + i];
        const struct manifest_object *object = &root->plan.objects[cap->object];

        if (plan_cap_is_frame(cap) || object->type != OBJECT_VCPU)
            continue;
        root_require(sys_vcpu_configure(root->object_slots[cap->object], component->guest_space,
                                        root->memory_slots[object->parameter]),
                     "configuring a virtual CPU");
    }
}

/* ---- threads -------------------------------------------------------------------------------- */

static void build_sched(struct root *root, const struct component *component,
                        const struct manifest_thread *t, cap_index thread)
{
    cap_index sched;

    if (t->budget_us == 0)
        return; /* it runs on its callers' time */
    sched = root_create(root, component->arena, OBJECT_SCHED, 0);
    root_require(
        sys_sched_configure(ROOT_SLOT_SCHED_CONTROL, sched, t->budget_us, t->period_us),
        "setting a budget");
    root_require(sys_sched_bind(sched, thread), "binding a scheduling context");
}

static void build_thread(struct root *root, uint32_t index, uint32_t n, cap_index messages)
{
    const struct manifest_component *c = &root->plan.components[index];
    const struct manifest_thread *t = &root->plan.threads[c->threads.first + n];
    struct component *component = &root->components[index];
    cap_index thread = root_create(root, component->arena, OBJECT_THREAD, 0);

    component->threads[n] = thread;
    root_require(sys_thread_configure(thread, component->cnode, component->space, messages,
                                      n << LAYOUT_MESSAGE_SHIFT, component->faults[n], t->priority),
                 "configuring a thread");
    if (t->notification != MANIFEST_NONE)
        root_require(sys_thread_bind(thread, root->object_slots[t->notification]),
                     "binding a notification");
    build_sched(root, component, t, thread);
}

static void build_threads(struct root *root, uint32_t index)
{
    struct component *component = &root->components[index];
    cap_index messages = create_pages(root, component, PAGE_BYTES);

    map_private(root, component, messages, PAGE_BYTES, LAYOUT_MESSAGES_VA,
                RIGHT_READ | RIGHT_WRITE);
    for (uint32_t i = 0; i < root->plan.components[index].threads.count; i++)
        build_thread(root, index, i, messages);
}

void component_build(struct root *root, uint32_t index)
{
    const struct manifest_component *c = &root->plan.components[index];
    struct component *component = &root->components[index];

    component->cnode = root_create(root, component->arena, OBJECT_CNODE, c->cnode_bits);
    component->space = root_create(root, component->arena, OBJECT_SPACE, SPACE_NATIVE);
    component->guest_space = 0;
    component->next_slot = MANIFEST_FIRST_MEMORY_SLOT;
    build_maps(root, c, component);
    build_image(root, &c->image, component);
    build_stacks(root, c, component);
    build_caps(root, c, component);
    build_vcpus(root, c, component);
    build_threads(root, index);
}

void component_start(struct root *root, uint32_t index)
{
    const struct manifest_component *c = &root->plan.components[index];

    dump_component(root, index);
    for (uint32_t i = 0; i < c->threads.count; i++)
        root_require(sys_thread_start(root->components[index].threads[i], c->image.entry,
                                      plan_stack_top(&root->plan, c, i), i),
                     "starting a thread");
}
