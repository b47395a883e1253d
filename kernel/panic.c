/* SPDX-License-Identifier: BSD-2-Clause */
#include "kernel/panic.h"

#include <stddef.h>

#include "arch/arch.h"
#include "kernel/console.h"
#include "kernel/trace.h"

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
        arch_machine_reset();
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
    arch_machine_reset();
}
