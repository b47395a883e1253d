/* SPDX-License-Identifier: BSD-2-Clause */
#ifndef CPU_H
#define CPU_H

#include <stdint.h>

void cpu_enable_mmu(uint64_t root);
void cpu_init(void);

#endif
