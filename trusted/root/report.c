/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Root's words on the kernel's console. Only used while nothing else owns the serial line, that is
 * before the untrusted side starts, and when the machine is about to stop.
 */
#include "root.h"
#include "runtime/component.h"
#include "runtime/syscall.h"

enum { CONSOLE_CHUNK = 16, HEX_DIGITS = 16 };

void report_text(const char *text)
{
    while (*text != '\0') {
        unsigned count = 0;

        while (count < CONSOLE_CHUNK && text[count] != '\0')
            count++;
        (void)sys_console_write(ROOT_SLOT_CONSOLE, text, count);
        text += count;
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

void report_line(const char *text)
{
    report_text("root: ");
    report_text(text);
    report_text("\n");
}

_Noreturn void root_stop(const char *what, enum status status)
{
    report_text("root: ");
    report_text(what);
    report_text(" failed: status 0x");
    report_number((uint64_t)status);
    report_text("\n");
    component_fail();
}

void root_require(enum status status, const char *what)
{
    if (status != STATUS_OK)
        root_stop(what, status);
}
