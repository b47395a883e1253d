/* SPDX-License-Identifier: BSD-2-Clause */
/* The console for the kernel's own last words and for components that hold its capability. */
#include "kernel/objects.h"

enum { CONSOLE_BYTES_MAX = 16, FIRST_BYTES = 2 };

void console_print(const char *text)
{
    size_t bytes = 0;

    while (text[bytes] != '\0') {
        bytes++;
    }
    arch_console_write(text, bytes);
}

void console_print_hex(uint64_t value)
{
    char text[16];

    for (unsigned i = 0; i < sizeof(text); i++) {
        text[i] = "0123456789abcdef"[value >> (60 - 4 * i) & 0xf];
    }
    arch_console_write(text, sizeof(text));
}

enum status sys_console_write(const struct call *call)
{
    const abi_word count = call_arg(call, 1);
    char text[CONSOLE_BYTES_MAX];

    if (count == 0 || count > MESSAGE_REGISTERS * sizeof(abi_word) || count > sizeof(text)) {
        return STATUS_BAD_ARGUMENT;
    }
    for (unsigned i = 0; i < count; i++) {
        const abi_word word = call_arg(call, FIRST_BYTES + i / (unsigned)sizeof(abi_word));

        text[i] = (char)(word >> 8 * (i % sizeof(abi_word)));
    }
    arch_console_write(text, count);
    return STATUS_OK;
}

enum status sys_shutdown(const struct call *call)
{
    const abi_word how = call_arg(call, 1);

    if (how != SHUTDOWN_OFF && how != SHUTDOWN_RESET) {
        return STATUS_BAD_ARGUMENT;
    }
    arch_machine_end((enum shutdown)how);
}
