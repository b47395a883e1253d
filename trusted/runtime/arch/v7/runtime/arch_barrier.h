/* SPDX-License-Identifier: BSD-2-Clause */
/* DDI 0406, A3.8 "Memory access order", DMB and DSB. */
#ifndef RUNTIME_ARCH_BARRIER_H
#define RUNTIME_ARCH_BARRIER_H

static inline void arch_barrier_write(void)
{
    __asm__ volatile("dmb oshst" ::: "memory");
}

static inline void arch_barrier_read(void)
{
    __asm__ volatile("dmb osh" ::: "memory");
}

static inline void arch_barrier_full(void)
{
    __asm__ volatile("dmb osh" ::: "memory");
}

static inline void arch_barrier_device(void)
{
    __asm__ volatile("dsb sy" ::: "memory");
}

#endif
