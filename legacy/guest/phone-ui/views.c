/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The phone's views. Every length is a fraction of the canvas, so that any
 * framebuffer from about 320 x 480 up is usable.
 */
#include "phone.h"

#include <stdio.h>
#include <string.h>

enum {
    COLOUR_PAGE = 0xf5f6f8,
    COLOUR_HEADER = 0x263238,
    COLOUR_TEXT = 0x15191c,
    COLOUR_QUIET = 0x5f6b73,
    COLOUR_KEY = 0xffffff,
    COLOUR_KEY_DOWN = 0xcfd8dc,
    COLOUR_CALL = 0x2e7d32,
    COLOUR_CALL_DOWN = 0x1b5e20,
    COLOUR_HANG_UP = 0xc62828,
    COLOUR_HANG_UP_DOWN = 0x8e0000,
    COLOUR_LINE = 0xdfe3e6,
    COLOUR_ACCENT = 0x1565c0,
    COLOUR_WHITE = 0xffffff,
    COLOUR_CALL_PAGE = 0x1c2a31,
    COLOUR_CALL_QUIET = 0xb0bec5,
    COLOUR_NOTICE = 0xb71c1c,
};

/* Heights in thousandths of the canvas. */
enum { HEADER = 74, NUMBER_LINE = 132, KEYS = 560, CALL_ROW = 116, TABS = 96, ROW = 96 };

static int part(int whole, int thousandths)
{
    return whole * thousandths / 1000;
}

static struct rect inset(struct rect r, int by)
{
    return (struct rect){ r.x + by, r.y + by, r.width - 2 * by, r.height - 2 * by };
}

static void add(struct phone *p, struct button b)
{
    if (p->button_count < BUTTONS_MAX) {
        p->buttons[p->button_count++] = b;
    }
}

/* ---- layout ---------------------------------------------------------------------------------- */

static void layout_tabs(struct phone *p, const struct canvas *c)
{
    static const char *const names[] = { "Keypad", "Contacts", "Recent" };
    int height = part(c->height, TABS);
    for (int i = 0; i < 3; i++) {
        int left = c->width * i / 3;
        add(p, (struct button){
                   .place = { left, c->height - height, c->width * (i + 1) / 3 - left, height },
                   .action = ACTION_VIEW,
                   .argument = i,
                   .look = (int)p->view == i ? LOOK_TAB_ON : LOOK_TAB,
                   .label = names[i] });
    }
}

static void layout_keys(struct phone *p, const struct canvas *c)
{
    static const char *const labels[] = {
        "1", "2", "3", "4", "5", "6", "7", "8", "9", "*", "0", "#"
    };
    static const char *const letters[] = { "",     "ABC", "DEF",  "GHI", "JKL", "MNO",
                                           "PQRS", "TUV", "WXYZ", "",    "+",   "" };
    int top = part(c->height, HEADER + NUMBER_LINE), height = part(c->height, KEYS) / 4;
    int margin = part(c->width, 40), width = (c->width - 2 * margin) / 3;
    for (int i = 0; i < 12; i++) {
        struct rect cell = { margin + i % 3 * width, top + i / 3 * height, width, height };
        add(p, (struct button){ .place = inset(cell, 6),
                                .action = ACTION_SYMBOL,
                                .argument = labels[i][0],
                                .look = LOOK_KEY,
                                .label = labels[i],
                                .detail = letters[i] });
    }
}

static void layout_keypad(struct phone *p, const struct canvas *c)
{
    int top = part(c->height, HEADER + NUMBER_LINE + KEYS), height = part(c->height, CALL_ROW);
    int margin = part(c->width, 40), width = (c->width - 2 * margin) / 3;
    layout_keys(p, c);
    add(p, (struct button){ .place = inset((struct rect){ margin, top, width, height }, 6),
                            .action = ACTION_SYMBOL,
                            .argument = '+',
                            .look = LOOK_PLAIN,
                            .label = "+" });
    add(p, (struct button){ .place = inset((struct rect){ margin + width, top, width, height }, 6),
                            .action = ACTION_CALL,
                            .look = LOOK_CALL,
                            .label = "Call" });
    add(p,
        (struct button){ .place = inset((struct rect){ margin + 2 * width, top, width, height }, 6),
                         .action = ACTION_ERASE,
                         .look = LOOK_PLAIN,
                         .label = "⌫" });
}

static int rows_that_fit(const struct canvas *c)
{
    return (c->height - part(c->height, HEADER + TABS)) / part(c->height, ROW);
}

static struct rect row_place(const struct canvas *c, int index)
{
    int height = part(c->height, ROW);
    return (struct rect){ 0, part(c->height, HEADER) + index * height, c->width, height };
}

static void layout_contacts(struct phone *p, const struct canvas *c)
{
    for (int i = 0; i < p->contacts.count && i < rows_that_fit(c); i++) {
        add(p, (struct button){ .place = row_place(c, i),
                                .action = ACTION_CONTACT,
                                .argument = i,
                                .look = LOOK_ROW,
                                .label = p->contacts.entries[i].name,
                                .detail = p->contacts.entries[i].number });
    }
}

static void layout_recent(struct phone *p, const struct canvas *c)
{
    for (int i = 0; i < p->recent_count && i < rows_that_fit(c); i++) {
        const char *name = contacts_name(&p->contacts, p->recent[i].number);
        bool is_known = name[0] != 0;
        add(p, (struct button){ .place = row_place(c, i),
                                .action = ACTION_REDIAL,
                                .argument = i,
                                .look = LOOK_ROW,
                                .label = is_known ? name : p->recent[i].number,
                                .detail = p->recent[i].is_incoming ? "incoming"
                                          : is_known               ? p->recent[i].number
                                                                   : "" });
    }
}

static void layout_call(struct phone *p, const struct canvas *c)
{
    int size = part(c->height, 120), bottom = c->height - part(c->height, 210);
    bool is_incoming = p->telephony.state == CALL_INCOMING;
    int left = is_incoming ? c->width / 4 : c->width / 2;
    add(p, (struct button){ .place = { left - size, bottom, 2 * size, size },
                            .action = ACTION_HANG_UP,
                            .look = LOOK_HANG_UP,
                            .label = is_incoming ? "Decline" : "Hang up" });
    if (is_incoming) {
        add(p, (struct button){ .place = { c->width * 3 / 4 - size, bottom, 2 * size, size },
                                .action = ACTION_ANSWER,
                                .look = LOOK_CALL,
                                .label = "Answer" });
    }
}

void phone_layout(struct phone *p, const struct canvas *c)
{
    static void (*const layouts[])(struct phone *, const struct canvas *) = {
        [VIEW_KEYPAD] = layout_keypad,
        [VIEW_CONTACTS] = layout_contacts,
        [VIEW_RECENT] = layout_recent,
        [VIEW_CALL] = layout_call,
    };
    p->button_count = 0;
    layouts[p->view](p, c);
    if (p->view != VIEW_CALL) {
        layout_tabs(p, c);
    }
}

int phone_button_at(const struct phone *p, int x, int y)
{
    for (int i = 0; i < p->button_count; i++) {
        struct rect r = p->buttons[i].place;
        if (x >= r.x && x < r.x + r.width && y >= r.y && y < r.y + r.height) {
            return i;
        }
    }
    return -1;
}

/* ---- drawing --------------------------------------------------------------------------------- */

static void draw_key(const struct canvas *c, const struct button *b, bool is_down)
{
    struct rect upper = b->place, lower = b->place;
    canvas_round(c, b->place, 16, is_down ? COLOUR_KEY_DOWN : COLOUR_KEY);
    upper.height = upper.height * 7 / 10;
    lower.y += upper.height * 9 / 10;
    lower.height -= upper.height * 9 / 10;
    canvas_text_centred(c, upper, FONT_LARGE, COLOUR_TEXT, b->label);
    canvas_text_centred(c, lower, FONT_SMALL, COLOUR_QUIET, b->detail);
}

static void draw_round(const struct canvas *c, const struct button *b, uint32_t colour)
{
    canvas_round(c, b->place, b->place.height / 2, colour);
    canvas_text_centred(c, b->place, FONT_BOLD, COLOUR_WHITE, b->label);
}

static void draw_tab(const struct canvas *c, const struct button *b, bool is_on, bool is_down)
{
    struct rect mark = { b->place.x + b->place.width / 5, b->place.y, b->place.width * 3 / 5, 4 };
    canvas_fill(c, b->place, is_down ? COLOUR_KEY_DOWN : COLOUR_WHITE);
    if (is_on) {
        canvas_fill(c, mark, COLOUR_ACCENT);
    }
    canvas_text_centred(c, b->place, FONT_TEXT, is_on ? COLOUR_ACCENT : COLOUR_QUIET, b->label);
}

static void draw_row(const struct canvas *c, const struct button *b, bool is_down)
{
    struct rect r = b->place, badge = { r.x + 16, r.y + 10, r.height - 20, r.height - 20 };
    char initial[2] = { b->label[0], 0 };
    int text_x = badge.x + badge.width + 16;
    canvas_fill(c, r, is_down ? COLOUR_KEY_DOWN : COLOUR_WHITE);
    canvas_fill(c, (struct rect){ text_x, r.y + r.height - 1, r.width - text_x, 1 }, COLOUR_LINE);
    canvas_round(c, badge, badge.width / 2, COLOUR_ACCENT);
    canvas_text_centred(c, badge, FONT_BOLD, COLOUR_WHITE, initial);
    canvas_text(c, text_x, r.y + r.height / 2 - text_height(FONT_TEXT), FONT_TEXT, COLOUR_TEXT,
                b->label);
    canvas_text(c, text_x, r.y + r.height / 2 + 4, FONT_SMALL, COLOUR_QUIET, b->detail);
}

static void draw_button(const struct canvas *c, const struct button *b, bool is_down)
{
    switch (b->look) {
    case LOOK_KEY:
        draw_key(c, b, is_down);
        break;
    case LOOK_CALL:
        draw_round(c, b, is_down ? COLOUR_CALL_DOWN : COLOUR_CALL);
        break;
    case LOOK_HANG_UP:
        draw_round(c, b, is_down ? COLOUR_HANG_UP_DOWN : COLOUR_HANG_UP);
        break;
    case LOOK_PLAIN:
        canvas_round(c, b->place, 16, is_down ? COLOUR_KEY_DOWN : COLOUR_PAGE);
        canvas_text_centred(c, b->place, FONT_LARGE, COLOUR_QUIET, b->label);
        break;
    case LOOK_TAB:
    case LOOK_TAB_ON:
        draw_tab(c, b, b->look == LOOK_TAB_ON, is_down);
        break;
    case LOOK_ROW:
        draw_row(c, b, is_down);
        break;
    }
}

static void draw_strength(const struct canvas *c, int right, int bottom, int percent)
{
    for (int i = 0; i < 4; i++) {
        int height = 8 + 6 * i;
        uint32_t colour = percent > 25 * i ? COLOUR_WHITE : 0x546e7a;
        canvas_fill(c, (struct rect){ right - 40 + 10 * i, bottom - height, 7, height }, colour);
    }
}

static void draw_header(const struct phone *p, const struct canvas *c)
{
    static const char *const titles[] = { "Phone", "Contacts", "Recent calls", "Call" };
    struct rect bar = { 0, 0, c->width, part(c->height, HEADER) };
    const char *network = !p->telephony.is_online ? "No network" : p->telephony.network;
    int middle = bar.height / 2;
    canvas_fill(c, bar, COLOUR_HEADER);
    canvas_text(c, 20, middle - text_height(FONT_BOLD) / 2, FONT_BOLD, COLOUR_WHITE,
                titles[p->view]);
    canvas_text(c, c->width - 72 - text_width(FONT_SMALL, network),
                middle - text_height(FONT_SMALL) / 2, FONT_SMALL, COLOUR_CALL_QUIET, network);
    draw_strength(c, c->width - 18, middle + 13,
                  p->telephony.is_online ? p->telephony.strength : 0);
}

/* In the largest type that fits; a very long number loses its beginning, as phones do. */
static void draw_number(const struct canvas *c, struct rect r, uint32_t colour, const char *number)
{
    static const enum font_name sizes[] = { FONT_LARGE, FONT_PRICE, FONT_TEXT, FONT_SMALL };
    for (unsigned i = 0; i < sizeof sizes / sizeof sizes[0]; i++) {
        if (text_width(sizes[i], number) <= r.width - 32) {
            canvas_text_centred(c, r, sizes[i], colour, number);
            return;
        }
    }
    while (text_width(FONT_SMALL, number) > r.width - 32) {
        number++;
    }
    canvas_text_centred(c, r, FONT_SMALL, colour, number);
}

static void draw_keypad_top(const struct phone *p, const struct canvas *c, int64_t now_ms)
{
    struct rect line = { 0, part(c->height, HEADER), c->width, part(c->height, NUMBER_LINE) };
    struct rect name = { 0, line.y + line.height * 7 / 10, c->width, line.height * 3 / 10 };
    bool has_notice = now_ms < p->notice_until_ms;
    canvas_fill(c, (struct rect){ line.x, line.y, line.width, line.height - 4 }, COLOUR_WHITE);
    if (p->number[0] == 0 && !has_notice) {
        canvas_text_centred(c, line, FONT_TEXT, COLOUR_QUIET, "Enter a number");
        return;
    }
    draw_number(c, line, COLOUR_TEXT, p->number);
    canvas_text_centred(c, name, FONT_SMALL, has_notice ? COLOUR_NOTICE : COLOUR_QUIET,
                        has_notice ? p->notice : contacts_name(&p->contacts, p->number));
}

static void call_status(const struct phone *p, int64_t now_ms, char *out, size_t bytes)
{
    static const char *const texts[] = {
        [CALL_NONE] = "",
        [CALL_DIALLING] = "Calling…",
        [CALL_ALERTING] = "Ringing…",
        [CALL_ACTIVE] = "",
        [CALL_HELD] = "On hold",
        [CALL_INCOMING] = "Incoming call",
        [CALL_ENDED] = "Call ended",
    };
    if (p->telephony.state == CALL_ACTIVE) {
        int seconds = (int)((now_ms - p->active_since_ms) / 1000);
        (void)snprintf(out, bytes, "%02d:%02d", seconds / 60, seconds % 60);
    } else {
        (void)snprintf(out, bytes, "%s", texts[p->telephony.state]);
    }
}

static void draw_call(const struct phone *p, const struct canvas *c, int64_t now_ms)
{
    const char *name = contacts_name(&p->contacts, p->telephony.number);
    int size = part(c->height, 180);
    struct rect badge = { (c->width - size) / 2, part(c->height, 150), size, size };
    struct rect line = { 0, badge.y + size + 20, c->width, 60 }, below = line, status_place = line;
    char status[32], initial[2] = { name[0] == 0 ? '#' : name[0], 0 };
    below.y += 56;
    status_place.y += 120;
    call_status(p, now_ms, status, sizeof status);
    canvas_fill(c, (struct rect){ 0, part(c->height, HEADER), c->width, c->height },
                COLOUR_CALL_PAGE);
    canvas_round(c, badge, size / 2, COLOUR_ACCENT);
    canvas_text_centred(c, badge, FONT_LARGE, COLOUR_WHITE, initial);
    draw_number(c, line, COLOUR_WHITE, name[0] == 0 ? p->telephony.number : name);
    canvas_text_centred(c, below, FONT_TEXT, COLOUR_CALL_QUIET,
                        name[0] == 0 ? "" : p->telephony.number);
    canvas_text_centred(c, status_place, FONT_TEXT, COLOUR_CALL_QUIET, status);
}

static void draw_empty_list(const struct phone *p, const struct canvas *c)
{
    bool is_empty = p->view == VIEW_CONTACTS ? p->contacts.count == 0 : p->recent_count == 0;
    if (is_empty) {
        canvas_text_centred(c, (struct rect){ 0, 0, c->width, c->height }, FONT_TEXT, COLOUR_QUIET,
                            "Nothing here yet");
    }
}

void phone_draw(const struct phone *p, const struct canvas *c, int64_t now_ms)
{
    canvas_fill(c, (struct rect){ 0, 0, c->width, c->height }, COLOUR_PAGE);
    if (p->view == VIEW_KEYPAD) {
        draw_keypad_top(p, c, now_ms);
    } else if (p->view == VIEW_CALL) {
        draw_call(p, c, now_ms);
    } else {
        draw_empty_list(p, c);
    }
    draw_header(p, c);
    for (int i = 0; i < p->button_count; i++) {
        draw_button(c, &p->buttons[i], i == p->pressed);
    }
}
