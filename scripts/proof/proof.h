/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * For harnesses (X/proof/): a value that nondet_X() returns is any of its type. What a host test
 * shares with a proof is written with assert() and compiles without this header.
 */
#pragma once

#include <assert.h>
#include <stdbool.h>
#include <stdint.h>

#define ASSUME(condition) __CPROVER_assume(condition)
/* This point can be reached with `condition`; scripts/prove fails if it cannot. */
#define REACHED(condition) __CPROVER_assert(!(condition), "reached: " #condition)

bool nondet_bool(void);
uint8_t nondet_byte(void);
uint32_t nondet_u32(void);
uint64_t nondet_u64(void);

/* Any number below `bound`. */
static inline uint32_t any_below(uint32_t bound)
{
    const uint32_t value = nondet_u32();

    ASSUME(value < bound);
    return value;
}
