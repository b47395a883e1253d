/* SPDX-License-Identifier: BSD-2-Clause */
/* Barriers by purpose. v7/barrier.h and host/barrier.h have the same names. */
#ifndef BARRIER_H
#define BARRIER_H

/* Table entries written before are seen by the walker after: a DSB, not a DMB (DDI 0487
 * "TLB maintenance requirements"). */
static inline void barrier_table_write(void)
{
    __asm__ volatile("dsb ishst" ::: "memory");
}

/* All that came before has taken effect and is seen by devices: memory writes, TLB and cache
 * maintenance included. */
static inline void barrier_complete(void)
{
    __asm__ volatile("dsb sy\n\tisb" ::: "memory");
}

/* System register writes before it govern what follows. */
static inline void barrier_context(void)
{
    __asm__ volatile("isb" ::: "memory");
}

#endif
