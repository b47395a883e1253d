/* SPDX-License-Identifier: BSD-2-Clause */
/* Capability spaces: one flat array of slots per component. Slot 0 is never filled. */
#pragma once

#include "kernel/object.h"

struct cnode {
    struct dying dying;
    uint32_t count;
    uint32_t cursor; /* while dying: all slots below are empty */
    struct cap slots[];
};

enum { CNODE_BITS_MIN = 4, CNODE_BITS_MAX = 12 };

/* A capability that a system call is given in a register, or the slot of a CNode given there. */
enum cap_how {
    NEED_CAP = 0,    /* register: a slot of the caller's own CNode */
    NEED_TO_BIND,    /* the same, and something will be derived from it */
    NEED_OR_NONE,    /* the same again, or 0: NULL */
    NEED_SLOT_FULL,  /* register: a CNode, next register: its slot, which holds something */
    NEED_SLOT_EMPTY, /* ... which is empty */
};

struct cap_need {
    uint8_t reg;
    uint8_t type; /* enum object_type; OBJECT_NONE ends a list */
    uint8_t rights;
    uint8_t how; /* enum cap_how */
};

/* BAD_CAP, BAD_TYPE, BAD_RIGHTS, in this order, then TOO_DEEP, or what concerns the slot. */
enum status cap_resolve(const struct thread *thread, const struct cap_need *need,
                        struct cap **cap_out);
/* What a slot holds; NULL: outside, empty or a tombstone. */
struct cap *cap_find(struct cap *slots, abi_word count, abi_word index);
