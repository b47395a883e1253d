/* SPDX-License-Identifier: BSD-2-Clause */
/* What pl050.c sees of the runtime: two devices that a test plays, its clock, and its display. */
#pragma once

#include <stdbool.h>
#include <stdint.h>

#include "abi/types.h"

uint32_t mmio_read32(uintptr_t address);
void mmio_write32(uintptr_t address, uint32_t value);
uint64_t clock_us(void);
_Noreturn void component_fail(void);
void component_main(unsigned thread);
enum status sys_wait(cap_index notification, abi_word *bits_out);
enum status sys_irq_ack(cap_index irq);

struct ipc_message {
    uint32_t length;
    abi_word word[8];
};
enum status ipc_call(cap_index endpoint, struct ipc_message *message);
