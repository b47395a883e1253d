/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The untrusted side comes and goes. All that is its own lies in memory that one revocation takes
 * back: objects, frames, the guest's RAM, its CNode and with it every capability it held.
 */
#include "display.h"
#include "manifest.h"
#include "root.h"
#include "runtime/ipc.h"
#include "runtime/syscall.h"

static void tell_display(enum legacy_state state)
{
    struct ipc_message m = { .length = 2, .word = { DISPLAY_LEGACY_STATE, (abi_word)state } };

    (void)ipc_call(CAP_DISPLAY, &m); /* a wrong word on the bar changes nothing for root */
}

/* ---- starting ------------------------------------------------------------------------------- */

static void create_owned(struct root *root, uint32_t index)
{
    struct arena *arena = root->components[index].arena;

    for (uint32_t i = 0; i < root->plan.count[MANIFEST_MEMORIES]; i++) {
        if (root->plan.memories[i].owner == index)
            root_create_memory(root, arena, i);
    }
    for (uint32_t i = 0; i < root->plan.count[MANIFEST_OBJECTS]; i++) {
        if (root->plan.objects[i].owner == index)
            root_create_object(root, arena, i);
    }
    for (uint32_t i = 0; i < root->plan.count[MANIFEST_BINDS]; i++) {
        if (root->plan.objects[root->plan.binds[i].object].owner == index)
            root_create_bind(root, arena, i);
    }
}

/* What the last one left behind in objects that stay: bits nobody took, a masked interrupt. */
static void tidy_shared(struct root *root, uint32_t index)
{
    const struct manifest_component *c = &root->plan.components[index];

    for (uint32_t i = 0; i < c->caps.count; i++) {
        const struct manifest_cap *cap = &root->plan.caps[c->caps.first + i];
        const struct manifest_object *object = &root->plan.objects[cap->object];
        abi_word bits;

        if (plan_cap_is_frame(cap) || object->owner != MANIFEST_NONE)
            continue;
        if (object->type == OBJECT_NOTIFICATION && (cap->rights & RIGHT_READ) != 0)
            (void)sys_poll(root->object_slots[cap->object], &bits);
        else if (object->type == OBJECT_IRQ)
            (void)sys_irq_ack(root->object_slots[cap->object]);
    }
}

static void legacy_build(struct root *root, uint32_t index)
{
    create_owned(root, index);
    component_build(root, index);
    tidy_shared(root, index);
    component_start(root, index);
}

void legacy_start(struct root *root)
{
    bool is_running = false;

    for (uint32_t i = 0; i < root->plan.count[MANIFEST_COMPONENTS]; i++) {
        if (plan_is_restartable(&root->plan, i) && plan_is_startable(&root->plan, i)) {
            legacy_build(root, i);
            is_running = true;
        }
    }
    tell_display(is_running ? LEGACY_RUNNING : LEGACY_STOPPED);
}

/* ---- restarting ----------------------------------------------------------------------------- */

static void revoke_owned_memory(struct root *root, uint32_t index)
{
    for (uint32_t i = 0; i < root->plan.count[MANIFEST_MEMORIES]; i++) {
        const struct manifest_memory *memory = &root->plan.memories[i];
        uint32_t region;

        if (memory->owner == index && memory->kind == MANIFEST_RAM &&
            plan_region_of(root->boot, memory, &region))
            root_require(sys_cap_revoke(ROOT_SLOT_CNODE, ROOT_SLOT_FIRST_UNTYPED + region),
                         "taking the guest's memory back");
    }
}

static void legacy_destroy(struct root *root, uint32_t index)
{
    struct arena *arena = root->components[index].arena;

    root_require(sys_cap_revoke(ROOT_SLOT_CNODE, arena->pool), "taking a component down");
    revoke_owned_memory(root, index);
    /* What was derived from objects that stay: badged signals, fault endpoints. */
    for (cap_index slot = arena->first; slot < arena->next; slot++)
        (void)sys_cap_delete(ROOT_SLOT_CNODE, slot);
    arena->next = arena->first;
}

void legacy_restart(struct root *root, uint32_t index)
{
    tell_display(LEGACY_RESTARTING);
    legacy_destroy(root, index);
    root->components[index].epoch++;
    (void)sys_signal(CAP_DIALLER_SIGNAL); /* the old badge is void from here on */
    legacy_build(root, index);
    tell_display(LEGACY_RUNNING);
}

void legacy_restart_all(struct root *root)
{
    for (uint32_t i = 0; i < root->plan.count[MANIFEST_COMPONENTS]; i++) {
        if (plan_is_restartable(&root->plan, i) && plan_is_startable(&root->plan, i))
            legacy_restart(root, i);
    }
}
