/* SPDX-License-Identifier: BSD-2-Clause */
/* The kernel's console and the machine's switch, as system calls. */
#ifndef KERNEL_CONSOLE_H
#define KERNEL_CONSOLE_H

#include <stdint.h>

#include "kernel/cap.h"

void console_print(const char *text);
void console_print_hex(uint64_t value);
syscall_operation sys_console_write, sys_shutdown;

#endif
