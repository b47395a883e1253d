/* SPDX-License-Identifier: BSD-2-Clause */
/* The host's one thread needs no order. */
#ifndef TEST_BARRIER_H
#define TEST_BARRIER_H

static inline void barrier_write(void) {}
static inline void barrier_read(void) {}
static inline void barrier_full(void) {}
static inline void barrier_device(void) {}

#endif
