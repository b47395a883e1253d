/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Root: the first component. It creates what the manifest says, starts it, gives its authority up
 * (seal.c) and then only supervises: a fault of the untrusted side restarts that side, a fault of
 * the trusted side resets the machine.
 */
#include "abi/message.h"
#include "manifest.h"
#include "root.h"
#include "runtime/component.h"
#include "runtime/ipc.h"
#include "runtime/syscall.h"

static struct root root;

/* ---- the start, step by step ---------------------------------------------------------------------- */

static void open_boot(void)
{
    const uint8_t *bundle = (const uint8_t *)(uintptr_t)ROOT_BUNDLE_VA;
    unsigned shift;

    root.boot = (const struct boot_info *)(uintptr_t)ROOT_BOOT_INFO_VA;
    root.bundle = (const struct bundle_header *)(const void *)bundle;
    if (root.boot->magic != BOOT_INFO_MAGIC ||
        !plan_open(bundle + root.bundle->manifest_offset, root.bundle->manifest_bytes, &root.plan))
        root_stop("reading the manifest", STATUS_BAD_ARGUMENT);
    root_require(sys_frame_address(ROOT_SLOT_BUNDLE_FRAME, &root.bundle_base, &shift),
                 "finding the bundle");
}

/* Each component takes from the common memory, but a restartable one has its own. */
static void open_arenas(void)
{
    cap_index slots = SLOT_RESTART_FIRST;
    cap_index each = SLOT_RESTART_END - SLOT_RESTART_FIRST;
    uint32_t restartable = 0;

    root.persistent = (struct arena){ .first = SLOT_PERSISTENT_FIRST,
                                      .next = SLOT_PERSISTENT_FIRST,
                                      .end = SLOT_PERSISTENT_END };
    for (uint32_t i = 0; i < root.plan.component_count; i++)
        restartable += root.plan.components[i].flags & MANIFEST_RESTARTABLE ? 1u : 0u;
    for (uint32_t i = 0; i < root.plan.component_count; i++) {
        struct component *component = &root.components[i];

        component->arena = &root.persistent;
        if ((root.plan.components[i].flags & MANIFEST_RESTARTABLE) == 0)
            continue;
        component->own_arena = (struct arena){ .first = slots, .next = slots,
                                               .end = slots + each / restartable };
        slots += each / restartable;
        component->own_arena.pool =
            root_create(&root, &root.persistent, OBJECT_UNTYPED,
                        root.plan.components[i].pool_shift);
        component->arena = &component->own_arena;
    }
}

static void create_persistent(void)
{
    for (uint32_t i = 0; i < root.plan.memory_count; i++) {
        if (root.plan.memories[i].owner == MANIFEST_NONE)
            root_create_memory(&root, &root.persistent, i);
    }
    for (uint32_t i = 0; i < root.plan.object_count; i++) {
        if (root.plan.objects[i].owner == MANIFEST_NONE)
            root_create_object(&root, &root.persistent, i);
    }
    for (uint32_t i = 0; i < root.plan.bind_count; i++) {
        if (root.plan.objects[root.plan.binds[i].object].owner == MANIFEST_NONE)
            root_create_bind(&root, &root.persistent, i);
    }
}

static void create_images(void)
{
    for (uint32_t i = 1; i < root.plan.component_count; i++) {
        const struct manifest_image *image = &root.plan.components[i].image;

        root.components[i].text = root_create_bundled(&root, &root.persistent, image->offset,
                                                      image->text_bytes + image->rodata_bytes);
    }
}

static void take_own_caps(void)
{
    const struct manifest_component *self = &root.plan.components[0];

    for (uint32_t i = 0; i < self->caps.count; i++) {
        const struct manifest_cap *cap = &root.plan.caps[self->caps.first + i];

        root_require(sys_cap_copy(ROOT_SLOT_CNODE, cap->slot, ROOT_SLOT_CNODE,
                                  root.object_slots[cap->object], cap->rights, cap->badge),
                     "taking root's own capabilities");
    }
    root_require(sys_thread_bind(ROOT_SLOT_THREAD, CAP_NOTIFICATION), "binding a notification");
}

static void start_trusted(void)
{
    for (uint32_t i = 1; i < root.plan.component_count; i++) {
        if ((root.plan.components[i].flags & MANIFEST_RESTARTABLE) == 0)
            component_build(&root, i);
    }
    dump_graph(&root);
    for (uint32_t i = 1; i < root.plan.component_count; i++) {
        if ((root.plan.components[i].flags & MANIFEST_RESTARTABLE) == 0)
            component_start(&root, i);
    }
}

/* ---- supervision -------------------------------------------------------------------------------------- */

static void report_fault(const struct manifest_component *component, const struct ipc_message *m)
{
    report_text("root: ");
    report_text(component->name);
    report_text(m->word[0] == FAULT_MEMORY ? " memory fault at 0x" : " bad instruction, address 0x");
    report_number(m->word[1]);
    report_text(", pc 0x");
    report_number(m->word[2]);
    report_text(", syndrome 0x");
    report_number(m->word[3]);
    report_text("\n");
}

static void handle_fault(const struct ipc_message *m)
{
    uint32_t index = plan_fault_component((uint32_t)m->badge);

    if (index >= root.plan.component_count)
        return; /* not one of ours: only root makes badges of this endpoint */
    if ((root.plan.components[index].flags & MANIFEST_RESTARTABLE) != 0) {
        legacy_restart(&root, index);
        return;
    }
    report_fault(&root.plan.components[index], m);
    (void)sys_shutdown(ROOT_SLOT_SCHED_CONTROL, SHUTDOWN_RESET);
}

static _Noreturn void supervise(void)
{
    struct ipc_message m;

    for (;;) {
        root_require(ipc_receive(CAP_FAULT_ENDPOINT, CAP_REPLY, &m), "waiting for faults");
        if (m.is_signal)
            legacy_restart_all(&root); /* the user asked the dialler, the dialler asks us */
        else
            handle_fault(&m);
    }
}

/* From here on root is in nobody's way: its own priority is below every trusted component's. */
static void step_back(void)
{
    const struct manifest_thread *self = &root.plan.threads[root.plan.components[0].threads.first];

    root_require(sys_sched_configure(ROOT_SLOT_SCHED_CONTROL, ROOT_SLOT_SCHED, self->budget_us,
                                     self->period_us),
                 "setting root's budget");
    root_require(sys_thread_configure(ROOT_SLOT_THREAD, 0, 0, 0, 0, 0, self->priority),
                 "setting root's priority");
}

void component_main(unsigned thread)
{
    (void)thread;
    open_boot();
    open_arenas();
    create_persistent();
    create_images();
    take_own_caps();
    start_trusted();
    seal_persistent(&root);
    step_back();
    seal_boot_capabilities(&root);
    legacy_start(&root);
    supervise();
}
