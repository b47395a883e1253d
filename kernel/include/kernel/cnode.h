/* SPDX-License-Identifier: BSD-2-Clause */
/* Capability spaces: one flat array of slots per component. Slot 0 is never filled. */
#ifndef KERNEL_CNODE_H
#define KERNEL_CNODE_H

#include "kernel/cap.h"
#include "kernel/object.h"

struct cnode {
    struct dying dying;
    uint32_t count;
    uint32_t cursor; /* while dying: all slots below are empty */
    struct cap slots[];
};

enum { CNODE_BITS_MIN = 4, CNODE_BITS_MAX = 12 };

/* A capability out of the thread's own CNode, of this type and with these rights. */
enum status cap_lookup(const struct thread *thread, abi_word index, enum object_type type,
                       unsigned rights, struct cap **cap_out);
/* Slot `index` of the CNode that the thread's capability `cnode` names. */
enum status cnode_slot(const struct thread *thread, abi_word cnode, abi_word index,
                       unsigned rights, struct cap **slot_out);
/* The same for a slot that must hold a capability, and for one that must be empty. */
enum status cnode_source(const struct thread *thread, abi_word cnode, abi_word index,
                         unsigned rights, struct cap **slot_out);
enum status cnode_destination(const struct thread *thread, abi_word cnode, abi_word index,
                              struct cap **slot_out);
void cnode_reap(struct cnode *cnode, bool *done_out);

enum status sys_cap_copy(struct thread *caller);
enum status sys_cap_move(struct thread *caller);
enum status sys_cap_delete(struct thread *caller);
enum status sys_cap_revoke(struct thread *caller);
enum status sys_cap_info(struct thread *caller);

#endif
