/* SPDX-License-Identifier: BSD-2-Clause */
/* -fstack-protector-strong: without a source of random numbers the guard is a constant. */
#include <stdint.h>

#include "kernel/objects.h"

extern uintptr_t __stack_chk_guard;
_Noreturn void __stack_chk_fail(void);

uintptr_t __stack_chk_guard = (uintptr_t)0xc0ffee0ddba11a5bull;

_Noreturn void __stack_chk_fail(void)
{
    kernel_panic("a kernel stack frame was overwritten", 0, 0);
}
