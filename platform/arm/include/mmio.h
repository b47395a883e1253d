/* SPDX-License-Identifier: BSD-2-Clause */
/* Device registers: the only place under platform/ with `volatile` objects. */
#pragma once

#include <stdint.h>

static inline uint32_t mmio_read32(uint64_t address)
{
    return *(const volatile uint32_t *)(uintptr_t)address;
}

static inline void mmio_write32(uint64_t address, uint32_t value)
{
    *(volatile uint32_t *)(uintptr_t)address = value;
}
