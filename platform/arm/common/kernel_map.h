/* SPDX-License-Identifier: BSD-2-Clause */
/* The kernel's own translation at EL2: all RAM, its devices, its image W^X. */
#ifndef KERNEL_MAP_H
#define KERNEL_MAP_H

#include <stdint.h>

/* Memory attribute indirection: AttrIndx 0 Device-nGnRE, 1 Normal write-back (MAIR_EL2 / HMAIR0). */
enum { KERNEL_MAP_MAIR = 0xff04 };

/* Builds the tables with the MMU off; returns the root's physical address. */
uint64_t kernel_map_build(void);

#endif
