/* SPDX-License-Identifier: BSD-2-Clause */
/* The trap, played by joined/kernel.c: the same names as arch/v8/runtime/arch_syscall.h. */
#pragma once

#include "abi/message.h"
#include "abi/types.h"

enum { SYSCALL_REGISTERS = 7 };
struct syscall_registers {
    abi_word value[SYSCALL_REGISTERS];
};

void arch_syscall_all(unsigned number, struct syscall_registers *r);
