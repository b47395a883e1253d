/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * One operation on slot AT of any sound list of LENGTH slots, with an empty one beside it: I1 to I6
 * (cap_sound.h) hold again, and no slot but those that are named changes more than its links.
 * cap.c compares no addresses and looks at one list only: that the slots lie in the list's order
 * and that there is no second list loses nothing.
 */
#include "cap_sound.h"
#include "proof.h"

abi_word nondet_word(void);

enum { SLOTS = LENGTH + 1 };

static struct cap slots[SLOTS], before[SLOTS];
static struct cap *const at = &slots[AT], *const empty = &slots[LENGTH];

static bool is_named(unsigned i)
{
    return i == AT || i == LENGTH;
}

static void any_list(void)
{
    static const uint8_t types[] = { OBJECT_UNTYPED, OBJECT_CNODE, OBJECT_FRAME };

    for (unsigned i = 0; i < LENGTH; i++) {
        slots[i].type = (uint8_t)(types[any_below(3)] | (nondet_bool() ? CAP_TOMBSTONE : 0));
        slots[i].rights = nondet_byte() & RIGHTS_ALL;
        slots[i].depth = nondet_byte();
        slots[i].flags = nondet_byte();
        slots[i].id = nondet_u32();
        slots[i].frame.mapping = nondet_u64();
        slots[i].next = i + 1 < LENGTH ? &slots[i + 1] : NULL;
        slots[i].prev = i > 0 ? &slots[i - 1] : NULL;
    }
    for (unsigned i = 0; i < LENGTH; i++) {
        ASSUME(cap_is_sound(&slots[i], SLOTS));
    }
    for (unsigned i = 0; i < SLOTS; i++) {
        before[i] = slots[i];
    }
}

/* Authority comes from the source, and never more. What lies in a binding is not derived from. */
void check_derive(void)
{
    const uint8_t rights = nondet_byte();

    ASSUME(!cap_is_tombstone(at) && cap_binding(at) == BINDING_NONE);
    assert(cap_derive_check(at, &slots[0]) != STATUS_OK); /* in use */
    if (cap_derive_check(at, empty) != STATUS_OK) {
        return;
    }
    cap_derive(empty, at, rights, nondet_word());
    assert((empty->rights & before[AT].rights & rights) == empty->rights);
    assert(empty->id == before[AT].id && empty->depth == before[AT].depth + 1);
    assert((empty->flags & CAP_ORIGINAL) == 0 && cap_binding(empty) == BINDING_NONE);
    assert(at->type != OBJECT_FRAME || empty->frame.mapping == 0);
    REACHED(before[AT].depth == 3);
}

void check_move(void)
{
    ASSUME(!cap_is_tombstone(at) && cap_binding(at) == BINDING_NONE);
    cap_move(empty, at);
    assert(cap_is_empty(at) && empty->type == before[AT].type && empty->id == before[AT].id);
    assert(empty->rights == before[AT].rights && empty->depth == before[AT].depth);
    REACHED(empty->depth == 3);
}

void check_child(void)
{
    ASSUME(at->type == OBJECT_UNTYPED && at->depth < DERIVATION_DEPTH);
    ASSUME(cap_binding(at) == BINDING_NONE);
    cap_init_child(empty, at, OBJECT_CNODE);
    assert(empty->depth == at->depth + 1 && (empty->flags & CAP_ORIGINAL) != 0);
    REACHED(cap_has_descendants(&before[AT]));
}

/* A capability that is deleted: buried while it has descendants, else out of the tree. What is left
 * of tombstones above it is delete.c's. */
void check_delete(void)
{
    ASSUME(!cap_is_tombstone(at));
    if (cap_has_descendants(at)) {
        cap_bury(at);
        assert(cap_is_tombstone(at) && at->rights == 0);
        REACHED(true);
        return;
    }
    ASSUME(AT == 0 || !cap_is_tombstone(&before[AT - 1]) ||
           (at->next != NULL && at->next->depth > before[AT - 1].depth));
    cap_remove_leaf(at);
    assert(cap_is_empty(at));
    REACHED(before[AT].depth == 3);
}

void check_leaf(void)
{
    const struct cap *leaf;

    ASSUME(cap_has_descendants(at));
    leaf = cap_some_leaf(at);
    assert(!cap_is_empty(leaf) && !cap_is_tombstone(leaf) && !cap_has_descendants(leaf));
    assert(leaf->depth > at->depth);
    REACHED(leaf == &slots[AT + 2]);
}

int main(void)
{
    any_list();
    PART();
    for (unsigned i = 0; i < SLOTS; i++) {
        assert(cap_is_sound(&slots[i], SLOTS));
        assert(is_named(i) ||
               (slots[i].type == before[i].type && slots[i].id == before[i].id &&
                slots[i].rights == before[i].rights && slots[i].depth == before[i].depth));
    }
    return 0;
}
