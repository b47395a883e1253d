/* SPDX-License-Identifier: BSD-2-Clause */
/* Barriers for host tests: one thread, no devices. */
#ifndef BARRIER_H
#define BARRIER_H

static inline void barrier_table_write(void)
{
}

#endif
