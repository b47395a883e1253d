/* SPDX-License-Identifier: BSD-2-Clause */
/*
 *   byte 0   y overflow | x overflow | y sign | x sign | 1 | middle | right | left
 *   byte 1   x, low 8 bits of 9, to the right
 *   byte 2   y, low 8 bits of 9, upwards
 *
 * A byte that is lost shifts all that follow, and a shifted packet could look like a press. So a
 * packet starts only with a byte that can be one's first, and one that stops in the middle is
 * dropped.
 */
#include "ps2.h"

enum { LEFT = 1 << 0, ALWAYS_ONE = 1 << 3, SIGN_X = 1 << 4, SIGN_Y = 1 << 5, OVERFLOWS = 3 << 6 };
enum { PACKET_BYTES = 3, STALE_US = 500000 }; /* a packet takes 4 ms on the line */

static int32_t movement(uint8_t low, bool is_negative)
{
    return is_negative ? (int32_t)low - 0x100 : low;
}

/* A movement that overflowed is unknown: none. Where the button went down is where the pointer is
 * by then. */
static uint32_t report(struct ps2_mouse *m, struct input_event *out)
{
    uint8_t flags = m->packet[0];
    int32_t dx = movement(m->packet[1], flags & SIGN_X),
            dy = -movement(m->packet[2], flags & SIGN_Y);
    bool is_down = flags & LEFT;
    uint32_t count = 0;

    if ((dx != 0 || dy != 0) && !(flags & OVERFLOWS)) {
        out[count++] = (struct input_event){ INPUT_MOVE, dx, dy, 0 };
    }
    if (is_down != m->is_down) {
        out[count++] = (struct input_event){ INPUT_BUTTON, 0, is_down, 0 };
    }
    m->is_down = is_down;
    return count;
}

uint32_t ps2_mouse_take(struct ps2_mouse *m, uint8_t byte, uint64_t now_us, struct input_event *out)
{
    if (now_us - m->last_us > STALE_US) {
        m->count = 0;
    }
    m->last_us = now_us;
    if (m->count == 0 && !(byte & ALWAYS_ONE)) {
        return 0;
    }
    m->packet[m->count++] = byte;
    if (m->count < PACKET_BYTES) {
        return 0;
    }
    m->count = 0;
    return report(m, out);
}
