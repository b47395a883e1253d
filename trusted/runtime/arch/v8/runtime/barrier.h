/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Order of memory accesses as seen by other components (shared rings) and by devices (DMA), in the
 * Outer Shareable domain. DDI 0487, B2.3 "Definition of the Armv8 memory model", DMB and DSB.
 */
#pragma once

/* Everything written before is visible before anything written after: publish an index last. */
static inline void barrier_write(void)
{
    __asm__ volatile("dmb oshst" ::: "memory");
}

/* Everything read after is read after what was read before: fetch data after its index. */
static inline void barrier_read(void)
{
    __asm__ volatile("dmb oshld" ::: "memory");
}

/* A device is told next: all writes have reached memory. */
static inline void barrier_device(void)
{
    __asm__ volatile("dsb sy" ::: "memory");
}
