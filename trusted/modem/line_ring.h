/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The serial line to a modem that is a component: two byte rings in one shared page, one
 * writer each, one reader each; whoever writes signals the other's notification. The peer is
 * assumed to lie: an end keeps its own indices privately, reads the peer's once for each operation
 * and checks its range; the page is only ever read for bytes.
 */
#pragma once

#include <stddef.h>
#include <stdint.h>

enum {
    LINE_RING_BYTES = 1024,
    LINE_WHOLE_MAX =
        64, /* of line_write_whole: whoever reads so much that this had no room tells the writer */
};
struct line_ring {
    uint32_t head; /* bytes written so far: the writer's */
    uint32_t tail; /* bytes read so far: the reader's */
    uint8_t bytes[LINE_RING_BYTES];
};
struct modem_line {
    struct line_ring to_modem;
    struct line_ring from_modem;
};
_Static_assert(sizeof(struct modem_line) <= 4096, "the modem line is one page");

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
/* All of it, or nothing while there is no room for all: half a command must not lie on the line. */
size_t line_write_whole(struct line_end *end, const uint8_t *bytes, size_t count);
