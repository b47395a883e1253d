/* SPDX-License-Identifier: BSD-2-Clause */
/* The kernel's console. */
#pragma once

#include <stdint.h>

void console_print(const char *text);
void console_print_hex(uint64_t value);
