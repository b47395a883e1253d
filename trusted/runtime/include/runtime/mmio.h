/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Device registers, and words in memory that another party may change at any time: each call is
 * exactly one access of that width. With barrier.h the only place with `volatile`.
 */
#pragma once

#include <stdint.h>

static inline uint32_t mmio_read32(uintptr_t address)
{
    return *(const volatile uint32_t *)address;
}

static inline void mmio_write32(uintptr_t address, uint32_t value)
{
    *(volatile uint32_t *)address = value;
}

static inline uint8_t mmio_read8(uintptr_t address)
{
    return *(const volatile uint8_t *)address;
}

static inline void mmio_write8(uintptr_t address, uint8_t value)
{
    *(volatile uint8_t *)address = value;
}

/* Shared memory, read once: the copy can be checked, the original cannot. */
static inline uint32_t shared_read32(const uint32_t *from)
{
    return *(const volatile uint32_t *)from;
}

static inline uint16_t shared_read16(const uint16_t *from)
{
    return *(const volatile uint16_t *)from;
}

static inline void shared_write16(uint16_t *to, uint16_t value)
{
    *(volatile uint16_t *)to = value;
}
