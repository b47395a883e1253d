/* SPDX-License-Identifier: BSD-2-Clause */
/* Native time, from whoever links the machine: main.c on the device, fake_dialler.c in tests. */
#pragma once

#include <stdint.h>

uint64_t machine_time_us(void);
/* vmodem_time() is wanted then; only the last wish counts. */
void machine_wake_at(uint64_t time_us);
