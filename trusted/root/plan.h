/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * What is to be created: everything that follows from the manifest and the kernel's boot
 * information alone. No system call here, so that it is tested on the host.
 */
#ifndef ROOT_PLAN_H
#define ROOT_PLAN_H

#include <stdbool.h>
#include <stdint.h>

#include "abi/boot.h"
#include "manifest_format.h"

enum { PLAN_MEMORIES_MAX = 32, PLAN_OBJECTS_MAX = 96, PLAN_COMPONENTS_MAX = 16,
       PLAN_THREADS_MAX = 4 };

/* The manifest's tables, after plan_open() has checked them. */
struct plan {
    const struct manifest_memory *memories;
    const struct manifest_object *objects;
    const struct manifest_component *components;
    const struct manifest_thread *threads;
    const struct manifest_cap *caps;
    const struct manifest_map *maps;
    const struct manifest_bind *binds;
    uint32_t count[MANIFEST_TABLES];
};

/* False: the tables are not a manifest that this root can read. Afterwards every index and every
 * range in them is inside its table. */
bool plan_open(const void *manifest, uint32_t bytes, struct plan *plan_out);

/* Its `object` is then a memory. */
static inline bool plan_cap_is_frame(const struct manifest_cap *cap)
{
    return (cap->flags & MANIFEST_CAP_FRAME) != 0;
}

uint32_t plan_pages(const struct manifest_memory *memory);
bool plan_is_restartable(const struct plan *plan, uint32_t component);
uint32_t plan_restartable_count(const struct plan *plan);
/* A component whose guest was not flashed is not started. */
bool plan_is_startable(const struct plan *plan, uint32_t component);

/* Index of the region that holds this address, of a kind that suits the memory. */
bool plan_region_of(const struct boot_info *boot, const struct manifest_memory *memory,
                    uint32_t *index_out);
/* Is the region RAM in which the manifest puts nothing at a fixed address? */
bool plan_is_general(const struct plan *plan, const struct boot_info *boot, uint32_t index);

/* The object that a component's slot names in the manifest. */
bool plan_object_of(const struct plan *plan, uint32_t component, uint32_t slot,
                    uint32_t *object_out);

/* The rights that root must keep on an object or a memory so that it can give them to a restarted
 * component: the union of what those are given. 0 = root keeps nothing. */
uint32_t plan_kept_object_rights(const struct plan *plan, uint32_t object);
uint32_t plan_kept_memory_rights(const struct plan *plan, uint32_t memory);

/* The badge of a capability; with an epoch it differs at each restart (dialler.h). */
uint32_t plan_badge(const struct manifest_cap *cap, uint32_t epoch);

/* Fault messages carry which thread of which component; never 0. */
uint32_t plan_fault_badge(uint32_t component, uint32_t thread);
uint32_t plan_fault_component(uint32_t badge);

/* Top of a thread's stack. */
uint32_t plan_stack_top(const struct plan *plan, const struct manifest_component *component,
                        uint32_t thread);

#endif
