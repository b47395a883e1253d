/* SPDX-License-Identifier: BSD-2-Clause */
/* The framebuffer, of whatever size and of 16 or 32 bits, behind a canvas. */
#pragma once

#include "canvas.h"

#include <stdbool.h>
#include <stddef.h>

struct screen {
    struct canvas canvas; /* draw here, then screen_show */
    uint8_t *memory;
    size_t stride;
    unsigned bits;
};

bool screen_open(struct screen *s);
void screen_show(const struct screen *s);
