/* SPDX-License-Identifier: BSD-2-Clause */
/* The trace. IPC, the scheduler and the trap path have no part in it: what is traced is rare. */
#include "kernel/objects.h"

void trace_event(const char *what, uint64_t a, uint64_t b)
{
    struct cpu *cpu = cpu_this();

    cpu->trace[cpu->trace_next % TRACE_EVENTS] =
        (struct trace_event){ what, arch_timer_now(), a, b };
    cpu->trace_next++;
}
