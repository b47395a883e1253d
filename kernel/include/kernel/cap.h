/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Capability slots and the tree of derivations (see cap.c for the invariants); objects, and the
 * memory that they are made of.
 */
#pragma once

#include <stdbool.h>
#include <stddef.h>

#include "abi/syscall.h"

/* ---- capabilities ---------------------------------------------------------------------------- */

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
/* Empties the slot, or leaves a tombstone when it has descendants. */
void cap_delete(struct cap *slot);

/* Bindings: a slot inside an object. Bind replaces what was bound before, with nothing for NULL. */
void cap_bind(struct cap *slot, struct cap *source, enum cap_binding binding);
void cap_unbind(struct cap *slot);

/* ---- objects --------------------------------------------------------------------------------- */

/*
 * What all objects have in common: how big they are, how they begin and end.
 *
 * An object ends in two steps. `destroy` is constant time: nobody can
 * use the object any more. What may take longer (waiters to wake, slots to
 * empty, bindings to cut) is left to the reaper, one bounded step at a time.
 * The memory cannot be reused before that: retype lets the reaper finish first.
 */

/* First member of every object that the reaper may have to finish. */
struct dying {
    struct dying *next;
    uint32_t type; /* enum object_type */
};

struct object_shape {
    uint32_t bytes, align;
};

#define CONTAINER_OF(pointer, type, member) \
    ((type *)(void *)((char *)(pointer) - offsetof(type, member)))

/* How big an object is; false: this type cannot be made like this. */
bool object_shape(abi_word type, abi_word parameter, struct object_shape *shape_out);
/* `cap` is filled in but for the object; `memory` is zero (NULL for frames and untyped). */
void object_create(struct cap *cap, void *memory, abi_word parameter);

typedef void object_destroy(const struct cap *cap); /* constant time: then it does nothing more */
typedef bool object_reap(struct dying *dying);      /* one bounded step; true: nothing is left */
object_destroy notification_destroy, reply_destroy, thread_destroy, sched_destroy, space_destroy,
    vcpu_destroy, timer_destroy, irq_destroy;
object_reap cnode_reap, endpoint_reap, thread_reap, sched_reap, vcpu_reap, timer_reap, irq_reap;

/* Called by cap.c as capabilities go away: */
void object_withdraw(struct cap *cap); /* loses its authority: mapped memory is unmapped */
void object_release(struct cap *cap);  /* is taken out of the tree: bindings, the object itself */

bool reaper_has_work(void);
void reaper_step(void);
/* Finishes what is dying. False: an interrupt waits, come back. */
bool reaper_drain(void);

/* ---- memory that is no object yet ------------------------------------------------------------ */

/* For boot, which knows that there is room: an object, and a page that no capability names. */
void untyped_make(struct cap *untyped, struct cap *slot, enum object_type type, abi_word parameter);
void *untyped_take_page(struct cap *untyped);

/* ---- CNodes ---------------------------------------------------------------------------------- */

/* Capability spaces: one flat array of slots per component. Slot 0 is never filled. */

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

/* A delete goes on: what it has ended is finished, step by step. */
enum status cap_finish_delete(struct thread *caller);

/* ---- system calls ---------------------------------------------------------------------------- */

/* What an operation is given: who calls, and the checked capabilities of its table row. */
enum { CALL_CAPS_MAX = 5 };

struct call {
    struct thread *caller;
    struct cap *cap[CALL_CAPS_MAX];
    uint32_t next_page; /* where it was broken off, if it was */
};

/* An operation's answer when it has none yet: the caller blocks, or repeats the call. */
#define STATUS_LATER ((enum status)STATUS_COUNT)

/* The caller does the call again once the interrupt that waits has been taken. */
enum status syscall_restart(struct thread *caller);

/* What the system call table runs. */
typedef enum status syscall_operation(const struct call *call);
syscall_operation sys_call, sys_reply_receive, sys_receive, sys_reply, sys_signal, sys_wait,
    sys_poll, sys_yield, sys_vcpu_run, sys_cap_copy, sys_cap_move, sys_cap_delete, sys_cap_revoke,
    sys_cap_info, sys_untyped_retype, sys_space_map_table, sys_space_map, sys_space_unmap,
    sys_frame_address, sys_thread_configure, sys_thread_start, sys_thread_suspend,
    sys_thread_resume, sys_thread_bind, sys_sched_configure, sys_sched_bind, sys_sched_unbind,
    sys_timer_bind, sys_timer_set, sys_timer_cancel, sys_irq_get, sys_irq_bind, sys_irq_ack,
    sys_vcpu_configure, sys_vcpu_reset, sys_console_write, sys_shutdown;
