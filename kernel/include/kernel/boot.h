/* SPDX-License-Identifier: BSD-2-Clause */
/* From the boot loader's memory to root's first instruction. */
#pragma once

#include "abi/boot.h"
#include "arch/arch.h"

/* NULL: the bundle can be used. Otherwise one sentence that says why not. */
const char *bundle_check(const struct bundle_header *header, uint32_t region_bytes);
uint32_t bundle_crc32(const unsigned char *bytes, uint32_t count);
void boot_run(const struct arch_boot *arch);
