/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The tree of derivations, kept as a list of slots in preorder with depths: a
 * capability's descendants follow it directly and are deeper than it.
 *
 *  I1  Each slot that is not empty is in exactly one list; next and prev agree.
 *  I2  1 <= depth <= DERIVATION_DEPTH; a list starts with depth 1, and only there it is 1;
 *      the next slot is at most one deeper.
 *  I3  A child has no right that its parent lacks, unless the parent is a tombstone or an
 *      untyped (whose children are new objects).
 *  I4  A tombstone has no authority, no lookup finds it, and it has descendants.
 *  I5  All capabilities to an object descend from its original one, so the object can end
 *      when that one leaves the tree.
 *  I6  A slot inside an object (a binding) has no descendants, and is not an original.
 *
 * Nothing here loops longer than DERIVATION_DEPTH. Deletion, which may, is in delete.c.
 */
#include "kernel/cap.h"

static uint32_t last_id;

static void link_child(struct cap *slot, struct cap *parent)
{
    slot->depth = (uint8_t)(parent->depth + 1);
    slot->prev = parent;
    slot->next = parent->next;
    if (slot->next != NULL) {
        slot->next->prev = slot;
    }
    parent->next = slot;
}

/* Makes the neighbours of `slot` point to these instead, and empties it. */
static void relink(struct cap *slot, struct cap *after_prev, struct cap *before_next)
{
    if (slot->prev != NULL) {
        slot->prev->next = after_prev;
    }
    if (slot->next != NULL) {
        slot->next->prev = before_next;
    }
    *slot = (struct cap){ .type = OBJECT_NONE };
}

void cap_init_first(struct cap *slot, enum object_type type)
{
    last_id++;
    *slot = (struct cap){
        .type = (uint8_t)type,
        .rights = RIGHTS_ALL,
        .depth = 1,
        .flags = CAP_ORIGINAL,
        .id = last_id,
    };
}

void cap_init_child(struct cap *slot, struct cap *parent, enum object_type type)
{
    cap_init_first(slot, type);
    link_child(slot, parent);
}

/* What an untyped or a table is lies in its one slot: there is never a second. */
enum status cap_derive_check(const struct cap *source, const struct cap *slot)
{
    if (source->type == OBJECT_UNTYPED || source->type == OBJECT_TABLE) {
        return STATUS_BAD_TYPE;
    }
    if (source->depth >= DERIVATION_DEPTH) {
        return STATUS_TOO_DEEP;
    }
    return cap_is_empty(slot) ? STATUS_OK : STATUS_SLOT_IN_USE;
}

void cap_derive(struct cap *slot, struct cap *source, uint8_t rights, abi_word badge)
{
    *slot = *source;
    slot->rights = (uint8_t)(source->rights & rights);
    slot->flags = (uint8_t)(source->flags & (CAP_LARGE | CAP_DEVICE));
    if (source->type == OBJECT_FRAME) {
        slot->frame.mapping = 0;
    } else {
        slot->badge = badge;
    }
    link_child(slot, source);
}

void cap_move(struct cap *slot, struct cap *source)
{
    *slot = *source;
    relink(source, slot, slot);
}

struct cap *cap_some_leaf(struct cap *cap)
{
    struct cap *leaf = cap->next;

    while (cap_has_descendants(leaf)) {
        leaf = leaf->next;
    }
    return leaf;
}

void cap_bury(struct cap *slot)
{
    slot->type = (uint8_t)(slot->type | CAP_TOMBSTONE);
    slot->rights = 0;
}

void cap_remove_leaf(struct cap *slot)
{
    relink(slot, slot->next, slot->prev);
}
