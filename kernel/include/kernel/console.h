/* SPDX-License-Identifier: BSD-2-Clause */
/* The kernel's console and the machine's switch, as system calls. */
#ifndef KERNEL_CONSOLE_H
#define KERNEL_CONSOLE_H

#include <stdint.h>

#include "abi/types.h"

struct call;

void console_print(const char *text);
void console_print_hex(uint64_t value);
enum status sys_console_write(const struct call *call);
enum status sys_shutdown(const struct call *call);

#endif
