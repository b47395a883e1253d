/* SPDX-License-Identifier: BSD-2-Clause */
/* The number that the user types, and what the dialler says about it. */
#pragma once

#include "layout.h"
#include "subject.h"

enum {
    PLUS_US = 500000, /* so long on the 0 means + */
    PAD_SYMBOLS = 12,
};

struct keypad {
    struct subject about;
    uint32_t serial; /* of the number as it is now */
    uint32_t notes;  /* enum prompt_note */
    bool has_price;
    bool is_dial_sent;   /* Call was pressed, and the dialler has not answered yet */
    enum box pressed;    /* the key under the finger */
    enum box painted;    /* the key that is painted as pressed */
    uint64_t pressed_us; /* since when it is */
};

enum keypad_change { KEYPAD_SAME, KEYPAD_CHANGED, KEYPAD_FULL };

extern const uint8_t pad_symbols[PAD_SYMBOLS];

enum keypad_change keypad_type(struct keypad *k, unsigned symbol);
enum keypad_change keypad_erase(struct keypad *k);
enum keypad_change keypad_clear(struct keypad *k);
/* What was typed is asked about anew. */
enum keypad_change keypad_ask_anew(struct keypad *k);
/* A finger came down; it does what is written on the key there, if there is one. */
enum keypad_change keypad_touch(struct keypad *k, int32_t x, int32_t y, uint64_t now_us);
/* A finger that stays on the 0 means +. */
enum keypad_change keypad_tick(struct keypad *k, uint64_t now_us);
uint64_t keypad_wake_us(const struct keypad *k);
/* False: it is another number's. */
bool keypad_take_price(struct keypad *k, const struct price_view *v);
/* `called` was typed here: with the prefix that hides or shows our number, or as it is. */
bool keypad_has(const struct keypad *k, const struct number *called);
enum yes keypad_yes(const struct keypad *k);
