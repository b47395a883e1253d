/* SPDX-License-Identifier: BSD-2-Clause */
/* The writing end of wire_log.h. */
#pragma once

#include "wire_log.h"

#include <stddef.h>

void wire_log_open(struct wire_log_region *region);
/* One line: "<time> <tag><text>". Bytes outside 0x20..0x7e and '\' appear as \xNN. */
void wire_log_line(struct wire_log_region *region, uint64_t now_us, const char *tag,
                   const char *text, size_t length);
