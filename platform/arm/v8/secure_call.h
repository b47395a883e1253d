/* SPDX-License-Identifier: BSD-2-Clause */
/* SMC calling convention (DEN 0028), a function without arguments. */
#ifndef SECURE_CALL_H
#define SECURE_CALL_H

#include <stdint.h>

static inline uint32_t secure_call(uint32_t function)
{
    register uint64_t x0 __asm__("x0") = function;
    __asm__ volatile("smc #0"
                     : "+r"(x0)
                     :
                     : "x1", "x2", "x3", "x4", "x5", "x6", "x7", "x8", "x9", "x10", "x11", "x12",
                       "x13", "x14", "x15", "x16", "x17", "memory");
    return (uint32_t)x0;
}

#endif
