/* SPDX-License-Identifier: BSD-2-Clause */
/* Barriers by purpose. v8/barrier.h and host/barrier.h have the same names. */
#ifndef BARRIER_H
#define BARRIER_H

/* Table entries written before are seen by the walker after: a DSB, not a DMB (DDI 0406
 * "TLB maintenance requirements"). */
static inline void barrier_table_write(void)
{
    __asm__ volatile("dsb ishst" ::: "memory");
}

/* All that came before, TLB and cache maintenance included, has taken effect. */
static inline void barrier_complete(void)
{
    __asm__ volatile("dsb sy\n\tisb" ::: "memory");
}

/* System register writes before it govern what follows. */
static inline void barrier_context(void)
{
    __asm__ volatile("isb" ::: "memory");
}

/* Memory writes are seen by a device before the register write that follows. */
static inline void barrier_device(void)
{
    __asm__ volatile("dsb sy" ::: "memory");
}

/* The compiler keeps memory accesses on their side. */
static inline void barrier_compiler(void)
{
    __asm__ volatile("" ::: "memory");
}

static inline void barrier_wait_interrupt(void)
{
    __asm__ volatile("dsb sy\n\twfi" ::: "memory");
}

#endif
