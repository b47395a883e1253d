/* SPDX-License-Identifier: BSD-2-Clause */
/* I1 to I6 of cap.c, for its proof and for the host tests: of one slot, whose list has at most
 * `steps` slots before it. */
#pragma once

#include "kernel/cap.h"

/* The first before it that is less deep; *is_list: the list begins within `steps`. */
static inline const struct cap *cap_parent(const struct cap *cap, unsigned steps, bool *is_list)
{
    const struct cap *parent = NULL, *at = cap->prev;

    for (unsigned i = 0; i < steps && at != NULL; i++) {
        if (parent == NULL && at->depth < cap->depth) {
            parent = at;
        }
        at = at->prev;
    }
    *is_list = at == NULL;
    return parent;
}

/* I1, I2 */
static inline bool cap_links_are_sound(const struct cap *cap)
{
    return cap->depth >= 1 && cap->depth <= DERIVATION_DEPTH &&
           (cap->prev == NULL) == (cap->depth == 1) &&
           (cap->prev == NULL || cap->prev->next == cap) &&
           (cap->next == NULL || (cap->next->prev == cap && cap->next->type != OBJECT_NONE &&
                                  cap->next->depth >= 2 && cap->next->depth <= cap->depth + 1));
}

/* I3, I5 */
static inline bool cap_fits_parent(const struct cap *cap, const struct cap *parent)
{
    const bool is_original = (cap->flags & CAP_ORIGINAL) != 0;

    if (parent == NULL) {
        return is_original;
    }
    if (is_original) {
        return cap_object_type(parent) == OBJECT_UNTYPED ||
               (cap_object_type(parent) == OBJECT_IRQ_CONTROL &&
                cap_object_type(cap) == OBJECT_IRQ);
    }
    return cap_object_type(cap) != OBJECT_UNTYPED && parent->id == cap->id &&
           cap_object_type(parent) == cap_object_type(cap) &&
           (cap_is_tombstone(parent) || (cap->rights & parent->rights) == cap->rights);
}

/* I1 to I6, of a slot that is not empty. */
static inline bool cap_is_sound_below(const struct cap *cap, const struct cap *parent)
{
    return cap_links_are_sound(cap) && (parent == NULL) == (cap->depth == 1) &&
           (parent == NULL || parent->depth + 1 == cap->depth) && cap_fits_parent(cap, parent) &&
           (!cap_is_tombstone(cap) || (cap->rights == 0 && cap_has_descendants(cap))) && /* I4 */
           (cap_binding(cap) == BINDING_NONE ||                                          /* I6 */
            (!cap_has_descendants(cap) && (cap->flags & CAP_ORIGINAL) == 0));
}

static inline bool cap_is_sound(const struct cap *cap, unsigned steps)
{
    const struct cap *parent;
    bool is_list;

    if (cap_is_empty(cap)) {
        return cap->next == NULL && cap->prev == NULL;
    }
    parent = cap_parent(cap, steps, &is_list);
    return is_list && cap_is_sound_below(cap, parent);
}
