/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * What keys and touches do. A touch acts when the finger goes down, except on
 * a yes button, where down, stay and up all count inside the button only.
 *
 * The reserved keys, which no side but this one ever hears of: F12 on a
 * keyboard, the home key on a phone. Refuse: Esc and the red key.
 */
#include <stddef.h>

#include "paint.h"

enum key_code { /* evdev */
    KEY_CODE_ESC = 1, KEY_CODE_1 = 2, KEY_CODE_0 = 11, KEY_CODE_BACKSPACE = 14, KEY_CODE_F12 = 88,
    KEY_CODE_END = 107 /* the red key of phones' keypads */, KEY_CODE_HOMEPAGE = 172,
    KEY_CODE_HANGUP_PHONE = 0x1be,
};

enum { KEYPAD_KEYS = 12, TOUCHABLE_MAX = 16 };

/* Where a finger does something, view by view. */
static const enum box touchable[VIEWS][TOUCHABLE_MAX] = {
    [VIEW_HOME] = { BOX_HOME_KEYPAD, BOX_HOME_RESTART, BOX_HOME_BLOCK, BOX_HOME_CARDS,
                    BOX_HOME_PRACTISE, BOX_HOME_BACK },
    [VIEW_KEYPAD] = { BOX_PAD_KEY + 0, BOX_PAD_KEY + 1, BOX_PAD_KEY + 2, BOX_PAD_KEY + 3,
                      BOX_PAD_KEY + 4, BOX_PAD_KEY + 5, BOX_PAD_KEY + 6, BOX_PAD_KEY + 7,
                      BOX_PAD_KEY + 8, BOX_PAD_KEY + 9, BOX_PAD_KEY + 10, BOX_PAD_KEY + 11,
                      BOX_PAD_CALL, BOX_PAD_ERASE },
    [VIEW_CARDS] = { BOX_CARD_NEXT, BOX_CARD_SKIP },
    [VIEW_CALL] = { BOX_HANG_UP, BOX_TONES, BOX_ANSWER, BOX_DECLINE },
    [VIEW_PROMPT] = { BOX_CONFIRM, BOX_REFUSE },
    [VIEW_RESULT] = { BOX_OFFER, BOX_CLOSE },
};

static enum box box_under(const struct server *s, int32_t x, int32_t y)
{
    for (uint32_t i = 0; i < TOUCHABLE_MAX; i++) {
        enum box box = touchable[s->view][i];

        if (box != BOX_NONE && rect_contains(layout[box], x, y))
            return box;
    }
    return BOX_NONE;
}

/* --- keypad ------------------------------------------------------------------------------------------ */

static const uint8_t pad_symbols[KEYPAD_KEYS] = { 1, 2, 3, 4, 5, 6, 7, 8, 9, SYMBOL_STAR, 0,
                                                  SYMBOL_HASH };

static void keypad_changed(struct server *s)
{
    s->keypad.serial++;
    s->keypad.has_price = false;
    s->keypad.gaps = 0;
    if (s->keypad.number.length != 0)
        events_put(&s->events, EVENT_TYPED, s->keypad.serial, &s->keypad.number);
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

    if (n->length != 0) {
        n->length--;
        n->packed[n->length / 8] &= ~(0xfu << (4 * (n->length % 8)));
        keypad_changed(s);
    }
}

static void touch_key(struct server *s, enum box box)
{
    s->pressed = box;
    s->damage |= DAMAGE_KEY;
    if (box == BOX_PAD_ERASE)
        keypad_erase(s);
    else
        keypad_type(s, pad_symbols[(box - BOX_PAD_KEY) % KEYPAD_KEYS]);
}

/* --- the other screens ----------------------------------------------------------------------------------- */

static void start_practice(struct server *s)
{
    static const uint8_t sample[] = { 0, 9, 0, 0, 5, 1, 2, 3, 4, 5, 6 };

    s->prompt = (struct prompt){ .kind = PROMPT_PRACTICE, .origin = ORIGIN_USER, .wants_hold = true,
                                 .tariff = { TARIFF_PREMIUM_0900, 199, PRICE_PER_MINUTE },
                                 .gaps = 1 << 4 | 1 << 5 | 1 << 8 };
    for (uint32_t i = 0; i < sizeof sample; i++)
        (void)number_append(&s->prompt.number, sample[i]);
    view_open_prompt(s);
}

static void set_blocked(struct server *s, uint32_t value)
{
    s->is_legacy_blocked = value != 0;
    s->damage |= DAMAGE_ALL;
    events_put(&s->events, EVENT_BLOCK, value, NULL);
}

static void touch_home(struct server *s, enum box box)
{
    switch ((uint32_t)box) {
    case BOX_HOME_KEYPAD:
        view_enter(s, VIEW_KEYPAD);
        break;
    case BOX_HOME_BLOCK:
        set_blocked(s, s->is_legacy_blocked ? 0 : 1);
        break;
    case BOX_HOME_CARDS:
        s->card = 0;
        view_enter(s, VIEW_CARDS);
        break;
    case BOX_HOME_PRACTISE:
        start_practice(s);
        break;
    default:
        view_enter(s, VIEW_LEGACY);
        break;
    }
}

static void touch_card(struct server *s, enum box box)
{
    s->card++;
    if (box == BOX_CARD_SKIP || s->card >= CARDS) {
        s->card = 0;
        view_enter(s, VIEW_LEGACY);
    } else {
        view_enter(s, VIEW_CARDS);
    }
}

static void touch_tones(struct server *s, int32_t x, int32_t y)
{
    for (uint32_t i = 0; s->has_tones && i < KEYPAD_KEYS; i++) {
        if (rect_contains(call_tone_key(s, i), x, y))
            events_put(&s->events, EVENT_TONE, pad_symbols[i], NULL);
    }
}

static void touch_call(struct server *s, enum box box, int32_t x, int32_t y)
{
    bool is_ringing = s->call.state == DIAL_STATE_INCOMING;

    if (is_ringing ? box == BOX_DECLINE : box == BOX_HANG_UP && s->confirm_box == BOX_NONE) {
        events_put(&s->events, EVENT_HANG_UP, 0, NULL);
    } else if (box == BOX_TONES && s->call.state == DIAL_STATE_ACTIVE &&
               s->confirm_box == BOX_NONE) {
        s->has_tones = !s->has_tones;
        s->damage |= DAMAGE_ALL;
    } else if (s->call.state == DIAL_STATE_ACTIVE) {
        touch_tones(s, x, y);
    }
}

static void touch_result(struct server *s, enum box box)
{
    if (!s->has_offer)
        return;
    if (box == BOX_OFFER)
        set_blocked(s, 1);
    view_leave(s);
}

static void touch_box(struct server *s, enum box box, int32_t x, int32_t y)
{
    switch (s->view) {
    case VIEW_HOME:
        touch_home(s, box);
        break;
    case VIEW_KEYPAD:
        touch_key(s, box);
        break;
    case VIEW_CARDS:
        if (box == BOX_CARD_NEXT || s->card + 1 < CARDS)
            touch_card(s, box);
        break;
    case VIEW_PROMPT:
        view_confirm(s, CONFIRM_REFUSE);
        break;
    case VIEW_RESULT:
        touch_result(s, box);
        break;
    case VIEW_CALL:
    case VIEW_LEGACY:
    case VIEWS:
        touch_call(s, box, x, y);
        break;
    }
}

/* --- touches ------------------------------------------------------------------------------------------------ */

static void finger_down(struct server *s, int32_t x, int32_t y)
{
    enum box box = box_under(s, x, y);
    enum confirm_state before = s->confirm.state;

    if (box != BOX_NONE && box == s->confirm_box) {
        confirm_press(&s->confirm, s->now_us);
        s->fill_us = s->now_us;
        view_settle(s, before);
        return;
    }
    view_confirm(s, CONFIRM_INPUT);
    if (box != BOX_NONE)
        touch_box(s, box, x, y);
    else if (s->view == VIEW_CALL)
        touch_call(s, box, x, y);
}

static bool is_inside_confirm(const struct server *s)
{
    return s->confirm_box != BOX_NONE &&
           rect_contains(layout[s->confirm_box], s->route.x, s->route.y);
}

static bool is_pressing(const struct server *s)
{
    return s->confirm.state == CONFIRM_PRESSED || s->confirm.state == CONFIRM_HOLDING;
}

static void press_bar(struct server *s, int32_t x)
{
    if (call_is_up(s) && x >= layout[BOX_BAR_RIGHT].x)
        view_show_call(s);
    else
        view_attention(s);
}

static enum route_target who_is_under(const struct server *s, int32_t x, int32_t y)
{
    return rect_contains(layout[BOX_BAR], x, y) ? ROUTE_BAR :
           s->view == VIEW_LEGACY ? ROUTE_LEGACY : ROUTE_TRUSTED;
}

static void touch(struct server *s, int32_t x, int32_t y)
{
    bool is_new = !s->route.is_finger_down;
    enum route_target whose = route_touch(&s->route, x, y, who_is_under(s, x, y));

    if (is_new && whose == ROUTE_BAR)
        press_bar(s, x);
    else if (is_new && whose == ROUTE_TRUSTED)
        finger_down(s, x, y);
    else if (is_pressing(s) && !is_inside_confirm(s))
        view_confirm(s, CONFIRM_OFF);
}

static void touch_up(struct server *s)
{
    (void)route_touch_up(&s->route);
    view_confirm(s, is_pressing(s) && is_inside_confirm(s) ? CONFIRM_UP : CONFIRM_RELEASE);
    if (s->pressed != BOX_NONE) {
        s->pressed = BOX_NONE;
        s->damage |= DAMAGE_KEY;
    }
}

/* --- keys ----------------------------------------------------------------------------------------------------- */

static bool is_attention_key(uint32_t code)
{
    return code == KEY_CODE_F12 || code == KEY_CODE_HOMEPAGE;
}

static bool is_red_key(uint32_t code)
{
    return code == KEY_CODE_END || code == KEY_CODE_HANGUP_PHONE;
}

static void key_on_call(struct server *s, uint32_t code)
{
    if (is_red_key(code) && s->confirm_box != BOX_HANG_UP)
        events_put(&s->events, EVENT_HANG_UP, 0, NULL);
}

static void key_on_keypad(struct server *s, uint32_t code)
{
    if (code >= KEY_CODE_1 && code <= KEY_CODE_0)
        keypad_type(s, (code - KEY_CODE_1 + 1) % 10);
    else if (code == KEY_CODE_BACKSPACE)
        keypad_erase(s);
}

static void key_down(struct server *s, uint32_t code)
{
    if (s->view == VIEW_PROMPT && (code == KEY_CODE_ESC || is_red_key(code))) {
        view_confirm(s, CONFIRM_REFUSE);
        return;
    }
    view_confirm(s, CONFIRM_INPUT);
    if (s->view == VIEW_CALL)
        key_on_call(s, code);
    else if (s->view == VIEW_KEYPAD)
        key_on_keypad(s, code);
}

static void key(struct server *s, uint32_t code, uint32_t value)
{
    bool is_attention = is_attention_key(code);
    enum route_target focus = is_attention ? ROUTE_BAR :
                              s->view == VIEW_LEGACY ? ROUTE_LEGACY : ROUTE_TRUSTED;
    enum route_target whose = route_key(&s->route, code, value, focus);

    if (whose == ROUTE_BAR)
        view_attention(s);
    else if (whose == ROUTE_TRUSTED)
        key_down(s, code);
    else
        view_confirm(s, value != 0 ? CONFIRM_INPUT : CONFIRM_RELEASE);
}

/* --- a relative pointer is a finger that is down while its button is ------------------------------------------ */

static int32_t limit(int64_t value, int32_t below)
{
    return value < 0 ? 0 : value >= below ? below - 1 : (int32_t)value;
}

static void move_pointer(struct server *s, int32_t dx, int32_t dy)
{
    s->pointer_x = limit((int64_t)s->pointer_x + dx, layout[BOX_PANEL].width);
    s->pointer_y = limit((int64_t)s->pointer_y + dy, layout[BOX_PANEL].height);
    s->has_pointer = true;
    if (s->route.is_finger_down)
        touch(s, s->pointer_x, s->pointer_y);
}

enum display_answer server_input(struct server *s, struct server_message m)
{
    if (m.count < 4)
        return DISPLAY_INVALID;
    s->user_busy_until_us = s->now_us + USER_BUSY_US;
    switch (m.words[1]) {
    case INPUT_KEY:
        key(s, m.words[2], m.words[3]);
        return DISPLAY_OK;
    case INPUT_TOUCH:
        touch(s, limit((int32_t)m.words[2], layout[BOX_PANEL].width),
              limit((int32_t)m.words[3], layout[BOX_PANEL].height));
        return DISPLAY_OK;
    case INPUT_TOUCH_UP:
        touch_up(s);
        return DISPLAY_OK;
    case INPUT_MOVE:
        move_pointer(s, (int32_t)m.words[2], (int32_t)m.words[3]);
        return DISPLAY_OK;
    case INPUT_BUTTON:
        if (m.words[3] != 0)
            touch(s, s->pointer_x, s->pointer_y);
        else
            touch_up(s);
        return DISPLAY_OK;
    default:
        return DISPLAY_INVALID;
    }
}
