/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Order of memory accesses as seen by other components (shared rings) and by devices (DMA).
 * The three are full barriers in the Outer Shareable domain on both architectures; the names
 * say which order the caller relies on.
 */
#ifndef RUNTIME_BARRIER_H
#define RUNTIME_BARRIER_H

#include "runtime/arch_barrier.h"

/* Everything written before is visible before anything written after: publish an index last. */
static inline void barrier_write(void)
{
    arch_barrier_write();
}

/* Everything read after is read after what was read before: fetch data after its index. */
static inline void barrier_read(void)
{
    arch_barrier_read();
}

static inline void barrier_full(void)
{
    arch_barrier_full();
}

/* A device is told next: all writes have reached memory. */
static inline void barrier_device(void)
{
    arch_barrier_device();
}

#endif
