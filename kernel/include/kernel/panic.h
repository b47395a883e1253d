/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The end: cause, registers, build and last events on the console, "stopped" on
 * the panel, then the machine is reset (which hangs the modem up).
 */
#ifndef KERNEL_PANIC_H
#define KERNEL_PANIC_H

#include <stdint.h>

struct panic_register {
    const char *name;
    uint64_t value;
};

/* Registers may be none (NULL, 0). */
_Noreturn void kernel_panic(const char *cause, const struct panic_register *registers,
                            unsigned count);

extern const char kernel_build_id[17]; /* 16 hexadecimal digits */

/* Our own invariants only: never what a user can reach. */
#define KERNEL_ASSERT(condition)                                                                   \
    ((condition) ? (void)0 : kernel_panic("kernel invariant broken: " #condition, 0, 0))

#endif
