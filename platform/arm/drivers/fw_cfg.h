/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * QEMU's firmware configuration device (docs/specs/fw_cfg). Its DMA can write any
 * physical memory: used at boot only, before the first component runs, and mapped
 * nowhere after.
 */
#ifndef FW_CFG_H
#define FW_CFG_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

bool fw_cfg_find(uint64_t base, const char *name, uint16_t *selector_out);
bool fw_cfg_write(uint64_t base, uint16_t selector, const void *data, size_t bytes);

#endif
