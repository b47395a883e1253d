/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * One end of the byte rings of protocol/modem.h. The peer is assumed to lie:
 * an end keeps its own indices privately, reads the peer's once for each
 * operation and checks its range; the page is only ever read for bytes.
 */
#ifndef MODEM_LINE_RING_H
#define MODEM_LINE_RING_H

#include "modem.h"

#include <stddef.h>

struct line_end {
    struct line_ring *in, *out;
    uint32_t in_tail;  /* bytes read so far */
    uint32_t out_head; /* bytes written so far */
};

/* A component that was restarted goes on where the page says it stopped; a fresh page says zero. */
void line_open(struct line_end *end, struct line_ring *in, struct line_ring *out);
/* A peer whose index is impossible is read as silent, and what it wrote is given up. */
size_t line_read(struct line_end *end, uint8_t *bytes, size_t room);
/* How many were written; a peer whose index is impossible takes none. */
size_t line_write(struct line_end *end, const uint8_t *bytes, size_t count);

#endif
