/* SPDX-License-Identifier: BSD-2-Clause */
/* The host program's carrier script. Its format is in README.md. */
#pragma once

#include "carrier.h"

#include <stdbool.h>

enum { SCRIPT_CALLS_MAX = 32 };
struct script_call {
    uint64_t at_us; /* since the program's start */
    char number[CARRIER_NUMBER_BYTES];
};
struct script {
    struct carrier carrier; /* the script's rules first, the default ones after them */
    unsigned calls;
    struct script_call call[SCRIPT_CALLS_MAX];
};

/* False: `error_line` is the line that is wrong, 0 = the file cannot be read. */
bool script_load(struct script *script, const char *path, unsigned *error_line);
bool script_line(struct script *script, const char *line);
void script_finish(struct script *script);
