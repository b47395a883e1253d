/* SPDX-License-Identifier: BSD-2-Clause */
/* A whole machine on a bench: the test plays the kernel, the guest and the GIC's list registers. */
#pragma once

#include "machine.h"

enum { BENCH_RAM_BYTES = 0x20000 };
extern struct machine bench;
extern struct vcpu_page bench_page;
extern uint8_t bench_ram[BENCH_RAM_BYTES];

void bench_power_on(void);
/* The guest's loads and stores, through the exit that the kernel would make of them. */
uint32_t guest_load(uint64_t address, uint32_t width);
void guest_store(uint64_t address, uint32_t width, uint32_t value);
/* As above; false: the guest got an abort. */
bool guest_can_load(uint64_t address, uint32_t width);
bool guest_can_store(uint64_t address, uint32_t width, uint32_t value);
/* What the guest's CPU interface would do on the list registers. */
void guest_sync(void);
uint32_t guest_acknowledge(void); /* 1023: nothing pending */
void guest_end(uint32_t irq);
/* Everything that the guest printed on its console so far. */
const char *bench_console(void);
