/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * What keys and touches do. A touch acts when the finger goes down, except on
 * a yes button, where down, stay and up all count inside the button only.
 *
 * The reserved keys, which no side but this one ever hears of: F12 on a
 * keyboard, the home key on a phone; while there is a call, the red key. It says
 * no to a question and ends a call, whatever is visible. Esc says no, or goes back.
 */
#include "pointer.h"

/* evdev */
enum key_code {
    KEY_CODE_ESC = 1,
    KEY_CODE_1 = 2,
    KEY_CODE_3 = 4,
    KEY_CODE_8 = 9,
    KEY_CODE_0 = 11,
    KEY_CODE_EQUAL = 13,
    KEY_CODE_BACKSPACE = 14,
    KEY_CODE_ENTER = 28,
    KEY_CODE_LEFT_SHIFT = 42,
    KEY_CODE_RIGHT_SHIFT = 54,
    KEY_CODE_PAD_STAR = 55,
    KEY_CODE_PAD_7 = 71,
    KEY_CODE_PAD_PLUS = 78,
    KEY_CODE_PAD_0 = 82,
    KEY_CODE_F12 = 88,
    KEY_CODE_PAD_ENTER = 96,
    KEY_CODE_END = 107 /* the red key of phones' keypads */,
    KEY_CODE_HOMEPAGE = 172,
    KEY_CODE_HANGUP_PHONE = 0x1be,
    KEY_CODE_NUMERIC_0 = 0x200,
    KEY_CODE_NUMERIC_HASH = 0x20b, /* a phone's own: 0 to 9, *, # */
};

/* ---- buttons --------------------------------------------------------------------------------- */

static void touch_tones(struct server *s, int32_t x, int32_t y)
{
    for (uint32_t i = 0; i < PAD_SYMBOLS; i++) {
        if (rect_contains(screen_tone_key(s, i), x, y)) {
            outbox_tell(&s->outbox, (struct event){ EVENT_TONE, pad_symbols[i], { 0 } });
        }
    }
}

static void act(struct server *s, enum item_action action)
{
    const bool closes = s->view == VIEW_RESULT; /* whatever is pressed there */

    switch (action) {
    case DO_BLOCK:
    case DO_ALLOW:
        s->home.is_legacy_blocked = action == DO_BLOCK;
        s->damage |= DAMAGE_HOME;
        outbox_tell(&s->outbox, (struct event){ EVENT_BLOCK, action == DO_BLOCK, { 0 } });
        break;
    case DO_PRACTISE:
        prompt_practise(&s->prompt);
        view_enter(s, VIEW_PROMPT);
        break;
    case DO_NEXT:
        s->card++;
        view_enter(s, s->card < CARDS ? VIEW_CARDS : VIEW_LEGACY);
        break;
    case DO_REFUSE:
        view_confirm(s, CONFIRM_REFUSE);
        break;
    case DO_TONES:
        s->call.has_tones = !s->call.has_tones;
        s->damage |= DAMAGE_ALL;
        break;
    case DO_CLOSE:
    case DO_NOTHING:
    default:
        break;
    }
    if (closes) {
        view_leave(s);
    }
}

/* Of what costs nothing, a refusal and an end wait until they are armed. */
static void press(struct server *s, const struct item *button)
{
    if ((button->kind == ITEM_NO || button->action == DO_REFUSE) && !s->was_no_armed) {
        view_hint(s, WORD_LIFT);
    } else if (button->tell != EVENT_NONE) {
        outbox_tell(&s->outbox, (struct event){ .kind = button->tell });
    } else if (button->go != VIEW_ANY) {
        view_enter(s, button->go);
    } else {
        act(s, button->action);
    }
}

/* ---- touches --------------------------------------------------------------------------------- */

static bool is_in_yes(const struct server *s, int32_t x, int32_t y)
{
    return rect_contains(layout[yes_buttons[s->yes].box], x, y);
}

/* What an action changes is not looked at again: one touch does one thing. */
static void touch_items(struct server *s, int32_t x, int32_t y)
{
    uint32_t facts = screen_facts(s);

    for (const struct item *i = items; i < items + item_count; i++) {
        if (!screen_has(s, i, facts)) {
            continue;
        }
        if (i->kind == ITEM_KEYS) {
            view_keypad(s, keypad_touch(&s->keypad, x, y, s->now_us));
            s->damage |= DAMAGE_KEY;
        } else if (i->kind == ITEM_TONES) {
            touch_tones(s, x, y);
        } else if ((i->kind == ITEM_BUTTON || i->kind == ITEM_NO) &&
                   rect_contains(layout[i->box], x, y)) {
            press(s, i);
            return;
        }
    }
}

/* A reason was read, or it was not: what is pressed next starts anew. */
static void begin_anew(struct server *s)
{
    if (s->hint != WORD_NONE && s->view == VIEW_KEYPAD && s->keypad.about.number.length != 0) {
        view_keypad(s, keypad_ask_anew(&s->keypad));
    }
    view_hint(s, WORD_NONE);
}

static void finger_down(struct server *s, int32_t x, int32_t y)
{
    s->was_no_armed = s->no.state == CONFIRM_ARMED;
    begin_anew(s);
    if (is_in_yes(s, x, y)) {
        confirm_step(&s->no, CONFIRM_INPUT, s->now_us);
        if (!confirm_press(&s->confirm, s->now_us)) {
            view_hint(s, WORD_LIFT);
        }
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
    enum route_target under = rect_contains(layout[BOX_BAR], x, y) ? ROUTE_BAR
                              : s->view == VIEW_LEGACY             ? ROUTE_LEGACY
                                                                   : ROUTE_TRUSTED;
    enum route_target whose = route_touch(&s->route, x, y, under, s->now_us);

    if (is_new && whose == ROUTE_BAR && call_is_up(&s->call) && x >= layout[BOX_BAR_RIGHT].x) {
        view_interrupt(s, VIEW_CALL);
    } else if (is_new && whose == ROUTE_BAR) {
        view_interrupt(s, VIEW_HOME);
    } else if (is_new && whose == ROUTE_TRUSTED) {
        finger_down(s, x, y);
    } else if (is_pressing(s) && !is_in_yes(s, x, y)) {
        view_confirm(s, CONFIRM_OFF);
    }
}

static void touch_up(struct server *s)
{
    route_touch_up(&s->route);
    view_confirm(s, is_pressing(s) && is_in_yes(s, s->route.x, s->route.y) ? CONFIRM_UP
                                                                           : CONFIRM_RELEASE);
    s->damage |= DAMAGE_KEY;
    s->keypad.pressed = BOX_NONE;
    if (s->hint == WORD_LIFT) {
        view_hint(s, WORD_NONE);
        view_rearm_keypad(s); /* its price is back from here on */
    }
}

/* ---- keys ------------------------------------------------------------------------------------ */

static bool is_red(uint32_t code)
{
    return code == KEY_CODE_END || code == KEY_CODE_HANGUP_PHONE;
}

/* The symbol that a key types, or SYMBOL_COUNT. */
static unsigned symbol_of(const struct server *s, uint32_t code)
{
    static const uint8_t pad[] = {
        7, 8, 9, SYMBOL_COUNT, 4, 5, 6, SYMBOL_PLUS, 1, 2, 3, 0
    }; /* from KEY_CODE_PAD_7 */
    bool is_shifted = route_has_key(&s->route, KEY_CODE_LEFT_SHIFT) ||
                      route_has_key(&s->route, KEY_CODE_RIGHT_SHIFT);

    if (is_shifted) {
        return code == KEY_CODE_3       ? SYMBOL_HASH
               : code == KEY_CODE_8     ? SYMBOL_STAR
               : code == KEY_CODE_EQUAL ? SYMBOL_PLUS
                                        : SYMBOL_COUNT;
    }
    if (code >= KEY_CODE_1 && code <= KEY_CODE_0) {
        return (code - KEY_CODE_1 + 1) % 10;
    }
    if (code >= KEY_CODE_NUMERIC_0 && code <= KEY_CODE_NUMERIC_HASH) {
        return code - KEY_CODE_NUMERIC_0;
    }
    if (code >= KEY_CODE_PAD_7 && code <= KEY_CODE_PAD_0) {
        return pad[code - KEY_CODE_PAD_7];
    }
    return code == KEY_CODE_PAD_STAR ? (unsigned)SYMBOL_STAR : (unsigned)SYMBOL_COUNT;
}

/* A number is begun at home, too; in a call symbols are tones. */
static void type_symbol(struct server *s, unsigned symbol)
{
    if (s->view == VIEW_HOME || s->view == VIEW_STOPPED) {
        view_enter(s, VIEW_KEYPAD);
    }
    if (s->view == VIEW_KEYPAD) {
        view_keypad(s, keypad_type(&s->keypad, symbol));
    } else if (s->view == VIEW_CALL && s->call.state == DIAL_STATE_ACTIVE &&
               symbol <= SYMBOL_HASH) {
        outbox_tell(&s->outbox, (struct event){ EVENT_TONE, symbol, { 0 } });
    }
}

/* It presses only what has not to be waited for. */
static void enter_key(struct server *s)
{
    if (s->view == VIEW_KEYPAD && s->confirm.rules.quiet_us == 0 &&
        s->confirm.state == CONFIRM_ARMED) {
        (void)confirm_press(&s->confirm, s->now_us);
        view_settle(s);
    } else if (s->view == VIEW_CARDS || s->view == VIEW_RESULT) {
        act(s, s->view == VIEW_CARDS ? DO_NEXT : DO_CLOSE);
    }
}

/* An emergency call wants a hold: its page comes. */
static void hang_up_key(struct server *s)
{
    if (call_is_emergency(&s->call) && s->view != VIEW_CALL) {
        view_interrupt(s, VIEW_CALL);
    } else if (!call_is_emergency(&s->call)) {
        outbox_tell(
            &s->outbox,
            (struct event){ .kind = call_is_ringing(&s->call) ? EVENT_DECLINE : EVENT_HANG_UP });
    }
}

static void back_key(struct server *s)
{
    if (s->view == VIEW_KEYPAD || s->view == VIEW_HOME || s->view == VIEW_CARDS) {
        view_enter(s, s->view == VIEW_KEYPAD ? VIEW_HOME : VIEW_LEGACY);
    } else if (s->view == VIEW_RESULT) {
        act(s, DO_CLOSE);
    } else if (ringing_is_shown(s)) {
        hang_up_key(s);
    }
}

static void key_down(struct server *s, uint32_t code)
{
    bool is_no = code == KEY_CODE_ESC || is_red(code);
    bool is_enter = code == KEY_CODE_ENTER || code == KEY_CODE_PAD_ENTER;
    unsigned symbol = symbol_of(s, code);

    if (is_enter) {
        enter_key(s);
    }
    if (s->view == VIEW_PROMPT && is_no) {
        view_confirm(s, CONFIRM_REFUSE);
        return;
    }
    view_confirm(s, CONFIRM_INPUT);
    if (!is_enter) {
        begin_anew(s);
    }
    if (is_red(code) && call_is_up(&s->call)) {
        hang_up_key(s);
    } else if (is_no) {
        back_key(s);
    } else if (code == KEY_CODE_BACKSPACE && s->view == VIEW_KEYPAD) {
        view_keypad(s, keypad_erase(&s->keypad));
    } else if (symbol < SYMBOL_COUNT) {
        type_symbol(s, symbol);
    }
}

static void key(struct server *s, uint32_t code, uint32_t value)
{
    bool is_attention = code == KEY_CODE_F12 || code == KEY_CODE_HOMEPAGE;
    bool is_ours = s->view != VIEW_LEGACY || (is_red(code) && call_is_up(&s->call));
    enum route_target focus = is_attention ? ROUTE_BAR : is_ours ? ROUTE_TRUSTED : ROUTE_LEGACY;
    enum route_target whose = route_key(&s->route, code, value, focus, s->now_us);

    if (whose == ROUTE_BAR) {
        view_interrupt(s, VIEW_HOME);
    } else if (whose == ROUTE_TRUSTED) {
        key_down(s, code);
    } else {
        view_confirm(s, value != 0 ? CONFIRM_INPUT : CONFIRM_RELEASE);
    }
}

enum display_answer act_input(struct server *s, const abi_word *words, uint32_t count)
{
    struct input_report report;
    struct input_event e;

    if (!message_take(&report, MESSAGE_LENGTH(report), words, count)) {
        return DISPLAY_INVALID;
    }
    e = (struct input_event){ report.kind, (int32_t)report.a, (int32_t)report.b, 0 };
    if (!pointer_translate(s, &e)) {
        return DISPLAY_OK;
    }
    if (e.kind < INPUT_KEY || e.kind > INPUT_TOUCH_UP ||
        (e.kind == INPUT_TOUCH && !rect_contains(layout[BOX_PANEL], e.a, e.b))) {
        return DISPLAY_INVALID;
    }
    s->user_busy_until_us = s->now_us + USER_BUSY_US;
    if (e.kind == INPUT_KEY) {
        key(s, (uint32_t)e.a, (uint32_t)e.b);
    } else if (e.kind == INPUT_TOUCH) {
        touch(s, e.a, e.b);
    } else {
        touch_up(s);
    }
    return DISPLAY_OK;
}
