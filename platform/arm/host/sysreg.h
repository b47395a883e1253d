/* SPDX-License-Identifier: BSD-2-Clause */
/* The processor for host tests: one thread, no devices. */
#pragma once

#include <stdint.h>

static inline void barrier_table_write(void)
{
}

static inline void table_write(uint64_t *entry, uint64_t value)
{
    *entry = value;
}
