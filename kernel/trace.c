/* SPDX-License-Identifier: BSD-2-Clause */
/* Not in IPC, the scheduler or the trap path: what is traced is rare. */
#include "kernel/trace.h"

#include "arch/arch.h"
#include "kernel/console.h"
#include "kernel/cpu.h"

static const char *const trace_name[TRACE_KINDS] = {
    [TRACE_FAULT] = "fault", [TRACE_START] = "start", [TRACE_DESTROY] = "destroy",
    [TRACE_BOOT] = "boot",
};

void trace_event(enum trace_kind kind, uint64_t a, uint64_t b)
{
    struct trace_ring *ring = &cpu_this()->trace;

    ring->event[ring->next % TRACE_EVENTS] =
        (struct trace_event){ (uint32_t)arch_timer_now(), (uint32_t)kind, a, b };
    ring->next++;
}

/* The oldest first. */
void trace_print(void)
{
    const struct trace_ring *ring = &cpu_this()->trace;

    for (uint32_t i = 0; i < TRACE_EVENTS; i++) {
        const struct trace_event *event = &ring->event[(ring->next + i) % TRACE_EVENTS];

        if (event->kind != TRACE_NONE && event->kind < TRACE_KINDS) {
            console_print_hex(event->time);
            console_print(" ");
            console_print(trace_name[event->kind]);
            console_print(" ");
            console_print_hex(event->a);
            console_print(" ");
            console_print_hex(event->b);
            console_print("\n");
        }
    }
}
