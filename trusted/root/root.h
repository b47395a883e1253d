/* SPDX-License-Identifier: BSD-2-Clause */
/* script.c what is created, root.c the order of it all, report.c the console. */
#pragma once

#include "script.h"

void report_text(const char *text);
void report_number(uint64_t value); /* hexadecimal */
