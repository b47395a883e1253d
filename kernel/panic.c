/* SPDX-License-Identifier: BSD-2-Clause */
/* The panic: cause, registers, build and the last events, without trusting anything that may be
 * broken. */
#include "kernel/objects.h"

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

/* The oldest first. */
static void print_trace(const struct cpu *cpu)
{
    for (uint32_t i = 0; i < TRACE_EVENTS; i++) {
        const struct trace_event *event = &cpu->trace[(cpu->trace_next + i) % TRACE_EVENTS];
        const struct panic_register row[] = {
            { event->what, event->time },
            { "a", event->a },
            { "b", event->b },
        };

        if (event->what != NULL) {
            print_registers(row, sizeof(row) / sizeof(row[0]));
        }
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
    print_trace(cpu_this());
    arch_machine_end(SHUTDOWN_RESET);
}
