/* SPDX-License-Identifier: BSD-2-Clause */
#pragma once

#include "raw_call.h"

/* Register 0 = endpoint | reply << 16 | 1 << 31: empty the slot after the endpoint's after each
 * message. */
extern const unsigned char stub_one_way_start[], stub_one_way_end[];

/* `count` calls, each with the counter in word 0; returns the last answer's word 0. */
uint64_t raw_stamped_call_loop(const struct call_regs *regs, abi_word count);
