/* SPDX-License-Identifier: BSD-2-Clause */
/* The two rings of bytes between driver and modem. The other side may write anything into them. */
#include "line_ring.h"

void line_open(struct line_end *end, struct line_ring *in, struct line_ring *out)
{
    *end = (struct line_end){ .in = in, .out = out, .in_tail = in->tail, .out_head = out->head };
}

/* Acquire: bytes are read after the index that covers them. Release: bytes are there before it
 * moves. */
size_t line_read(struct line_end *end, uint8_t *bytes, size_t room)
{
    uint32_t head = __atomic_load_n(&end->in->head, __ATOMIC_ACQUIRE);
    uint32_t waiting = head - end->in_tail;
    size_t n = 0;

    if (waiting > LINE_RING_BYTES) {
        end->in_tail = head;
        waiting = 0;
    }
    for (; n < room && n < waiting; n++) {
        bytes[n] = end->in->bytes[(end->in_tail + n) % LINE_RING_BYTES];
    }
    end->in_tail += (uint32_t)n;
    __atomic_store_n(&end->in->tail, end->in_tail, __ATOMIC_RELEASE);
    return n;
}

static uint32_t room_for_writing(const struct line_end *end)
{
    uint32_t used = end->out_head - __atomic_load_n(&end->out->tail, __ATOMIC_ACQUIRE);

    return used > LINE_RING_BYTES ? 0 : LINE_RING_BYTES - used;
}

static size_t write_within(struct line_end *end, const uint8_t *bytes, size_t count, uint32_t room)
{
    size_t n = 0;

    for (; n < count && n < room; n++) {
        end->out->bytes[(end->out_head + n) % LINE_RING_BYTES] = bytes[n];
    }
    end->out_head += (uint32_t)n;
    __atomic_store_n(&end->out->head, end->out_head, __ATOMIC_RELEASE);
    return n;
}

size_t line_write(struct line_end *end, const uint8_t *bytes, size_t count)
{
    return write_within(end, bytes, count, room_for_writing(end));
}

size_t line_write_whole(struct line_end *end, const uint8_t *bytes, size_t count)
{
    uint32_t room = room_for_writing(end);

    return count > room ? 0 : write_within(end, bytes, count, room);
}
