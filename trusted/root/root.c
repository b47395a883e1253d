/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Root: the first component. It creates what the manifest says, starts it, gives its authority up
 * (seal.c) and then only supervises, on two threads: a fault of the trusted side resets the machine,
 * a fault of the untrusted side restarts that side.
 */
#include "abi/message.h"
#include "manifest.h"
#include "root.h"
#include "runtime/component.h"
#include "runtime/ipc.h"
#include "runtime/layout.h"
#include "runtime/syscall.h"

enum {
    PAGE_SHIFT = 12,
    PAGE_BYTES = 1 << PAGE_SHIFT,
    /* The supervisor's number makes its message buffer lie behind what the kernel mapped for us. */
    SUPERVISOR = 8,
    SUPERVISOR_MESSAGE_VA = LAYOUT_MESSAGES_VA + (SUPERVISOR << LAYOUT_MESSAGE_SHIFT),
    SUPERVISOR_STACK_VA = LAYOUT_STACKS_VA + LAYOUT_STACK_STRIDE,
};
_Static_assert((int)SUPERVISOR_MESSAGE_VA > (int)ROOT_BOOT_INFO_VA, "no two pages at one address");

static struct root root;

/* ---- the start, step by step ---------------------------------------------------------------- */

static void open_boot(void)
{
    const uint8_t *bundle = (const uint8_t *)(uintptr_t)ROOT_BUNDLE_VA;

    root.boot = (const struct boot_info *)(uintptr_t)ROOT_BOOT_INFO_VA;
    root.bundle = (const struct bundle_header *)(const void *)bundle;
    if (root.boot->magic != BOOT_INFO_MAGIC ||
        !plan_open(bundle + root.bundle->manifest_offset, root.bundle->manifest_bytes, &root.plan))
        root_stop("reading the manifest", STATUS_BAD_ARGUMENT);
    /* Decided now: while the bundle is taken apart the manifest cannot be read. */
    for (uint32_t i = 0; i < root.boot->untyped_count; i++)
        root.general[i] = plan_is_general(&root.plan, root.boot, i);
}

/* Each component takes from the common memory, but a restartable one has slots and memory of its
 * own, which come back when it is restarted. */
static void open_arenas(void)
{
    root.own = (struct arena){ .first = SLOT_OWN_FIRST, .next = SLOT_OWN_FIRST,
                               .end = SLOT_OWN_END };
    root.persistent = (struct arena){ .first = SLOT_PERSISTENT_FIRST,
                                      .next = SLOT_PERSISTENT_FIRST,
                                      .end = SLOT_PERSISTENT_END };
    for (uint32_t i = 0; i < root.plan.count[MANIFEST_COMPONENTS]; i++)
        root.components[i].arena = &root.persistent;
}

static void create_pools(void)
{
    cap_index slots = SLOT_RESTART_FIRST;
    uint32_t restartable = plan_restartable_count(&root.plan);

    for (uint32_t i = 0; i < root.plan.count[MANIFEST_COMPONENTS]; i++) {
        struct component *component = &root.components[i];
        cap_index each;

        if (!plan_is_restartable(&root.plan, i))
            continue;
        each = (SLOT_RESTART_END - SLOT_RESTART_FIRST) / restartable;
        component->own_arena = (struct arena){ .first = slots, .next = slots, .end = slots + each };
        slots += each;
        component->own_arena.pool = root_create(&root, &root.persistent, OBJECT_UNTYPED,
                                                root.plan.components[i].pool_shift);
        component->arena = &component->own_arena;
    }
}

static void create_persistent(void)
{
    for (uint32_t i = 0; i < root.plan.count[MANIFEST_MEMORIES]; i++) {
        if (root.plan.memories[i].owner == MANIFEST_NONE)
            root_create_memory(&root, &root.persistent, i);
    }
    for (uint32_t i = 0; i < root.plan.count[MANIFEST_OBJECTS]; i++) {
        if (root.plan.objects[i].owner == MANIFEST_NONE)
            root_create_object(&root, &root.persistent, i);
    }
    for (uint32_t i = 0; i < root.plan.count[MANIFEST_BINDS]; i++) {
        if (root.plan.objects[root.plan.binds[i].object].owner == MANIFEST_NONE)
            root_create_bind(&root, &root.persistent, i);
    }
}

static void locate_images(void)
{
    for (uint32_t i = 1; i < root.plan.count[MANIFEST_COMPONENTS]; i++)
        root.components[i].text =
            root.bundle_pages + (root.plan.components[i].image.offset >> PAGE_SHIFT);
}

/* One endpoint for the trusted side, one for the untrusted: each has a thread of its own here. */
static void create_faults(void)
{
    for (uint32_t i = 1; i < root.plan.count[MANIFEST_COMPONENTS]; i++) {
        cap_index own = plan_is_restartable(&root.plan, i) ? CAP_LEGACY_FAULTS : CAP_TRUSTED_FAULTS;
        uint32_t endpoint;

        if (!plan_object_of(&root.plan, 0, own, &endpoint))
            root_stop("finding root's own endpoints", STATUS_BAD_CAP);
        for (uint32_t n = 0; n < root.plan.components[i].threads.count; n++) {
            root.components[i].faults[n] = arena_slot(&root.persistent);
            root_derive(ROOT_SLOT_CNODE, root.components[i].faults[n], root.object_slots[endpoint],
                        RIGHT_WRITE, plan_fault_badge(i, n));
        }
    }
}

static void take_own_caps(void)
{
    const struct manifest_component *self = &root.plan.components[0];

    for (uint32_t i = 0; i < self->caps.count; i++) {
        const struct manifest_cap *cap = &root.plan.caps[self->caps.first + i];

        root_derive(ROOT_SLOT_CNODE, cap->slot, root.object_slots[cap->object], cap->rights,
                    cap->badge);
    }
}

static void start_trusted(void)
{
    for (uint32_t i = 1; i < root.plan.count[MANIFEST_COMPONENTS]; i++) {
        if (!plan_is_restartable(&root.plan, i))
            component_build(&root, i);
    }
    for (uint32_t i = 1; i < root.plan.count[MANIFEST_COMPONENTS]; i++) {
        if (!plan_is_restartable(&root.plan, i))
            component_start(&root, i);
    }
}

/* ---- supervision ---------------------------------------------------------------------------- */

static void report_fault(uint32_t component, const struct ipc_message *m)
{
    report_text("root: ");
    report_text(root.plan.components[component].name);
    report_text(m->word[0] == FAULT_MEMORY ? " memory fault at 0x" : " bad instruction, 0x");
    report_number(m->word[1]);
    report_text(", pc 0x");
    report_number(m->word[2]);
    report_text(", syndrome 0x");
    report_number(m->word[3]);
    report_text("\n");
}

/*
 * Root's first thread, above nearly all others: no state of unknown soundness goes on dialling. It
 * never calls anybody, so nobody who has stopped can hold it up.
 */
static _Noreturn void watch_trusted(void)
{
    struct ipc_message m;

    root_require(ipc_receive(CAP_TRUSTED_FAULTS, CAP_TRUSTED_REPLY, &m), "waiting for faults");
    report_fault(plan_fault_component((uint32_t)m.badge), &m);
    root_require(sys_shutdown(ROOT_SLOT_SCHED_CONTROL, SHUTDOWN_RESET), "resetting the machine");
    root_stop("resetting the machine", STATUS_OK);
}

/* Its second, below all trusted ones. */
static _Noreturn void watch_legacy(void)
{
    struct ipc_message m;

    for (;;) {
        root_require(ipc_receive(CAP_LEGACY_FAULTS, CAP_LEGACY_REPLY, &m), "waiting for faults");
        if (m.is_signal)
            legacy_restart_all(&root); /* the user asked the dialler, the dialler asks us */
        else
            legacy_restart(&root, plan_fault_component((uint32_t)m.badge));
    }
}

/* ---- the second thread --------------------------------------------------------- */

/*
 * It has a lower priority than every trusted component: building and clearing memory for the
 * untrusted side delays nobody who matters.
 */
static void start_supervisor(void)
{
    const struct manifest_thread *t = &root.plan.threads[root.plan.components[0].threads.first];
    cap_index thread = root_create(&root, &root.persistent, OBJECT_THREAD, 0);
    cap_index sched = root_create(&root, &root.persistent, OBJECT_SCHED, 0);
    cap_index message = root_create(&root, &root.own, OBJECT_FRAME, PAGE_SHIFT);

    space_map_own(&root, message, SUPERVISOR_MESSAGE_VA, MAP_READ | MAP_WRITE);
    for (uint32_t done = 0; done < t->stack_bytes; done += PAGE_BYTES)
        space_map_own(&root, root_create(&root, &root.own, OBJECT_FRAME, PAGE_SHIFT),
                      SUPERVISOR_STACK_VA + done, MAP_READ | MAP_WRITE);
    root_require(sys_thread_configure(thread, ROOT_SLOT_CNODE, ROOT_SLOT_SPACE, message, 0, 0,
                                      t->priority),
                 "configuring the supervisor");
    root_require(sys_thread_bind(thread, CAP_NOTIFICATION), "binding a notification");
    root_require(sys_sched_configure(ROOT_SLOT_SCHED_CONTROL, sched, t->budget_us, t->period_us),
                 "setting the supervisor's budget");
    root_require(sys_sched_bind(sched, thread), "binding a scheduling context");
    root_require(sys_thread_start(thread, root.bundle->root_entry,
                                  SUPERVISOR_STACK_VA + t->stack_bytes, SUPERVISOR),
                 "starting the supervisor");
}

static _Noreturn void start_everything(void)
{
    open_boot();
    open_arenas();
    root_open_bundle(&root);
    create_pools();
    create_persistent();
    locate_images();
    create_faults();
    take_own_caps();
    start_trusted();
    start_supervisor();
    watch_trusted();
}

static _Noreturn void supervise_everything(void)
{
    seal_persistent(&root);
    seal_boot_capabilities(&root);
    dump_root(&root);
    legacy_start(&root);
    watch_legacy();
}

void component_main(unsigned thread)
{
    if (thread == SUPERVISOR)
        supervise_everything();
    start_everything();
}
