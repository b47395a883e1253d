/* SPDX-License-Identifier: BSD-2-Clause */
/* Devices for host tests: each test is the device itself. */
#pragma once

#include <stdint.h>

uint32_t mmio_read32(uint64_t address);
void mmio_write32(uint64_t address, uint32_t value);
