/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * modem-sim's wire log: what the modem really received and sent, the witness of
 * a replay. Lines of text in a ring at a fixed physical address, read through
 * QEMU's monitor:  "<seconds>.<micros> <text>\n", text being
 *   "RX ATD+4930…;"  a complete line from the driver   "TX OK"  a line to it
 *   "RX (deaf) ATD112;"  one that reached a modem which does not listen
 *   "CALL <number> dialling|alerting|active|ended <cause>"   the carrier's view
 */
#pragma once

#include <stdint.h>

#define WIRE_LOG_MAGIC 0x45524957u /* "WIRE" */
enum { WIRE_LOG_REGION_BYTES = 65536, WIRE_LOG_TEXT_BYTES = 65536 - 16 };
struct wire_log_region {
    uint32_t magic;
    uint32_t capacity; /* WIRE_LOG_TEXT_BYTES */
    uint64_t written;  /* bytes ever written; the newest is text[(written - 1) % capacity] */
    char text[WIRE_LOG_TEXT_BYTES];
};
_Static_assert(sizeof(struct wire_log_region) == WIRE_LOG_REGION_BYTES, "one 64 KiB region");
