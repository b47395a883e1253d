/* SPDX-License-Identifier: BSD-2-Clause */
/* A guest's machine on the host, for tests of the VMM. */
#include "machine_bench.h"

#include <stdlib.h>
#include <string.h>

#include "fake_dialler.h"

struct machine bench;
struct vcpu_page bench_page;
_Alignas(4096) uint8_t bench_ram[BENCH_RAM_BYTES];
static char console[4096];
static size_t console_length;

static void console_take(void *context, uint8_t byte)
{
    (void)context;
    if (console_length < sizeof(console) - 1) {
        console[console_length++] = (char)byte;
    }
}

const char *bench_console(void)
{
    console[console_length] = 0;
    return console;
}

void bench_power_on(void)
{
    fake_dialler_reset();
    memset(&bench, 0, sizeof(bench));
    memset(&bench_page, 0, sizeof(bench_page));
    memset(bench_ram, 0, sizeof(bench_ram));
    console_length = 0;
    bench_page.list_registers = 4;
    bench.page = &bench_page;
    bench.memory =
        (struct guest_memory){ .base = MACHINE_RAM, .bytes = BENCH_RAM_BYTES, .start = bench_ram };
    machine_init(&bench, console_take);
    guest_sync();
}

/* The kernel tells a plain access of 32 bits apart from all others. */
enum { PC = 0x40081000, REG = 7 };

static bool word_is_done(uint64_t address, bool is_write, uint32_t value)
{
    bench_page.exit = (struct vcpu_exit_info){ .address = address, .reg = REG };
    bench_page.regs.pc = PC;
    bench_page.regs.gpr[REG] = is_write ? value : 0xdead;
    (is_write ? machine_store_word : machine_load_word)(&bench);
    bench_page.load_value = bench_page.regs.gpr[REG];
    return bench_page.regs.pc == PC + 4;
}

static bool other_is_done(uint64_t address, uint32_t width, bool is_write, uint32_t value)
{
    bench_page.exit = (struct vcpu_exit_info){
        .address = address, .width_bytes = (uint8_t)width, .is_write = is_write, .value = value
    };
    machine_mmio(&bench);
    return !vcpu_wants(bench_page.flags, VCPU_INJECT_ABORT);
}

static bool access_is_done(uint64_t address, uint32_t width, bool is_write, uint32_t value)
{
    bool is_done;

    bench_page.flags = 0;
    is_done = width == 4 ? word_is_done(address, is_write, value)
                         : other_is_done(address, width, is_write, value);
    if (is_done == (vcpu_wants(bench_page.flags, VCPU_INJECT_ABORT) != 0)) {
        abort(); /* both done and refused, or neither */
    }
    guest_sync();
    return is_done;
}

bool guest_can_load(uint64_t address, uint32_t width)
{
    return access_is_done(address, width, false, 0);
}

bool guest_can_store(uint64_t address, uint32_t width, uint32_t value)
{
    return access_is_done(address, width, true, value);
}

uint32_t guest_load(uint64_t address, uint32_t width)
{
    return guest_can_load(address, width)
               ? (uint32_t)bench_page.load_value & ~(uint32_t)0 >> (32 - 8 * width)
               : 0xdead;
}

void guest_store(uint64_t address, uint32_t width, uint32_t value)
{
    (void)guest_can_store(address, width, value);
}

void guest_sync(void)
{
    vgic_sync(&bench.gic);
}

static void drained(void)
{
    for (uint32_t i = 0; i < bench_page.interrupt_count; i++) {
        if (bench_page.interrupts[i].state == VCPU_IRQ_PENDING) {
            return;
        }
    }
    if (bench_page.exit_when_drained != 0) {
        (void)machine_exit(&bench, VCPU_EXIT_INTERRUPTS);
        guest_sync();
    }
}

uint32_t guest_acknowledge(void)
{
    struct vcpu_irq *best = NULL;
    for (uint32_t i = 0; i < bench_page.interrupt_count; i++) {
        struct vcpu_irq *irq = &bench_page.interrupts[i];
        if (irq->state == VCPU_IRQ_PENDING && (best == NULL || irq->priority < best->priority)) {
            best = irq;
        }
    }
    if (best == NULL) {
        return 1023;
    }
    const uint32_t number = best->number;
    best->state = VCPU_IRQ_ACTIVE;
    drained();
    guest_sync(); /* a handler looks at its device, which is an exit */
    return number;
}

void guest_end(uint32_t irq)
{
    for (uint32_t i = 0; i < bench_page.interrupt_count; i++) {
        if (bench_page.interrupts[i].number == irq) {
            bench_page.interrupts[i].state &= (uint8_t)~VCPU_IRQ_ACTIVE;
        }
    }
}
