/* SPDX-License-Identifier: BSD-2-Clause */
/* script.c what is created, root.c the order of it all, report.c the console, dump*.c a test. */
#pragma once

#include "script.h"

void report_text(const char *text);
void report_number(uint64_t value); /* hexadecimal */

/* Prints what each component holds, of the trusted side or the other; and what root has kept. */
void dump_components(const struct script *script, bool restartable);
void dump_root(const struct script *script);
