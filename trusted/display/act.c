/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * What keys and touches do. A touch acts when the finger goes down, except on
 * a yes button, where down, stay and up all count inside the button only.
 *
 * The reserved keys, which no side but this one ever hears of: F12 on a
 * keyboard, the home key on a phone. Refuse: Esc and the red key.
 */
#include <stddef.h>

#include "pointer.h"

enum key_code { /* evdev */
    KEY_CODE_ESC = 1, KEY_CODE_1 = 2, KEY_CODE_0 = 11, KEY_CODE_BACKSPACE = 14, KEY_CODE_F12 = 88,
    KEY_CODE_END = 107 /* the red key of phones' keypads */, KEY_CODE_HOMEPAGE = 172,
    KEY_CODE_HANGUP_PHONE = 0x1be,
};

/* --- keypad ------------------------------------------------------------------------------------------ */

const uint8_t pad_symbols[PAD_SYMBOLS] = { 1, 2, 3, 4, 5, 6, 7, 8, 9, SYMBOL_STAR, 0, SYMBOL_HASH };

_Static_assert(BOX_PAD_KEY_LAST - BOX_PAD_KEY + 1 == PAD_SYMBOLS && BOX_PAD_ERASE == BOX_PAD_KEY_LAST + 1,
               "the erase key follows the others");

static void keypad_changed(struct server *s)
{
    s->keypad = (struct subject){ .number = s->keypad.number };
    s->has_price = false;
    s->keypad_serial++;
    if (s->keypad.number.length != 0)
        view_tell(s, EVENT_TYPED, s->keypad_serial, &s->keypad.number);
    view_rearm_keypad(s);
}

static void keypad_type(struct server *s, unsigned symbol)
{
    if (s->keypad.number.length < NUMBER_DIAL_MAX && number_append(&s->keypad.number, symbol))
        keypad_changed(s);
}

static void keypad_erase(struct server *s)
{
    struct number *n = &s->keypad.number;

    if (n->length == 0)
        return;
    n->length--;
    n->packed[n->length / 8] &= ~(0xfu << (4 * (n->length % 8)));
    keypad_changed(s);
}

static void touch_keys(struct server *s, int32_t x, int32_t y)
{
    for (enum box box = BOX_PAD_KEY; box <= BOX_PAD_ERASE; box++) {
        if (!rect_contains(layout[box], x, y))
            continue;
        s->pressed = box;
        s->damage |= DAMAGE_PAD;
        if (box == BOX_PAD_ERASE)
            keypad_erase(s);
        else
            keypad_type(s, pad_symbols[box - BOX_PAD_KEY]);
    }
}

/* --- buttons --------------------------------------------------------------------------------------------- */

static void touch_tones(struct server *s, int32_t x, int32_t y)
{
    for (uint32_t i = 0; i < PAD_SYMBOLS; i++)
        if (rect_contains(screen_tone_key(s, i), x, y))
            view_tell(s, EVENT_TONE, pad_symbols[i], NULL);
}

static void start_practice(struct server *s)
{
    s->prompt = (struct subject){ .origin = ORIGIN_USER, .tariff = { TARIFF_PREMIUM_0900, 199, PRICE_PER_MINUTE },
                                  .gaps = 1 << 4 | 1 << 5 | 1 << 8,
                                  .number = { 11, { 0x32150090, 0x654 } } }; /* 09005123456 */
    s->prompt_kind = PROMPT_PRACTICE;
    s->prompt_yes = YES_CALL_HOLD;
    s->who = WORD_WHO_PRACTICE;
    s->notes = 0;
    view_enter(s, VIEW_PROMPT);
}

static void set_blocked(struct server *s, bool is_blocked)
{
    s->is_legacy_blocked = is_blocked;
    s->damage |= DAMAGE_HOME;
    view_tell(s, EVENT_BLOCK, is_blocked, NULL);
}

static void turn_card(struct server *s, uint32_t card)
{
    s->card = card < CARDS ? card : 0;
    view_enter(s, card < CARDS ? VIEW_CARDS : VIEW_LEGACY);
}

static void act(struct server *s, enum item_action action)
{
    switch (action) {
    case DO_KEYPAD: view_enter(s, VIEW_KEYPAD); break;
    case DO_BLOCK: set_blocked(s, true); break;
    case DO_ALLOW: set_blocked(s, false); break;
    case DO_CARDS: turn_card(s, 0); break;
    case DO_PRACTISE: start_practice(s); break;
    case DO_START: view_tell(s, EVENT_RESTART_LEGACY, 0, NULL); break;
    case DO_BACK: view_enter(s, VIEW_LEGACY); break;
    case DO_NEXT: turn_card(s, s->card + 1); break;
    case DO_SKIP: turn_card(s, CARDS); break;
    case DO_REFUSE: view_confirm(s, CONFIRM_REFUSE); break;
    case DO_OFFER: set_blocked(s, true); view_leave(s); break;
    case DO_CLOSE: view_leave(s); break;
    case DO_TONES: s->has_tones = !s->has_tones; s->damage |= DAMAGE_ALL; break;
    case DO_HANG_UP: view_tell(s, EVENT_HANG_UP, 0, NULL); break;
    case DO_NOTHING: default: break;
    }
}

/* --- touches ------------------------------------------------------------------------------------------------ */

static bool is_in_yes(const struct server *s, int32_t x, int32_t y)
{
    return rect_contains(layout[yes_buttons[s->yes].box], x, y);
}

/* What an action changes is not looked at again: one touch does one thing. */
static void touch_items(struct server *s, int32_t x, int32_t y)
{
    uint32_t facts = screen_facts(s);

    for (const struct item *i = items; i < items + item_count; i++) {
        if (!screen_has(s, i, facts))
            continue;
        if (i->kind == ITEM_KEYS)
            touch_keys(s, x, y);
        else if (i->kind == ITEM_TONES)
            touch_tones(s, x, y);
        else if (i->kind == ITEM_BUTTON && rect_contains(layout[i->box], x, y)) {
            act(s, i->action);
            return;
        }
    }
}

static void finger_down(struct server *s, int32_t x, int32_t y)
{
    if (is_in_yes(s, x, y)) {
        confirm_press(&s->confirm, s->now_us);
        view_settle(s);
    } else {
        view_confirm(s, CONFIRM_INPUT);
        touch_items(s, x, y);
    }
}

static bool is_pressing(const struct server *s)
{
    return s->confirm.state == CONFIRM_PRESSED || s->confirm.state == CONFIRM_HOLDING;
}

static void touch(struct server *s, int32_t x, int32_t y)
{
    bool is_new = !s->route.is_finger_down;
    enum route_target under = rect_contains(layout[BOX_BAR], x, y) ? ROUTE_BAR :
                              s->view == VIEW_LEGACY ? ROUTE_LEGACY : ROUTE_TRUSTED;
    enum route_target whose = route_touch(&s->route, x, y, under);

    if (is_new && whose == ROUTE_BAR && call_is_up(s) && x >= layout[BOX_BAR_RIGHT].x)
        view_interrupt(s, VIEW_CALL);
    else if (is_new && whose == ROUTE_BAR)
        view_interrupt(s, VIEW_HOME);
    else if (is_new && whose == ROUTE_TRUSTED)
        finger_down(s, x, y);
    else if (is_pressing(s) && !is_in_yes(s, x, y))
        view_confirm(s, CONFIRM_OFF);
}

static void touch_up(struct server *s)
{
    route_touch_up(&s->route);
    view_confirm(s, is_pressing(s) && is_in_yes(s, s->route.x, s->route.y) ? CONFIRM_UP : CONFIRM_RELEASE);
    s->damage |= s->pressed != BOX_NONE ? DAMAGE_PAD : 0u;
    s->pressed = BOX_NONE;
}

/* --- keys ----------------------------------------------------------------------------------------------------- */

static void key_down(struct server *s, uint32_t code)
{
    bool is_red = code == KEY_CODE_END || code == KEY_CODE_HANGUP_PHONE;

    view_confirm(s, s->view == VIEW_PROMPT && (code == KEY_CODE_ESC || is_red) ? CONFIRM_REFUSE : CONFIRM_INPUT);
    if (s->view == VIEW_CALL && is_red && s->yes != YES_HANG_UP)
        view_tell(s, EVENT_HANG_UP, 0, NULL);
    if (s->view == VIEW_KEYPAD && code >= KEY_CODE_1 && code <= KEY_CODE_0)
        keypad_type(s, (code - KEY_CODE_1 + 1) % 10);
    if (s->view == VIEW_KEYPAD && code == KEY_CODE_BACKSPACE)
        keypad_erase(s);
}

static void key(struct server *s, uint32_t code, uint32_t value)
{
    bool is_attention = code == KEY_CODE_F12 || code == KEY_CODE_HOMEPAGE;
    enum route_target focus = is_attention ? ROUTE_BAR : s->view == VIEW_LEGACY ? ROUTE_LEGACY : ROUTE_TRUSTED;
    enum route_target whose = route_key(&s->route, code, value, focus);

    if (whose == ROUTE_BAR)
        view_interrupt(s, VIEW_HOME);
    else if (whose == ROUTE_TRUSTED)
        key_down(s, code);
    else
        view_confirm(s, value != 0 ? CONFIRM_INPUT : CONFIRM_RELEASE);
}

enum display_answer act_input(struct server *s, const struct input_report *report)
{
    struct input_event e = { report->kind, (int32_t)report->a, (int32_t)report->b, 0 };

    if (!pointer_translate(s, &e))
        return DISPLAY_OK;
    if (e.kind < INPUT_KEY || e.kind > INPUT_TOUCH_UP ||
        (e.kind == INPUT_TOUCH && !rect_contains(layout[BOX_PANEL], e.a, e.b)))
        return DISPLAY_INVALID;
    s->user_busy_until_us = s->now_us + USER_BUSY_US;
    if (e.kind == INPUT_KEY)
        key(s, (uint32_t)e.a, (uint32_t)e.b);
    else if (e.kind == INPUT_TOUCH)
        touch(s, e.a, e.b);
    else
        touch_up(s);
    return DISPLAY_OK;
}
