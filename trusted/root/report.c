/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Root's words on the kernel's console. Only used while nothing else owns the serial line, that is
 * before the untrusted side starts, and when the machine is about to stop.
 */
#include "root.h"
#include "runtime/syscall.h"

enum { HEX_DIGITS = 16 };

void report_text(const char *text)
{
    for (; *text != '\0'; text++) {
        (void)sys_console_write(ROOT_SLOT_CONSOLE, *text);
    }
}

void report_number(uint64_t value)
{
    char digits[HEX_DIGITS + 1];
    unsigned at = HEX_DIGITS;

    digits[at] = '\0';
    do {
        digits[--at] = "0123456789abcdef"[value & 0xf];
        value >>= 4;
    } while (value != 0);
    report_text(&digits[at]);
}
