/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Invariants:
 *  1. A key or finger that went down while one side was visible is never heard of by the other.
 *  2. legacy is a subset of down: legacy hears "up" exactly once for each "down" it heard.
 *  3. While a trusted view is visible no event but these "up"s goes to legacy.
 */
#include "route.h"

enum { BAR_HEIGHT = 48 }; /* layout[BOX_BAR]; a test compares them */

/* The reader may look at any time: the event lies there before the count says so. */
static void send(struct route *r, uint32_t kind, int32_t a, int32_t b)
{
    r->ring->events[r->head % INPUT_RING_EVENTS] =
        (struct input_event){ .kind = kind, .a = a, .b = b };
    r->head++;
    __atomic_store_n(&r->ring->head, r->head, __ATOMIC_RELEASE);
    r->is_signal_due = true;
}

static bool test(const uint32_t *set, uint32_t code)
{
    return (set[code / 32] >> (code % 32) & 1) != 0;
}

static void assign(uint32_t *set, uint32_t code, uint32_t value)
{
    uint32_t bit = 1u << (code % 32);

    set[code / 32] = value != 0 ? set[code / 32] | bit : set[code / 32] & ~bit;
}

static enum route_target key_down(struct route *r, uint32_t code, enum route_target focus)
{
    if (test(r->down, code)) {
        return ROUTE_NOBODY; /* a repeat */
    }
    assign(r->down, code, 1);
    r->keys_down++;
    if (focus == ROUTE_LEGACY) {
        assign(r->legacy, code, 1);
        send(r, INPUT_KEY, (int32_t)code, 1);
    }
    return focus;
}

static enum route_target key_up(struct route *r, uint32_t code)
{
    if (!test(r->down, code))
        return ROUTE_NOBODY;
    assign(r->down, code, 0);
    r->keys_down--;
    if (!test(r->legacy, code))
        return ROUTE_NOBODY;
    assign(r->legacy, code, 0);
    send(r, INPUT_KEY, (int32_t)code, 0);
    return ROUTE_LEGACY;
}

enum route_target route_key(struct route *r, uint32_t code, uint32_t value,
                            enum route_target focus)
{
    if (code >= ROUTE_KEYS)
        return ROUTE_NOBODY;
    return value != 0 ? key_down(r, code, focus) : key_up(r, code);
}

/* Legacy's own coordinates start below the bar; a finger that slides up there stays at its edge. */
static void send_touch(struct route *r)
{
    send(r, INPUT_TOUCH, r->x, r->y > BAR_HEIGHT ? r->y - BAR_HEIGHT : 0);
}

enum route_target route_touch(struct route *r, int32_t x, int32_t y, enum route_target under)
{
    if (!r->is_finger_down) {
        r->is_finger_down = true;
        r->finger = under;
    }
    r->x = x;
    r->y = y;
    if (r->finger == ROUTE_LEGACY)
        send_touch(r);
    return r->finger;
}

void route_touch_up(struct route *r)
{
    if (r->is_finger_down && r->finger == ROUTE_LEGACY)
        send(r, INPUT_TOUCH_UP, 0, 0);
    r->is_finger_down = false;
    r->finger = ROUTE_NOBODY;
}

void route_take_over(struct route *r)
{
    for (uint32_t code = 0; code < ROUTE_KEYS; code++) {
        if (test(r->legacy, code)) {
            assign(r->legacy, code, 0);
            send(r, INPUT_KEY, (int32_t)code, 0);
        }
    }
    if (r->is_finger_down && r->finger == ROUTE_LEGACY)
        send(r, INPUT_TOUCH_UP, 0, 0);
    r->finger = ROUTE_NOBODY;
}

bool route_is_all_up(const struct route *r)
{
    return r->keys_down == 0 && !r->is_finger_down;
}
