/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Capability slots, and the tree in which they are derived from each other (cap.c has the
 * invariants). Nothing here knows what the objects are that capabilities name.
 */
#pragma once

#include <stdbool.h>
#include <stddef.h>

#include "abi/syscall.h"

enum cap_flags {
    CAP_ORIGINAL = 1 << 0, /* made by retype, irq_get or boot: the object dies with this one */
    CAP_LARGE = 1 << 1,    /* frame: a 2 MiB block */
    CAP_DEVICE = 1 << 2,   /* frame or untyped: device registers */
    CAP_USED = 1 << 3,     /* table: was in a space before, may hold old entries */
};

/*
 * Some slots lie inside an object and hold what is bound to it: the CNode of a
 * thread, the notification of a timer. They are leaves of the tree like any
 * other capability, so that revocation finds them.
 */
enum cap_binding {
    BINDING_NONE = 0,
    BINDING_THREAD_CNODE,
    BINDING_THREAD_SPACE,
    BINDING_THREAD_MESSAGE,
    BINDING_THREAD_FAULT,
    BINDING_THREAD_NOTIFICATION,
    BINDING_VCPU_SPACE,
    BINDING_VCPU_PAGE,
    BINDING_SIGNAL, /* of a timer or an interrupt */
};

enum {
    CAP_TOMBSTONE = 0x80,  /* added to `type`: deleted, but it has descendants */
    CAP_BINDING_SHIFT = 4, /* enum cap_binding in `flags` */
    CAP_LARGE_SHIFT = 21,
    CAP_PAGE_SHIFT = 12,
};

struct cap_frame {
    uint32_t page;     /* physical address / 4 KiB */
    uint32_t ipa_page; /* where it is mapped */
    uint64_t mapping;  /* space_mapping() of the space it is mapped in, 0 = in none */
};

struct cap_untyped {
    uint32_t page;      /* physical address / 4 KiB */
    uint32_t watermark; /* bytes [0, watermark) are given away */
    uint32_t cleared;   /* bytes [watermark, cleared) are zero already */
    uint8_t shift;      /* log2 of the size in bytes */
    uint8_t kind;       /* enum untyped_kind */
};

struct cap {
    uint8_t type; /* enum object_type, OBJECT_NONE = empty */
    uint8_t rights;
    uint8_t depth; /* 1 = has no parent */
    uint8_t flags; /* enum cap_flags, enum cap_binding << CAP_BINDING_SHIFT */
    uint32_t id;   /* the object's serial number */
    union {
        struct {
            union {
                void *object;
                struct cnode *cnode;
                struct endpoint *endpoint;
                struct irq *irq;
                struct notification *notification;
                struct reply *reply;
                struct sched *sched;
                struct space *space;
                struct thread *thread;
                struct timer *timer;
                struct vcpu *vcpu;
            };
            abi_word badge;
        };
        struct cap_frame frame; /* of OBJECT_FRAME and OBJECT_TABLE */
        struct cap_untyped untyped;
    };
    struct cap *next, *prev; /* in preorder */
};

_Static_assert(sizeof(struct cap) <= 40, "a slot is 40 bytes");
_Static_assert((int)OBJECT_TYPES < (int)CAP_TOMBSTONE, "the tombstone bit is free");

static inline bool cap_is_empty(const struct cap *cap)
{
    return cap->type == OBJECT_NONE;
}

static inline bool cap_is_tombstone(const struct cap *cap)
{
    return (cap->type & CAP_TOMBSTONE) != 0;
}

static inline enum object_type cap_object_type(const struct cap *cap)
{
    return (enum object_type)(cap->type & ~(unsigned)CAP_TOMBSTONE);
}

static inline bool cap_has_descendants(const struct cap *cap)
{
    return cap->next != NULL && cap->next->depth > cap->depth;
}

static inline enum cap_binding cap_binding(const struct cap *cap)
{
    return (enum cap_binding)(cap->flags >> CAP_BINDING_SHIFT);
}

/* A capability without a parent. The caller fills in what the type needs. */
void cap_init_first(struct cap *slot, enum object_type type);
/* The original capability of a new object, child of `parent`. */
void cap_init_child(struct cap *slot, struct cap *parent, enum object_type type);
/* May `source` be derived from at all, and into this slot? */
enum status cap_derive_check(const struct cap *source, const struct cap *slot);
void cap_derive(struct cap *slot, struct cap *source, uint8_t rights, abi_word badge);
void cap_move(struct cap *slot, struct cap *source);
/* Some descendant that has none itself; `cap` must have descendants. */
struct cap *cap_some_leaf(struct cap *cap);
/* `slot`, which has descendants, loses its authority and stays in the tree until they have gone. */
void cap_bury(struct cap *slot);
/* Takes a slot without descendants out of the tree and empties it. Its parent, if this was the only
 * child, is the slot before. */
void cap_remove_leaf(struct cap *slot);
