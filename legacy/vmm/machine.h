/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The machine that the guest sees: QEMU virt's map, cut down. One vCPU now; what
 * would be per vCPU is `page` and the distributor's first 32 interrupts.
 */
#pragma once

#include <stdbool.h>
#include <stdint.h>

#include "abi/vcpu.h"
#include "guest_memory.h"
#include "machine_clock.h"
#include "mmio.h"
#include "pl011.h"
#include "report.h"
#include "vgic.h"
#include "virtio_input.h"
#include "vmodem.h"

/* as legacy/vmm/guest.dtsi tells the guest */
enum machine_map {
    MACHINE_FLASH = 0x00000000, /* for firmware alone: machine_add_flash() */
    MACHINE_FLASH_BYTES = 0x08000000,
    MACHINE_GICD = 0x08000000,
    MACHINE_GICD_BYTES = 0x10000,
    MACHINE_CONSOLE = 0x09000000,
    MACHINE_CONSOLE_IRQ = 32 + 1,
    MACHINE_MODEM = 0x09040000,
    MACHINE_MODEM_IRQ = 32 + 8,
    MACHINE_VIRTIO = 0x0a000000, /* the first of the transports below */
    MACHINE_VIRTIO_IRQ = 32 + 16,
    MACHINE_TOUCH = MACHINE_VIRTIO,
    MACHINE_KEYS = MACHINE_VIRTIO + VIRTIO_REGISTER_BYTES,
    MACHINE_RAM = 0x40000000,
    MACHINE_SCREEN_WIDTH = 480,
    MACHINE_SCREEN_HEIGHT = 752,
};

/* A transport each, one behind the other, with an interrupt each. */
enum machine_virtio { MACHINE_VIRTIO_TOUCH, MACHINE_VIRTIO_KEYS, MACHINE_VIRTIO_DEVICES };

struct machine {
    struct vcpu_page *page;
    struct vgic gic;
    struct mmio_bus bus;
    struct pl011 console;
    struct pl011 modem_port;
    struct vmodem modem;
    struct virtio_input touch;
    struct virtio_input keys;
    struct virtio_device *virtio[MACHINE_VIRTIO_DEVICES];
    struct guest_memory memory;
    struct report_limiter reports;
    const struct vreg *gic_words[VGIC_REGISTER_BYTES / 4];
    const struct vreg *pl011_words[PL011_REGISTER_BYTES / 4];
    const struct vreg *virtio_words[VIRTIO_REGISTER_BYTES / 4];
};

enum machine_verdict { MACHINE_RUN, MACHINE_OFF, MACHINE_RESET, MACHINE_BROKEN };

/* `machine` is zeroed, but for page and memory. console_transmit gets what the guest prints. */
void machine_init(struct machine *machine, void (*console_transmit)(void *context, uint8_t byte));
/* Empty flash: it reads as zero. Firmware looks for its settings there and stops where it is not.
 */
void machine_add_flash(struct machine *machine);
/* Devices as after power-on; memory and registers are the loader's. */
void machine_reset(struct machine *machine);
/* VCPU_EXIT_LOAD_WORD and VCPU_EXIT_STORE_WORD, the frequent ones. */
void machine_load_word(struct machine *machine);
void machine_store_word(struct machine *machine);
/* VCPU_EXIT_MMIO: all other accesses. */
void machine_mmio(struct machine *machine);
/* The others, but VCPU_EXIT_NOTIFIED. */
enum machine_verdict machine_exit(struct machine *machine, enum vcpu_exit reason);
/* Counts an access that the guest is not allowed, and reports it at a bounded rate. */
void machine_report(struct machine *machine, enum report_kind kind, uint64_t address);
