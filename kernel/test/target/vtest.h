/* SPDX-License-Identifier: BSD-2-Clause */
/* What the files of the vCPU test share. */
#pragma once

#include <stdbool.h>
#include <stdint.h>

#include "abi/types.h"

void check(const char *what, bool holds);
/* Every register that a guest can write: nothing of it shows in native code or in another guest.
 * `timer` signals the notification that is bound to the calling thread: it ends a guest that runs
 * in circles. */
void sweep_registers(cap_index timer);
