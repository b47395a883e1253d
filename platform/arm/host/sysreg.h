/* SPDX-License-Identifier: BSD-2-Clause */
/* The processor for host tests: one thread, no devices. */
#pragma once

static inline void barrier_table_write(void)
{
}
