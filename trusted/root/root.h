/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Root's own state, and what its files do for each other:
 *   create.c  objects and slots out of untyped memory      space.c  frames into address spaces
 *   build.c   a component from its manifest entry          seal.c   giving authority up
 *   legacy.c  restarting the untrusted side                root.c   the order of it all
 *   report.c  the console                                  dump*.c  the live capability graph
 *   plan.c    what follows from the manifest alone
 */
#ifndef ROOT_ROOT_H
#define ROOT_ROOT_H

#include "abi/syscall.h"
#include "plan.h"

/* Slots of root's CNode, after those of abi/boot.h and of its own manifest.h (from 64). */
enum {
    SLOT_TEMPORARY = 127, /* empty between two steps */
    SLOT_OWN_FIRST = 128, /* root's own memory: the bundle as it sees it, page tables, a stack */
    SLOT_OWN_END = 768,
    SLOT_PERSISTENT_FIRST = SLOT_OWN_END,
    SLOT_PERSISTENT_END = 3072,
    SLOT_RESTART_FIRST = SLOT_PERSISTENT_END, /* shared out among restartable components */
    SLOT_RESTART_END = 1 << ROOT_CNODE_BITS,
};

/* Where new objects come from, and which slots they take. */
struct arena {
    cap_index next;
    cap_index first;
    cap_index end;
    cap_index pool; /* untyped memory; 0: whatever general memory is left */
};

struct component {
    struct arena *arena;
    cap_index cnode;
    cap_index space;
    cap_index guest_space; /* 0: none */
    cap_index next_slot;   /* of its CNode, for the memory it maps */
    cap_index text;        /* first of its text and rodata frames, out of the bundle */
    cap_index threads[PLAN_THREADS_MAX];
    cap_index faults[PLAN_THREADS_MAX]; /* where the kernel tells root of each one's faults */
    uint32_t epoch;        /* restarts so far */
    struct arena own_arena;/* of a restartable one */
};

struct root {
    const struct boot_info *boot;
    const struct bundle_header *bundle;
    cap_index bundle_pages; /* slots of its frames, one after the other */
    struct plan plan;
    bool general[BOOT_UNTYPED_MAX]; /* regions of RAM for whatever has no fixed place */
    struct arena own;
    struct arena persistent;
    cap_index object_slots[PLAN_OBJECTS_MAX];
    cap_index memory_slots[PLAN_MEMORIES_MAX]; /* first frame of each */
    struct component components[PLAN_COMPONENTS_MAX];
};

/* ---- report.c: every failure of root is final, and says what it was doing ------------------- */
void report_text(const char *text);
void report_number(uint64_t value); /* hexadecimal */
void report_line(const char *text);
_Noreturn void root_stop(const char *what, enum status status);
void root_require(enum status status, const char *what);

/* ---- create.c ------------------------------------------------------------------------------- */
cap_index arena_slot(struct arena *arena);
void root_derive(cap_index cnode, cap_index slot, cap_index source, uint32_t rights,
                 uint32_t badge);
/* Moves a capability of root's into the next of the component's memory slots. */
void root_hand_over(struct component *component, cap_index slot);
cap_index root_create(struct root *root, struct arena *arena, enum object_type type,
                      abi_word parameter);
/* The frames of one memory of the manifest, and one object of it. */
void root_create_memory(struct root *root, struct arena *arena, uint32_t memory);
void root_create_object(struct root *root, struct arena *arena, uint32_t object);
void root_create_bind(struct root *root, struct arena *arena, uint32_t bind);
/* Makes frames of the pages that the boot loader filled, and reads them through those. */
void root_open_bundle(struct root *root);

/* ---- space.c -------------------------------------------------------------------------------- */
struct mapping {
    cap_index space;
    cap_index first_frame; /* slots of root's CNode */
    uint32_t pages;
    uint32_t page_shift;
    uint64_t address;
    uint32_t attributes; /* enum map_attribute */
    uint32_t rights;     /* enum rights of the capability that the component holds */
};
/* Into root's own space; no component gets anything. */
void space_map_own(struct root *root, cap_index frame, abi_word address, uint32_t attributes);
/* Each frame's derived capability ends up in the component's CNode. */
void space_map(struct root *root, struct component *component, const struct mapping *mapping);
/* Writes bytes to the start of a frame. */
void space_fill(struct root *root, cap_index frame, const void *from, uint32_t bytes);

/* ---- build.c, seal.c, legacy.c, dump.c ------------------------------------------------------ */
void component_build(struct root *root, uint32_t index);
void component_start(struct root *root, uint32_t index);
void seal_persistent(struct root *root);
void seal_boot_capabilities(struct root *root);
void legacy_start(struct root *root);
void legacy_restart(struct root *root, uint32_t index);
void legacy_restart_all(struct root *root);
void dump_component(const struct root *root, uint32_t index); /* before its threads start */
void dump_root(const struct root *root);                      /* after root has given up */

#endif
