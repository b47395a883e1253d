/* SPDX-License-Identifier: BSD-2-Clause */
/* Capability lookup, and the operations on slots. */
#include "kernel/cnode.h"

#include "kernel/endpoint.h"
#include "kernel/frame.h"
#include "kernel/syscall.h"
#include "kernel/thread.h"

enum status cap_lookup(const struct thread *thread, abi_word index, enum object_type type,
                       unsigned rights, struct cap **cap_out)
{
    struct cap *cap;

    if (index >= thread->slot_count) {
        return STATUS_BAD_CAP;
    }
    cap = &thread->slots[index];
    if (cap_is_empty(cap) || cap_is_tombstone(cap)) {
        return STATUS_BAD_CAP;
    }
    if (cap->type != type) {
        return STATUS_BAD_TYPE;
    }
    if ((cap->rights & rights) != rights) {
        return STATUS_BAD_RIGHTS;
    }
    *cap_out = cap;
    return STATUS_OK;
}

enum status cnode_slot(const struct thread *thread, abi_word cnode, abi_word index,
                       unsigned rights, struct cap **slot_out)
{
    struct cap *cap;
    const enum status status = cap_lookup(thread, cnode, OBJECT_CNODE, rights, &cap);

    if (status != STATUS_OK) {
        return status;
    }
    if (index >= cap->cnode->count) {
        return STATUS_BAD_CAP;
    }
    *slot_out = &cap->cnode->slots[index];
    return STATUS_OK;
}

enum status cnode_source(const struct thread *thread, abi_word cnode, abi_word index,
                         unsigned rights, struct cap **slot_out)
{
    const enum status status = cnode_slot(thread, cnode, index, rights, slot_out);

    if (status != STATUS_OK) {
        return status;
    }
    return cap_is_empty(*slot_out) || cap_is_tombstone(*slot_out) ? STATUS_BAD_CAP : STATUS_OK;
}

enum status cnode_destination(const struct thread *thread, abi_word cnode, abi_word index,
                              struct cap **slot_out)
{
    const enum status status = cnode_slot(thread, cnode, index, RIGHT_WRITE, slot_out);

    if (status != STATUS_OK) {
        return status;
    }
    if (index == 0) {
        return STATUS_BAD_ARGUMENT; /* 0 means "none" wherever a slot is named */
    }
    return cap_is_empty(*slot_out) ? STATUS_OK : STATUS_SLOT_IN_USE;
}

/* ---- copy ---------------------------------------------------------------------------------- */

static bool can_badge(const struct cap *cap)
{
    return (cap->type == OBJECT_ENDPOINT || cap->type == OBJECT_NOTIFICATION) && cap->badge == 0;
}

static enum status copy_check(const struct thread *caller, struct cap **slot_out,
                              struct cap **source_out)
{
    enum status status =
        cnode_source(caller, thread_arg(caller, 2), thread_arg(caller, 3), RIGHT_READ, source_out);

    if (status != STATUS_OK) {
        return status;
    }
    status = cnode_destination(caller, thread_arg(caller, 0), thread_arg(caller, 1), slot_out);
    if (status != STATUS_OK) {
        return status;
    }
    if ((thread_arg(caller, 4) & ~(abi_word)RIGHTS_ALL) != 0 ||
        (thread_arg(caller, 5) != 0 && !can_badge(*source_out))) {
        return STATUS_BAD_ARGUMENT;
    }
    return cap_derive_check(*source_out, *slot_out);
}

static void copy_commit(const struct thread *caller, struct cap *slot, struct cap *source)
{
    const abi_word badge = thread_arg(caller, 5);

    cap_derive(slot, source, (uint8_t)thread_arg(caller, 4), badge != 0 ? badge : source->badge);
}

enum status sys_cap_copy(struct thread *caller)
{
    struct cap *slot;
    struct cap *source;
    const enum status status = copy_check(caller, &slot, &source);

    if (status == STATUS_OK) {
        copy_commit(caller, slot, source);
    }
    return status;
}

/* ---- move, delete, revoke --------------------------------------------------------------------- */

enum status sys_cap_move(struct thread *caller)
{
    struct cap *slot;
    struct cap *source;
    enum status status = cnode_source(caller, thread_arg(caller, 2), thread_arg(caller, 3),
                                      RIGHT_READ | RIGHT_WRITE, &source);

    if (status != STATUS_OK) {
        return status;
    }
    status = cnode_destination(caller, thread_arg(caller, 0), thread_arg(caller, 1), &slot);
    if (status == STATUS_OK) {
        cap_move(slot, source);
    }
    return status;
}

enum status sys_cap_delete(struct thread *caller)
{
    if (!caller->is_restarted) {
        struct cap *slot;
        const enum status status =
            cnode_source(caller, thread_arg(caller, 0), thread_arg(caller, 1), RIGHT_WRITE, &slot);

        if (status != STATUS_OK) {
            return status;
        }
        cap_delete(slot);
    }
    return reaper_drain() ? STATUS_OK : syscall_restart(caller);
}

/* Each round is one deletion or one step of the reaper; a restart goes on where it was. */
enum status sys_cap_revoke(struct thread *caller)
{
    struct cap *slot;
    const enum status status =
        cnode_source(caller, thread_arg(caller, 0), thread_arg(caller, 1), RIGHT_WRITE, &slot);

    if (status != STATUS_OK) {
        return status;
    }
    for (;;) {
        if (reaper_has_work()) {
            reaper_step();
        } else if (cap_is_empty(slot) || !cap_has_descendants(slot)) {
            return STATUS_OK;
        } else {
            cap_delete(cap_some_leaf(slot));
        }
        if (arch_interrupt_pending()) {
            return syscall_restart(caller);
        }
    }
}

/* ---- info --------------------------------------------------------------------------------------- */

static abi_word badge_or_size(const struct cap *cap)
{
    if (cap->type == OBJECT_FRAME) {
        return frame_shift(cap);
    }
    if (cap->type == OBJECT_UNTYPED) {
        return cap->untyped.shift;
    }
    return cap->type == OBJECT_TABLE ? 0 : cap->badge;
}

enum status sys_cap_info(struct thread *caller)
{
    struct cap *cap;
    const enum status status =
        cnode_source(caller, thread_arg(caller, 0), thread_arg(caller, 1), RIGHT_READ, &cap);

    if (status == STATUS_OK) {
        thread_result(caller, 1,
                      cap->type | (abi_word)cap->rights << 8 | (abi_word)cap->depth << 16);
        thread_result(caller, 2, badge_or_size(cap));
        thread_result(caller, 3, cap->id);
    }
    return status;
}

/* ---- the end of a CNode ----------------------------------------------------------------------------- */

/* One deletion, or a few empty slots passed over. What was derived from its slots goes too. */
void cnode_reap(struct cnode *cnode, bool *done_out)
{
    enum { SLOTS_PER_STEP = 32 };
    unsigned looked_at = 0;

    while (cnode->cursor < cnode->count && looked_at < SLOTS_PER_STEP &&
           cap_is_empty(&cnode->slots[cnode->cursor])) {
        cnode->cursor++;
        looked_at++;
    }
    *done_out = cnode->cursor == cnode->count;
    if (cnode->cursor < cnode->count && looked_at < SLOTS_PER_STEP) {
        struct cap *slot = &cnode->slots[cnode->cursor];

        cap_delete(cap_has_descendants(slot) ? cap_some_leaf(slot) : slot);
    }
}
