/* SPDX-License-Identifier: BSD-2-Clause */
#ifndef START_H
#define START_H

#include "arch/arch.h"

/* From entry.S, MMU off. `now`: the counter at the first instruction. */
_Noreturn void arch_start(ticks now);

#endif
