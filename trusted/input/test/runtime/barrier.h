/* SPDX-License-Identifier: BSD-2-Clause */
/* The host's one thread needs no order. */
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
