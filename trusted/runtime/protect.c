/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * What -fstack-protector-strong needs. The guard is a fixed word: there is no source of randomness
 * on the board yet. Its zero and newline bytes stop an overrun by a string, and any overrun that
 * does not know the value is found; it is no secret.
 */
#include <stdint.h>

#include "runtime/component.h"

uintptr_t __stack_chk_guard;
_Noreturn void __stack_chk_fail(void);

/* Built from parts, so that it fits both word sizes. */
uintptr_t __stack_chk_guard =
    (uintptr_t)0x5a0d0a00u | ((uintptr_t)0x00ff0d0au << (sizeof(uintptr_t) * 4));

_Noreturn void component_fail(void)
{
    for (;;) {
        __builtin_trap(); /* an undefined instruction: the kernel tells root */
    }
}

_Noreturn void __stack_chk_fail(void)
{
    component_fail();
}
