/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The one way out of the virtual machine: typed requests to the dialler. On the
 * device dialler_port.c makes IPC calls of them; tests link a dialler of their own.
 */
#pragma once

#include <stdint.h>

#include "dialler.h"
#include "number.h"

enum dialler_answer dialler_port_dial(uint32_t flags, const struct number *number);
enum dialler_answer dialler_port_hang_up(void);
enum dialler_answer dialler_port_answer(void);
enum dialler_answer dialler_port_tone(uint32_t symbol);
void dialler_port_status(struct dialler_reply *status_out);
void dialler_port_report(enum report_kind kind, uint64_t address);
void dialler_port_cancel_all(void);
