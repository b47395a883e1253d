/* SPDX-License-Identifier: BSD-2-Clause */
/* The host's one thread needs no order. */
#ifndef TEST_ARCH_BARRIER_H
#define TEST_ARCH_BARRIER_H

static inline void arch_barrier_write(void) {}
static inline void arch_barrier_read(void) {}
static inline void arch_barrier_full(void) {}
static inline void arch_barrier_device(void) {}

#endif
