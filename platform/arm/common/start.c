/* SPDX-License-Identifier: BSD-2-Clause */
/* From the first C instruction to the kernel; and what the kernel wants to know of the board. */
#include "board.h"
#include "mmio.h"
#include "platform.h"

/* ---- is all the memory there? ---------------------------------------------------------------- */

static bool is_probing; /* an abort says that it is not */

static void print_decimal(uint32_t number)
{
    char digits[10];
    unsigned at = sizeof(digits);

    do {
        digits[--at] = (char)('0' + number % 10);
        number /= 10;
    } while (number != 0);
    arch_console_write(digits + at, sizeof(digits) - at);
}

static _Noreturn void refuse_memory(void)
{
    static const char before[] = "robin: cannot boot: this board needs ";
    static const char after[] = " MiB of memory, and the machine has less.\n";

    arch_console_write(before, sizeof(before) - 1);
    print_decimal((uint32_t)(board.ram.bytes >> 20));
    arch_console_write(after, sizeof(after) - 1);
    arch_machine_end(SHUTDOWN_OFF);
}

void memory_refuse_probe(void)
{
    if (is_probing) {
        refuse_memory();
    }
}

/* Where there is no memory, an access is an external abort, or a word is not kept. */
static void memory_probe(void)
{
    const uint64_t last = board.ram.base + board.ram.bytes - sizeof(uint32_t);
    uint32_t before;

    is_probing = true;
    before = mmio_read32(last);
    mmio_write32(last, ~before);
    if (mmio_read32(last) != ~before) {
        refuse_memory();
    }
    mmio_write32(last, before);
    is_probing = false;
}

_Noreturn void arch_start(ticks now)
{
    cpu_enable_mmu(kernel_map_build());
    cpu_init();
    board.console.driver->init(&board.console.uart);
    memory_probe();
    interrupt_init();
    screen_init();
    kernel_main(&(struct arch_boot){ .board = board.name,
                                     .bundle = { board.bundle },
                                     .entry = now,
                                     .regions = board.regions,
                                     .region_count = board.region_count });
}
