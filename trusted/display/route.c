/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Invariants:
 *  1. A key or finger that went down while one side was visible is never heard of by the other.
 *  2. Legacy hears "up" exactly once for each "down" it heard.
 *  3. While a trusted view is visible no event but these "up"s goes to legacy.
 */
#include "route.h"
#include "tables.h"

enum route_key_state { KEY_IS_UP, KEY_IS_DOWN, KEY_IS_LEGACYS /* down, and legacy was told so */ };

/* The reader may look at any time: the event lies there before the count says so. */
static void send(struct route *r, uint32_t kind, int32_t a, int32_t b)
{
    r->ring->events[r->head % INPUT_RING_EVENTS] =
        (struct input_event){ .kind = kind, .a = a, .b = b };
    r->head++;
    __atomic_store_n(&r->ring->head, r->head, __ATOMIC_RELEASE);
    r->is_signal_due = true;
}

enum route_target route_key(struct route *r, uint32_t code, uint32_t value, enum route_target focus,
                            uint64_t now_us)
{
    bool is_down = value != 0, was_legacys;

    if (code >= ROUTE_KEYS || is_down == (r->keys[code] != KEY_IS_UP)) {
        return ROUTE_NOBODY; /* a repeat, or unheard of */
    }
    was_legacys = r->keys[code] == KEY_IS_LEGACYS;
    r->keys[code] = !is_down ? KEY_IS_UP : focus == ROUTE_LEGACY ? KEY_IS_LEGACYS : KEY_IS_DOWN;
    r->keys_down += is_down ? 1 : -1u;
    r->down_us[code] = now_us;
    if (was_legacys || r->keys[code] == KEY_IS_LEGACYS) {
        send(r, INPUT_KEY, (int32_t)code, is_down);
    }
    return is_down ? focus : was_legacys ? ROUTE_LEGACY : ROUTE_NOBODY;
}

static void remember_legacys(struct route *r, int32_t x, int32_t y, bool is_new, uint64_t now_us)
{
    r->legacys_x = x;
    r->legacys_y = y;
    for (uint32_t i = 0; is_new && i < ROUTE_RAIN; i++) {
        r->legacys_us[i] = i + 1 < ROUTE_RAIN ? r->legacys_us[i + 1] : now_us;
    }
}

/* Legacy's own coordinates start below the bar; a finger that slides up there stays at its edge. */
enum route_target route_touch(struct route *r, int32_t x, int32_t y, enum route_target under,
                              uint64_t now_us)
{
    const bool is_new = !r->is_finger_down;

    r->finger = r->is_finger_down ? r->finger : under;
    r->is_finger_down = true;
    r->x = x;
    r->y = y;
    if (r->finger == ROUTE_LEGACY) {
        remember_legacys(r, x, y, is_new, now_us);
        send(r, INPUT_TOUCH, x, y > BAR_HEIGHT ? y - BAR_HEIGHT : 0);
    }
    return r->finger;
}

static void take_finger(struct route *r)
{
    if (r->finger == ROUTE_LEGACY) {
        send(r, INPUT_TOUCH_UP, 0, 0);
    }
    r->finger = ROUTE_NOBODY;
}

void route_touch_up(struct route *r)
{
    take_finger(r);
    r->is_finger_down = false;
}

void route_take_over(struct route *r)
{
    for (uint32_t code = 0; code < ROUTE_KEYS; code++) {
        if (r->keys[code] == KEY_IS_LEGACYS) {
            r->keys[code] = KEY_IS_DOWN;
            send(r, INPUT_KEY, (int32_t)code, 0);
        }
    }
    take_finger(r);
}

bool route_has_key(const struct route *r, uint32_t code)
{
    return code < ROUTE_KEYS && r->keys[code] != KEY_IS_UP;
}

uint64_t route_all_up_us(const struct route *r)
{
    uint64_t at = r->is_finger_down ? UINT64_MAX : 0;

    for (uint32_t code = 0; r->keys_down != 0 && code < ROUTE_KEYS; code++) {
        if (r->keys[code] != KEY_IS_UP && r->down_us[code] + ROUTE_STUCK_US > at) {
            at = r->down_us[code] + ROUTE_STUCK_US;
        }
    }
    return at;
}

bool route_is_raining(const struct route *r, struct rect near, uint64_t now_us)
{
    const uint64_t oldest_us = r->legacys_us[0], last_us = r->legacys_us[ROUTE_RAIN - 1];

    return last_us != 0 && (rect_contains(near, r->legacys_x, r->legacys_y) ||
                            (oldest_us != 0 && now_us - oldest_us < ROUTE_RAIN_US));
}
