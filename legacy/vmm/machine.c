/* SPDX-License-Identifier: BSD-2-Clause */
/* The guest's machine: its map of devices, its start, and what is done after each exit. */
#include "machine.h"

#include "psci.h"

static void modem_port_transmit(void *context, uint8_t byte)
{
    vmodem_receive(context, byte);
}

static void modem_port_ready(void *context, bool is_ready)
{
    vmodem_terminal_ready(context, is_ready);
}

static void modem_carrier(void *context, bool is_on)
{
    pl011_set_carrier(context, is_on);
}

static void modem_send(void *context, const char *bytes, uint32_t count)
{
    (void)pl011_receive(context, bytes, count); /* a closed port hears nothing */
}

static void wire_uart(struct machine *machine, struct pl011 *uart, uint32_t irq)
{
    uart->gic = &machine->gic;
    uart->irq = irq;
}

/* Every virtio device is wired alike; its own file has all that makes it one. */
static void wire_virtio(struct machine *machine)
{
    machine->virtio[MACHINE_VIRTIO_TOUCH] = &machine->touch.device;
    machine->virtio[MACHINE_VIRTIO_KEYS] = &machine->keys.device;
    virtio_input_init(&machine->touch, INPUT_TOUCH_SCREEN, MACHINE_SCREEN_WIDTH,
                      MACHINE_SCREEN_HEIGHT);
    virtio_input_init(&machine->keys, INPUT_KEYBOARD, 0, 0);
    for (uint32_t i = 0; i < MACHINE_VIRTIO_DEVICES; i++) {
        machine->virtio[i]->memory = &machine->memory;
        machine->virtio[i]->gic = &machine->gic;
        machine->virtio[i]->irq = MACHINE_VIRTIO_IRQ + i;
    }
}

/* The map has no overlap: tested. */
static void wire_bus(struct machine *machine)
{
    const struct mmio_region regions[] = {
        { MACHINE_GICD, MACHINE_GICD_BYTES, VGIC_REGISTER_BYTES, &machine->gic,
          machine->gic_words },
        { MACHINE_CONSOLE, PL011_REGISTER_BYTES, PL011_REGISTER_BYTES, &machine->console,
          machine->pl011_words },
        { MACHINE_MODEM, PL011_REGISTER_BYTES, PL011_REGISTER_BYTES, &machine->modem_port,
          machine->pl011_words },
    };
    mmio_index_rows(vgic_rows, vgic_row_count, machine->gic_words, VGIC_REGISTER_BYTES);
    mmio_index_rows(pl011_rows, pl011_row_count, machine->pl011_words, PL011_REGISTER_BYTES);
    mmio_index_rows(virtio_rows, virtio_row_count, machine->virtio_words, VIRTIO_REGISTER_BYTES);
    mmio_init(&machine->bus);
    for (uint32_t i = 0; i < sizeof(regions) / sizeof(regions[0]); i++) {
        (void)mmio_add(&machine->bus, &regions[i]);
    }
    for (uint32_t i = 0; i < MACHINE_VIRTIO_DEVICES; i++) {
        const struct mmio_region transport = { MACHINE_VIRTIO + i * VIRTIO_REGISTER_BYTES,
                                               VIRTIO_REGISTER_BYTES, VIRTIO_REGISTER_BYTES,
                                               machine->virtio[i], machine->virtio_words };
        (void)mmio_add(&machine->bus, &transport);
    }
}

void machine_init(struct machine *machine, void (*console_transmit)(void *context, uint8_t byte))
{
    wire_uart(machine, &machine->console, MACHINE_CONSOLE_IRQ);
    machine->console.transmit = console_transmit;
    wire_uart(machine, &machine->modem_port, MACHINE_MODEM_IRQ);
    machine->modem_port.transmit = modem_port_transmit;
    machine->modem_port.ready = modem_port_ready;
    machine->modem_port.context = &machine->modem;
    machine->modem.say.send = modem_send;
    machine->modem.carrier = modem_carrier;
    machine->modem.say.context = &machine->modem_port;
    wire_virtio(machine);
    wire_bus(machine);
    report_init(&machine->reports, machine_time_us());
    machine_reset(machine);
}

void machine_add_flash(struct machine *machine)
{
    const struct mmio_region flash = { .base = MACHINE_FLASH, .bytes = MACHINE_FLASH_BYTES };

    (void)mmio_add(&machine->bus, &flash); /* false: it was there before a reset */
}

void machine_reset(struct machine *machine)
{
    machine->page->flags = 0; /* left by an earlier life of this page */
    vgic_init(&machine->gic, machine->page);
    pl011_reset(&machine->console);
    pl011_reset(&machine->modem_port);
    vmodem_reset(&machine->modem);
    for (uint32_t i = 0; i < MACHINE_VIRTIO_DEVICES; i++) {
        virtio_reset(machine->virtio[i]);
    }
}

/* ---- exits ----------------------------------------------------------------------------------- */

void machine_report(struct machine *machine, enum report_kind kind, uint64_t address)
{
    if (report_count(&machine->reports, kind, machine_time_us())) {
        dialler_port_report(kind, address);
    }
}

/* The guest's machine has nothing at this address. */
static void refuse_access(struct machine *machine)
{
    machine->page->flags = VCPU_INJECT_ABORT;
    machine_report(machine, REPORT_MEMORY, machine->page->exit.address);
}

enum { WORD_BYTES = 4, INSTRUCTION_BYTES = 4 };

void machine_load_word(struct machine *machine)
{
    struct vcpu_page *page = machine->page;
    uint64_t value;

    if (!mmio_read(&machine->bus, page->exit.address, WORD_BYTES, &value)) {
        refuse_access(machine);
        return;
    }
    page->regs.gpr[page->exit.reg] = value;
    page->regs.pc += INSTRUCTION_BYTES;
}

void machine_store_word(struct machine *machine)
{
    struct vcpu_page *page = machine->page;
    const uint32_t value = (uint32_t)page->regs.gpr[page->exit.reg];

    if (!mmio_write(&machine->bus, page->exit.address, WORD_BYTES, value)) {
        refuse_access(machine);
        return;
    }
    page->regs.pc += INSTRUCTION_BYTES;
}

void machine_mmio(struct machine *machine)
{
    struct vcpu_page *page = machine->page;
    const struct vcpu_exit_info *exit = &page->exit;
    bool is_done;
    if (exit->is_write != 0) {
        page->flags = VCPU_SKIP;
        is_done =
            mmio_write(&machine->bus, exit->address, exit->width_bytes, (uint32_t)exit->value);
    } else {
        page->flags = VCPU_SKIP | VCPU_COMPLETE_LOAD;
        is_done = mmio_read(&machine->bus, exit->address, exit->width_bytes, &page->load_value);
    }
    if (!is_done) {
        refuse_access(machine);
    }
}

static enum machine_verdict hypercall(struct machine *machine)
{
    const uint64_t function = machine->page->regs.gpr[0];
    enum psci_verdict verdict = PSCI_UNKNOWN;
    if (machine->page->exit.immediate == 0) { /* SMCCC: no other immediate is in use */
        verdict = psci_call(&machine->page->regs);
    } else {
        machine->page->regs.gpr[0] = UINT64_MAX; /* NOT_SUPPORTED */
    }
    switch (verdict) {
    case PSCI_OFF:
        return MACHINE_OFF;
    case PSCI_RESET:
        return MACHINE_RESET;
    case PSCI_UNKNOWN:
        machine_report(machine, REPORT_HYPERCALL, function);
        break;
    case PSCI_WAIT:
        machine->page->flags = VCPU_WAIT;
        break;
    case PSCI_RESUME:
        break;
    }
    return MACHINE_RUN;
}

enum machine_verdict machine_exit(struct machine *machine, enum vcpu_exit reason)
{
    switch (reason) {
    case VCPU_EXIT_ABORT:
        refuse_access(machine);
        return MACHINE_RUN;
    case VCPU_EXIT_HVC:
        return hypercall(machine);
    case VCPU_EXIT_INTERRUPTS:
        vgic_drained(&machine->gic);
        return MACHINE_RUN;
    case VCPU_EXIT_LOAD_WORD: /* main's, as the next two are */
    case VCPU_EXIT_STORE_WORD:
    case VCPU_EXIT_MMIO:
    case VCPU_EXIT_NOTIFIED:
        return MACHINE_RUN;
    case VCPU_EXIT_INVALID:
        break;
    }
    return MACHINE_BROKEN;
}
