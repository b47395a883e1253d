/* SPDX-License-Identifier: BSD-2-Clause */
/* modem-sim at the far end of the rings. Apart, because both sides speak of calls in their own
 * words. */
#pragma once

#include "line_ring.h"

void sim_peer_start(struct modem_line *line, uint64_t now_us);
void sim_peer_turn(uint64_t now_us);
uint64_t sim_peer_deadline(void);
void sim_peer_incoming(uint64_t at_us, const char *number);
/* The wire log so far, as one text. */
const char *sim_peer_wire_log(void);
/* How often `text` stands in it. */
unsigned sim_peer_count(const char *text);
