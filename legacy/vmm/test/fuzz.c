/* SPDX-License-Identifier: BSD-2-Clause */
/* Random bytes and accesses into everything that a guest can reach in the VMM. */
#include "fuzz.h"

#include <stdlib.h>
#include <string.h>

#include "fake_dialler.h"
#include "machine_bench.h"

struct input {
    const uint8_t *data;
    size_t left;
};

static uint32_t take(struct input *input, uint32_t bytes)
{
    uint32_t value = 0;
    for (; bytes != 0 && input->left != 0; bytes--, input->left--) {
        value = value << 8 | *input->data++;
    }
    return value;
}

static uint64_t take_address(struct input *input)
{
    static const uint64_t bases[] = { MACHINE_GICD,
                                      MACHINE_CONSOLE,
                                      MACHINE_MODEM,
                                      MACHINE_TOUCH,
                                      MACHINE_KEYS,
                                      MACHINE_RAM,
                                      0,
                                      UINT64_MAX - 0x800 };
    const uint32_t selector = take(input, 1);
    const uint32_t offset = take(input, 2);
    const uint64_t base = bases[selector % 8];
    return base + ((selector & 0x80) != 0 ? offset : offset % 0x200);
}

/* A driver that is good until the bytes after it say otherwise. */
static void start_queue(uint64_t device, uint32_t queue)
{
    const uint32_t writes[][2] = {
        { 0x70, 3 },
        { 0x24, 1 },
        { 0x20, 1 },
        { 0x70, 0xb },
        { 0x30, queue },
        { 0x38, 8 },
        { 0x80, MACHINE_RAM + 0x1000 },
        { 0x90, MACHINE_RAM + 0x100 },
        { 0xa0, MACHINE_RAM + 0x200 },
        { 0x44, 1 },
        { 0x70, 0xf },
    };
    for (size_t i = 0; i < sizeof(writes) / sizeof(writes[0]); i++) {
        guest_store(device + writes[i][0], 4, writes[i][1]);
    }
}

static void write_ram(struct input *input)
{
    uint32_t at = take(input, 2) % (BENCH_RAM_BYTES - 16);
    at = (at & 1) != 0 ? at % 0x400 : at;
    for (uint32_t i = 0; i < 16; i++) {
        bench_ram[at + i] = (uint8_t)take(input, 1);
    }
}

static void say(struct input *input)
{
    static const char *const words[] = { "AT", "D",     "+CLCC",  ";",
                                         "=",  "?",     "\"",     "0900",
                                         "\r", "E1",    "+CFUN=", ",",
                                         "S",  "+VTS=", "\x08",   "ATD09001234567;\r" };
    const uint32_t choice = take(input, 1);
    if ((choice & 0x80) != 0) {
        vmodem_receive(&bench.modem, (uint8_t)take(input, 1));
        return;
    }
    for (const char *c = words[choice % 16]; *c != 0; c++) {
        guest_store(MACHINE_MODEM, 4, (uint32_t)*c);
    }
}

static void step(struct input *input)
{
    static const uint8_t widths[] = { 1, 2, 4, 8, 4, 4, 4, 1 };
    const uint32_t operation = take(input, 1);
    const uint32_t width = widths[operation >> 5];
    switch (operation & 0xf) {
    case 0 ... 3: {
        const uint64_t address = take_address(input);
        guest_store(address, width, take(input, 4));
        break;
    }
    case 4:
    case 5:
        (void)guest_can_load(take_address(input), width);
        break;
    case 6:
        write_ram(input);
        break;
    case 7:
    case 8:
        say(input);
        break;
    case 9:
        start_queue(take(input, 1) % 2 != 0 ? MACHINE_TOUCH : MACHINE_KEYS, take(input, 1) % 4);
        break;
    case 10:
        virtio_input_key(&bench.keys, take(input, 2), (operation & 0x10) != 0);
        virtio_input_touch(&bench.touch, (int32_t)take(input, 4), (int32_t)take(input, 4));
        break;
    case 11:
        guest_end(guest_acknowledge());
        break;
    case 12:
        (void)guest_acknowledge();
        break;
    case 13:
        fake_dialler.status.state = (enum dial_state)(take(input, 1) % 6);
        fake_dialler.answer = (enum dialler_answer)(take(input, 1) % 4);
        vmodem_call_changed(&bench.modem);
        break;
    case 14:
        memcpy(bench_page.regs.gpr, input->data, input->left < 32 ? input->left : 32);
        (void)machine_exit(&bench, VCPU_EXIT_HVC);
        break;
    default:
        bench.gic.page->interrupts[operation >> 4].state = (uint8_t)take(input, 1);
        (void)machine_exit(&bench, VCPU_EXIT_INTERRUPTS);
        break;
    }
}

/* What must hold whatever the guest did. */
static void check(void)
{
    uint32_t seen[VGIC_IRQS] = { 0 };
    if (bench_page.interrupt_count > bench_page.list_registers) {
        abort();
    }
    for (uint32_t i = 0; i < bench_page.interrupt_count; i++) {
        const struct vcpu_irq *irq = &bench_page.interrupts[i];
        if (irq->number >= VGIC_IRQS || irq->number == VGIC_TIMER_IRQ || seen[irq->number]++ != 0) {
            abort();
        }
    }
    if (fake_dialler.dials != 0 &&
        (!number_is_valid(&fake_dialler.number) || fake_dialler.flags == DIAL_FLAGS_ALL)) {
        abort();
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct input input = { .data = data, .left = size };
    bench_power_on();
    while (input.left != 0) {
        step(&input);
        guest_sync();
        check();
    }
    return 0;
}
