/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * What keys and touches do. A touch acts when the finger goes down, except on
 * a yes button, where down, stay and up all count inside the button only.
 *
 * The reserved keys, which no side but this one ever hears of: F12 on a
 * keyboard, the home key on a phone. Refuse: Esc and the red key.
 */
#include "paint.h"

enum key_code { /* evdev */
    KEY_CODE_ESC = 1, KEY_CODE_1 = 2, KEY_CODE_0 = 11, KEY_CODE_BACKSPACE = 14, KEY_CODE_F12 = 88,
    KEY_CODE_END = 107 /* the red key of phones' keypads */, KEY_CODE_HOMEPAGE = 172,
    KEY_CODE_HANGUP_PHONE = 0x1be,
};

enum { KEYPAD_KEYS = 12 };

/* Where a finger does something: the boxes from `first` to `last` of a view. */
static const struct touchable { enum view view; enum box first, last; } touchables[] = {
    { VIEW_HOME, BOX_HOME_KEYPAD, BOX_HOME_KEYPAD }, { VIEW_HOME, BOX_HOME_RESTART, BOX_HOME_BLOCK },
    { VIEW_HOME, BOX_HOME_CARDS, BOX_HOME_BACK },    { VIEW_KEYPAD, BOX_PAD_CALL, BOX_PAD_KEY_LAST },
    { VIEW_CARDS, BOX_CARD_NEXT, BOX_CARD_SKIP },    { VIEW_CALL, BOX_TONES, BOX_HANG_UP },
    { VIEW_CALL, BOX_DECLINE, BOX_ANSWER },          { VIEW_PROMPT, BOX_CONFIRM, BOX_REFUSE },
    { VIEW_RESULT, BOX_OFFER, BOX_CLOSE },
};

static enum box box_under(const struct server *s, int32_t x, int32_t y)
{
    for (uint32_t i = 0; i < sizeof touchables / sizeof touchables[0]; i++)
        for (enum box box = touchables[i].first; box <= touchables[i].last; box++)
            if (touchables[i].view == s->view && rect_contains(layout[box], x, y))
                return box;
    return BOX_NONE;
}

/* --- keypad ------------------------------------------------------------------------------------------ */

static const uint8_t pad_symbols[KEYPAD_KEYS] = { 1, 2, 3, 4, 5, 6, 7, 8, 9, SYMBOL_STAR, 0, SYMBOL_HASH };

static void keypad_changed(struct server *s)
{
    s->keypad = (struct keypad){ .number = s->keypad.number, .serial = s->keypad.serial + 1 };
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

    if (n->length == 0)
        return;
    n->length--;
    n->packed[n->length / 8] &= ~(0xfu << (4 * (n->length % 8)));
    keypad_changed(s);
}

static void touch_key(struct server *s, enum box box)
{
    s->pressed = box;
    s->damage |= DAMAGE_KEY;
    if (box == BOX_PAD_ERASE)
        keypad_erase(s);
    else
        keypad_type(s, pad_symbols[box - BOX_PAD_KEY]);
}

/* --- the other screens ----------------------------------------------------------------------------------- */

static void start_practice(struct server *s)
{
    s->prompt = (struct prompt){ .kind = PROMPT_PRACTICE, .origin = ORIGIN_USER, .wants_hold = true,
                                 .tariff = { TARIFF_PREMIUM_0900, 199, PRICE_PER_MINUTE },
                                 .gaps = 1 << 4 | 1 << 5 | 1 << 8,
                                 .number = { 11, { 0x32150090, 0x654 } } }; /* 09005123456 */
    view_enter(s, VIEW_PROMPT);
}

static void set_blocked(struct server *s, uint32_t value)
{
    s->is_legacy_blocked = value != 0;
    s->damage |= DAMAGE_ALL;
    events_put(&s->events, EVENT_BLOCK, value, NULL);
}

static void turn_card(struct server *s, uint32_t card)
{
    s->card = card < CARDS ? card : 0;
    view_enter(s, card < CARDS ? VIEW_CARDS : VIEW_LEGACY);
}

static void touch_tones(struct server *s, int32_t x, int32_t y)
{
    for (uint32_t i = 0; s->has_tones && i < KEYPAD_KEYS; i++)
        if (rect_contains(call_tone_key(s, i), x, y))
            events_put(&s->events, EVENT_TONE, pad_symbols[i], NULL);
}

static void touch_call(struct server *s, enum box box, int32_t x, int32_t y)
{
    bool is_ringing = s->call.state == DIAL_STATE_INCOMING, is_plain = s->confirm_box == BOX_NONE;
    bool is_active = s->call.state == DIAL_STATE_ACTIVE && is_plain;

    if (box == (is_ringing ? BOX_DECLINE : BOX_HANG_UP) && (is_ringing || is_plain)) {
        events_put(&s->events, EVENT_HANG_UP, 0, NULL);
    } else if (is_active && box == BOX_TONES) {
        s->has_tones = !s->has_tones;
        s->damage |= DAMAGE_ALL;
    } else if (is_active) {
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

static void touch_box(struct server *s, enum box box)
{
    switch ((uint32_t)box) {
    case BOX_HOME_KEYPAD: view_enter(s, VIEW_KEYPAD); break;
    case BOX_HOME_BLOCK: set_blocked(s, s->is_legacy_blocked ? 0 : 1); break;
    case BOX_HOME_CARDS: turn_card(s, 0); break;
    case BOX_HOME_PRACTISE: start_practice(s); break;
    case BOX_HOME_BACK: view_enter(s, VIEW_LEGACY); break;
    case BOX_CARD_NEXT: turn_card(s, s->card + 1); break;
    case BOX_CARD_SKIP: turn_card(s, s->card + 1 < CARDS ? CARDS : s->card); break;
    case BOX_REFUSE: view_confirm(s, CONFIRM_REFUSE); break;
    case BOX_OFFER:
    case BOX_CLOSE: touch_result(s, box); break;
    default: touch_key(s, box); break;
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
    if (s->view == VIEW_CALL)
        touch_call(s, box, x, y);
    else if (box != BOX_NONE)
        touch_box(s, box);
}

static bool is_inside_confirm(const struct server *s)
{
    return rect_contains(layout[s->confirm_box], s->route.x, s->route.y);
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

static void touch(struct server *s, int32_t x, int32_t y)
{
    bool is_new = !s->route.is_finger_down;
    enum route_target under = rect_contains(layout[BOX_BAR], x, y) ? ROUTE_BAR :
                              s->view == VIEW_LEGACY ? ROUTE_LEGACY : ROUTE_TRUSTED;
    enum route_target whose = route_touch(&s->route, x, y, under);

    if (is_new && whose == ROUTE_BAR)
        press_bar(s, x);
    else if (is_new && whose == ROUTE_TRUSTED)
        finger_down(s, x, y);
    else if (is_pressing(s) && !is_inside_confirm(s))
        view_confirm(s, CONFIRM_OFF);
}

static void touch_up(struct server *s)
{
    route_touch_up(&s->route);
    view_confirm(s, is_pressing(s) && is_inside_confirm(s) ? CONFIRM_UP : CONFIRM_RELEASE);
    s->damage |= s->pressed != BOX_NONE ? DAMAGE_KEY : 0u;
    s->pressed = BOX_NONE;
}

/* A relative pointer is a finger that is down while its button is. */
static void move_pointer(struct server *s, int32_t dx, int32_t dy)
{
    struct rect panel = layout[BOX_PANEL];
    int64_t x = (int64_t)s->pointer_x + dx, y = (int64_t)s->pointer_y + dy;

    s->pointer_x = x < 0 ? 0 : x >= panel.width ? panel.width - 1 : (int32_t)x;
    s->pointer_y = y < 0 ? 0 : y >= panel.height ? panel.height - 1 : (int32_t)y;
    if (s->route.is_finger_down)
        touch(s, s->pointer_x, s->pointer_y);
}

/* --- keys ----------------------------------------------------------------------------------------------------- */

static bool is_red_key(uint32_t code)
{
    return code == KEY_CODE_END || code == KEY_CODE_HANGUP_PHONE;
}

static void key_down(struct server *s, uint32_t code)
{
    bool is_refusal = s->view == VIEW_PROMPT && (code == KEY_CODE_ESC || is_red_key(code));

    view_confirm(s, is_refusal ? CONFIRM_REFUSE : CONFIRM_INPUT);
    if (s->view == VIEW_CALL && is_red_key(code) && s->confirm_box != BOX_HANG_UP)
        events_put(&s->events, EVENT_HANG_UP, 0, NULL);
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
        view_attention(s);
    else if (whose == ROUTE_TRUSTED)
        key_down(s, code);
    else
        view_confirm(s, value != 0 ? CONFIRM_INPUT : CONFIRM_RELEASE);
}

enum display_answer server_input(struct server *s, struct server_message m)
{
    struct rect panel = layout[BOX_PANEL];
    const uint32_t *w = m.words;

    if (m.count < 4 || w[1] < INPUT_KEY || w[1] > INPUT_BUTTON ||
        (w[1] == INPUT_TOUCH && (w[2] >= (uint32_t)panel.width || w[3] >= (uint32_t)panel.height)))
        return DISPLAY_INVALID;
    s->user_busy_until_us = s->now_us + USER_BUSY_US;
    if (w[1] == INPUT_KEY)
        key(s, w[2], w[3]);
    else if (w[1] == INPUT_MOVE)
        move_pointer(s, (int32_t)w[2], (int32_t)w[3]);
    else if (w[1] == INPUT_TOUCH)
        touch(s, (int32_t)w[2], (int32_t)w[3]);
    else if (w[1] == INPUT_BUTTON && w[3] != 0)
        touch(s, s->pointer_x, s->pointer_y);
    else
        touch_up(s);
    return DISPLAY_OK;
}
