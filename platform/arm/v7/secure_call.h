/* SPDX-License-Identifier: BSD-2-Clause */
/* SMC calling convention (DEN 0028), a function without arguments. */
#ifndef SECURE_CALL_H
#define SECURE_CALL_H

#include <stdint.h>

static inline uint32_t secure_call(uint32_t function)
{
    register uint32_t r0 __asm__("r0") = function;
    __asm__ volatile("smc #0" : "+r"(r0) : : "r1", "r2", "r3", "r12", "lr", "memory");
    return r0;
}

#endif
