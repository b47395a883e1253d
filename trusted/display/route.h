/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Who gets a key or a touch: the side that was visible when it went down, and
 * nobody once that side is no longer visible.
 */
#pragma once

#include <stdbool.h>
#include <stdint.h>

#include "draw.h"
#include "input.h"

enum {
    ROUTE_KEYS = 768 /* evdev's KEY_CNT */,
    ROUTE_STUCK_US = 3000000, /* a key that is down for longer counts no more */
    ROUTE_RAIN = 3,
    ROUTE_RAIN_US = 2000000 /* so many touches in that time, of legacy's, may be meant for it */
};

enum route_target { ROUTE_NOBODY, ROUTE_BAR, ROUTE_TRUSTED, ROUTE_LEGACY };

struct route {
    struct input_ring *ring;  /* to legacy; we only ever write it */
    uint32_t head;            /* our own index of it */
    bool is_signal_due;       /* main.c signals legacy and clears it */
    uint8_t keys[ROUTE_KEYS]; /* enum route_key_state of each */
    uint32_t keys_down;
    uint64_t down_us[ROUTE_KEYS]; /* when each went down */
    bool is_finger_down;
    enum route_target finger;        /* whose it is */
    int32_t x, y;                    /* where it was last */
    uint64_t legacys_us[ROUTE_RAIN]; /* when legacy's fingers came down, the oldest first */
    int32_t legacys_x, legacys_y;    /* where the last one of them was last */
};

/* A key changed; `focus` is the visible side. Returns who gets the event: legacy has it already. */
enum route_target route_key(struct route *r, uint32_t code, uint32_t value, enum route_target focus,
                            uint64_t now_us);
bool route_has_key(const struct route *r, uint32_t code);
/* A finger is at (x, y) of the panel, and `under` is who is visible there. */
enum route_target route_touch(struct route *r, int32_t x, int32_t y, enum route_target under,
                              uint64_t now_us);
void route_touch_up(struct route *r);
/* Another view takes over: legacy is told that everything it holds went up, and what is down
 * now reaches nobody until it is released. */
void route_take_over(struct route *r);
/* When nothing that counts is down any more, if nothing changes: 0 is now, UINT64_MAX is while a
 * finger is down. */
uint64_t route_all_up_us(const struct route *r);
/* A finger that meant legacy may press what appears now in `near`: its last touch lay there, or
 * several came in a short time. */
bool route_is_raining(const struct route *r, struct rect near, uint64_t now_us);
