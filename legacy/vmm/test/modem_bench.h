/* SPDX-License-Identifier: BSD-2-Clause */
/* A virtual modem on a bench: bytes in, what it sent back out. */
#pragma once

#include <stddef.h>

#include "vmodem.h"

extern struct vmodem bench_modem;
extern bool bench_carrier; /* DCD */

/* Power-on, with a fresh dialler. */
void bench_reset(void);
/* Sends bytes; returns what came back since the last call, CR as '\r'. */
const char *bench_send(const char *bytes, size_t count);
/* Sends text and a CR; returns the answer. */
const char *bench_line(const char *text);
/* What came by itself. */
const char *bench_output(void);
