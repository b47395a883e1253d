/* SPDX-License-Identifier: BSD-2-Clause */
#include "kernel/kernel.h"

/* ---- the trace: not in IPC, the scheduler or the trap path: what is traced is rare ------------- */

void trace_event(const char *what, uint64_t a, uint64_t b)
{
    struct trace_ring *ring = &cpu_this()->trace;

    ring->event[ring->next % TRACE_EVENTS] = (struct trace_event){ what, arch_timer_now(), a, b };
    ring->next++;
}

/* The oldest first. */
void trace_print(void)
{
    const struct trace_ring *ring = &cpu_this()->trace;

    for (uint32_t i = 0; i < TRACE_EVENTS; i++) {
        const struct trace_event *event = &ring->event[(ring->next + i) % TRACE_EVENTS];

        if (event->what != NULL) {
            console_print_hex(event->time);
            console_print(" ");
            console_print(event->what);
            console_print(" ");
            console_print_hex(event->a);
            console_print(" ");
            console_print_hex(event->b);
            console_print("\n");
        }
    }
}

/* ---- the panic --------------------------------------------------------------------------------- */

static void print_registers(const struct panic_register *registers, unsigned count)
{
    enum { PER_LINE = 4 };

    for (unsigned i = 0; i < count; i++) {
        console_print(registers[i].name);
        console_print(" ");
        console_print_hex(registers[i].value);
        console_print(i % PER_LINE == PER_LINE - 1 || i == count - 1 ? "\n" : "  ");
    }
}

_Noreturn void kernel_panic(const char *cause, const struct panic_register *registers,
                            unsigned count)
{
    static bool is_second; /* a panic in the panic: do not print again */

    if (is_second) {
        arch_machine_end(SHUTDOWN_RESET);
    }
    is_second = true;
    arch_panic_screen();
    console_print("\nKERNEL PANIC: ");
    console_print(cause);
    console_print("\nbuild ");
    console_print(kernel_build_id);
    console_print("\n");
    print_registers(registers, count);
    console_print("last events:\n");
    trace_print();
    arch_machine_end(SHUTDOWN_RESET);
}
