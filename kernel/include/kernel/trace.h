/* SPDX-License-Identifier: BSD-2-Clause */
/* The last events, for the panic and the debugger. */
#ifndef KERNEL_TRACE_H
#define KERNEL_TRACE_H

#include <stdint.h>

enum trace_kind {
    TRACE_NONE = 0,
    TRACE_FAULT,   /* a: pc, b: address */
    TRACE_START,   /* a: priority, b: pc */
    TRACE_DESTROY, /* a: object type, b: id */
    TRACE_BOOT,    /* a: step */
    TRACE_KINDS
};

void trace_event(enum trace_kind kind, uint64_t a, uint64_t b);
void trace_print(void);

#endif
