/* SPDX-License-Identifier: BSD-2-Clause */
/* One component runs at a time: what is written is seen. */
#pragma once

static inline void barrier_write(void)
{
}
static inline void barrier_read(void)
{
}
static inline void barrier_device(void)
{
}
