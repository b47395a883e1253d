/* SPDX-License-Identifier: BSD-2-Clause */
/* Capability lookup, and the operations on slots. */
#include "kernel/objects.h"

struct cap *cap_find(struct cap *slots, abi_word count, abi_word index)
{
    return index < count && !cap_is_empty(&slots[index]) && !cap_is_tombstone(&slots[index])
               ? &slots[index]
               : NULL;
}

static enum status slot_of(struct cnode *cnode, abi_word index, enum cap_how how,
                           struct cap **slot_out)
{
    if (how == NEED_SLOT_FULL) {
        *slot_out = cap_find(cnode->slots, cnode->count, index);
        return *slot_out != NULL ? STATUS_OK : STATUS_BAD_CAP;
    }
    if (index >= cnode->count || index == 0) { /* 0 means "none" wherever a slot is named */
        return index == 0 ? STATUS_BAD_ARGUMENT : STATUS_BAD_CAP;
    }
    *slot_out = &cnode->slots[index];
    return cap_is_empty(*slot_out) ? STATUS_OK : STATUS_SLOT_IN_USE;
}

enum status cap_resolve(const struct thread *thread, const struct cap_need *need,
                        struct cap **cap_out)
{
    const abi_word index = thread_arg(thread, need->reg);
    struct cap *cap = cap_find(thread->slots, thread->slot_count, index);

    *cap_out = cap;
    if (cap == NULL) {
        return need->how == NEED_OR_NONE && index == 0 ? STATUS_OK : STATUS_BAD_CAP;
    }
    if (cap->type != need->type) {
        return STATUS_BAD_TYPE;
    }
    if ((cap->rights & need->rights) != need->rights) {
        return STATUS_BAD_RIGHTS;
    }
    if (need->how >= NEED_SLOT_FULL) {
        return slot_of(cap->cnode, thread_arg(thread, need->reg + 1u), need->how, cap_out);
    }
    return need->how == NEED_CAP || cap->depth < DERIVATION_DEPTH ? STATUS_OK : STATUS_TOO_DEEP;
}

/* ---- copy ------------------------------------------------------------------------------------ */

/* 0 keeps what the source has. A thread's badge is a ceiling: it only sinks. */
static bool may_badge(const struct cap *source, abi_word badge)
{
    if (badge == 0) {
        return true;
    }
    if (source->type == OBJECT_THREAD) {
        return badge <= source->badge;
    }
    return (source->type == OBJECT_ENDPOINT || source->type == OBJECT_NOTIFICATION) &&
           source->badge == 0;
}

enum status sys_cap_copy(const struct call *call)
{
    struct cap *source = call->cap[0];
    const abi_word rights = call_arg(call, 4);
    const abi_word badge = call_arg(call, 5);
    enum status status;

    if ((rights & ~(abi_word)RIGHTS_ALL) != 0 || !may_badge(source, badge)) {
        return STATUS_BAD_ARGUMENT;
    }
    status = cap_derive_check(source, call->cap[1]);
    if (status == STATUS_OK) {
        cap_derive(call->cap[1], source, (uint8_t)rights, badge != 0 ? badge : source->badge);
    }
    return status;
}

/* ---- move ------------------------------------------------------------------------------------ */

enum status sys_cap_move(const struct call *call)
{
    cap_move(call->cap[1], call->cap[0]);
    return STATUS_OK;
}

/* ---- info ------------------------------------------------------------------------------------ */

static abi_word badge_or_size(const struct cap *cap)
{
    return cap->type == OBJECT_FRAME     ? frame_shift(cap)
           : cap->type == OBJECT_UNTYPED ? cap->untyped.shift
           : cap->type == OBJECT_TABLE   ? 0
                                         : cap->badge;
}

enum status sys_cap_info(const struct call *call)
{
    const struct cap *cap = call->cap[0];

    call_result(call, 1, cap->type | (abi_word)cap->rights << 8 | (abi_word)cap->depth << 16);
    call_result(call, 2, badge_or_size(cap));
    call_result(call, 3, cap->id);
    return STATUS_OK;
}

/* ---- the end of a CNode ---------------------------------------------------------------------- */

/* One deletion, or a few empty slots passed over. What was derived from its slots goes too. */
bool cnode_reap(struct dying *dying)
{
    struct cnode *cnode = CONTAINER_OF(dying, struct cnode, dying);
    enum { SLOTS_PER_STEP = 32 };
    unsigned looked_at = 0;

    while (cnode->cursor < cnode->count && looked_at < SLOTS_PER_STEP &&
           cap_is_empty(&cnode->slots[cnode->cursor])) {
        cnode->cursor++;
        looked_at++;
    }
    if (cnode->cursor == cnode->count) {
        return true;
    }
    if (looked_at < SLOTS_PER_STEP) {
        struct cap *slot = &cnode->slots[cnode->cursor];

        cap_delete(cap_has_descendants(slot) ? cap_some_leaf(slot) : slot);
    }
    return false;
}
