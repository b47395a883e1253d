/* SPDX-License-Identifier: BSD-2-Clause */
/* The processor for host tests: one thread, no devices. */
#ifndef SYSREG_H
#define SYSREG_H

static inline void barrier_table_write(void)
{
}

#endif
