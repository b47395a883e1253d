/* SPDX-License-Identifier: BSD-2-Clause */
/* The trace: the last events, for the panic and the debugger. */
#pragma once

#include <stdint.h>

enum { TRACE_EVENTS = 64 };

struct trace_event {
    const char *what; /* NULL: none yet */
    uint64_t time, a, b;
};

void trace_event(const char *what, uint64_t a, uint64_t b); /* `what` stays where it is */
