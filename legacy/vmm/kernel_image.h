/* SPDX-License-Identifier: BSD-2-Clause */
/* The header that Linux puts before its kernel: another one on each architecture (arch/). */
#pragma once

#include <stdbool.h>
#include <stdint.h>

struct kernel_place {
    uint64_t offset; /* from the guest's RAM base: where it is copied and entered */
    uint64_t bytes;  /* of RAM from there on, with what the file does not hold */
};

/* False: no such header, and *place is as it was. */
bool kernel_image_place(const uint8_t *kernel, uint32_t kernel_bytes, struct kernel_place *place);
