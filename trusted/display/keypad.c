/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Invariants:
 *  1. Each change of the number has a new serial, and no price until one with that serial comes.
 *  2. Nothing but a number with a price can be called.
 */
#include "keypad.h"
#include "text.h"

enum { PAD_ZERO = 10 };

const uint8_t pad_symbols[PAD_SYMBOLS] = { 1, 2, 3, 4, 5, 6, 7, 8, 9, SYMBOL_STAR, 0, SYMBOL_HASH };

_Static_assert(BOX_PAD_KEY_LAST - BOX_PAD_KEY + 1 == PAD_SYMBOLS, "a key for each symbol");
_Static_assert(BOX_PAD_ERASE == BOX_PAD_KEY_LAST + 1, "the erase key follows the others");

enum keypad_change keypad_ask_anew(struct keypad *k)
{
    k->about = (struct subject){ .number = k->about.number };
    k->has_price = k->is_dial_sent = false;
    k->notes = 0;
    k->serial++;
    return KEYPAD_CHANGED;
}

enum keypad_change keypad_clear(struct keypad *k)
{
    k->about.number = (struct number){ 0 };
    return keypad_ask_anew(k);
}

enum keypad_change keypad_type(struct keypad *k, unsigned symbol)
{
    if (k->about.number.length == NUMBER_DIAL_MAX) {
        k->has_price = false;
        return KEYPAD_FULL;
    }
    return number_append(&k->about.number, symbol) ? keypad_ask_anew(k) : KEYPAD_SAME;
}

enum keypad_change keypad_erase(struct keypad *k)
{
    struct number *n = &k->about.number;

    if (n->length == 0) {
        return KEYPAD_SAME;
    }
    n->length--;
    n->packed[n->length / 8] &= ~(0xfu << (4 * (n->length % 8)));
    return keypad_ask_anew(k);
}

enum keypad_change keypad_touch(struct keypad *k, int32_t x, int32_t y, uint64_t now_us)
{
    for (enum box box = BOX_PAD_KEY; box <= BOX_PAD_ERASE; box++) {
        if (rect_contains(layout[box], x, y)) {
            k->pressed = box;
            k->pressed_us = now_us;
            return box == BOX_PAD_ERASE ? keypad_erase(k)
                                        : keypad_type(k, pad_symbols[box - BOX_PAD_KEY]);
        }
    }
    return KEYPAD_SAME;
}

/* A plus stands in front only, so only there the 0 that has been typed can become one. */
uint64_t keypad_wake_us(const struct keypad *k)
{
    const struct number *n = &k->about.number;
    const bool may_become_plus = k->pressed == (enum box)(BOX_PAD_KEY + PAD_ZERO) &&
                                 n->length == 1 && number_symbol_at(n, 0) == 0;

    return may_become_plus ? k->pressed_us + PLUS_US : CONFIRM_NEVER;
}

enum keypad_change keypad_tick(struct keypad *k, uint64_t now_us)
{
    if (now_us < keypad_wake_us(k)) {
        return KEYPAD_SAME;
    }
    k->about.number = (struct number){ 0 };
    return keypad_type(k, SYMBOL_PLUS);
}

bool keypad_take_price(struct keypad *k, const struct price_view *v)
{
    const struct number typed = k->about.number;

    if (v->serial != k->serial || typed.length == 0) {
        return false;
    }
    (void)subject_take(&k->about, ORIGIN_USER, &v->about);
    k->about.number = typed;
    k->notes = v->notes;
    k->has_price = v->reason == REASON_NONE;
    return true;
}

bool keypad_has(const struct keypad *k, const struct number *called)
{
    const struct number *typed = &k->about.number;
    const uint32_t prefix = number_prefix(typed);

    for (uint32_t i = 0; i < called->length; i++) {
        if (prefix + i >= typed->length ||
            number_symbol_at(typed, prefix + i) != number_symbol_at(called, i)) {
            return false;
        }
    }
    return typed->length == prefix + called->length;
}

enum yes keypad_yes(const struct keypad *k)
{
    const uint32_t category = k->about.tariff.category;

    if (k->about.number.length == 0 || !k->has_price || k->is_dial_sent) {
        return YES_DIAL_LATER;
    }
    return category == TARIFF_EMERGENCY ? YES_DIAL_EMERGENCY
           : tariff_is_plain(category)  ? YES_DIAL
                                        : YES_DIAL_HOLD;
}
