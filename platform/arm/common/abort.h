/* SPDX-License-Identifier: BSD-2-Clause */
/* The syndrome of a data abort (Arm ARM D13.2.37 "ISS encoding for a Data Abort", B3.13.6 of v7). */
#ifndef ABORT_H
#define ABORT_H

#include <stdbool.h>
#include <stdint.h>

struct abort_access {
    uint8_t width_bytes;
    uint8_t reg;
    bool is_write;
    bool is_signed;
    bool is_64;
};

/* False when the access is not described: post-index, pairs, cache maintenance, table walks. */
bool abort_decode(uint32_t syndrome, struct abort_access *access_out);
uint64_t abort_truncate(uint64_t value, uint8_t width_bytes);
/* What the register holds after a load of `value`. */
uint64_t abort_extend(uint64_t value, const struct abort_access *access);

#endif
