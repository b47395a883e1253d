/* SPDX-License-Identifier: BSD-2-Clause */
#ifndef SPACE_H
#define SPACE_H

#include "arch/arch.h"

/* VTTBR_EL2 of a space. */
uint64_t space_register(phys_addr root, uint8_t vmid);

#endif
