/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The legacy phone's touch screen: keypad, contacts, recent calls, call. All calls go
 * through oFono; this program knows nothing of what stands behind the modem line.
 */
#include "phone.h"
#include "screen.h"
#include "touch.h"

#include <linux/input-event-codes.h>
#include <stdio.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

enum { NOTICE_MS = 4000, IDLE_POLL_MS = 1000 };

static int64_t now_ms(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

static void notice(struct phone *p, const char *text)
{
    (void)snprintf(p->notice, sizeof p->notice, "%s", text);
    p->notice_until_ms = now_ms() + NOTICE_MS;
}

static void remember(struct phone *p, const char *number, bool is_incoming)
{
    memmove(&p->recent[1], &p->recent[0], sizeof p->recent[0] * (RECENT_MAX - 1));
    (void)snprintf(p->recent[0].number, sizeof p->recent[0].number, "%.*s", NUMBER_MAX, number);
    p->recent[0].is_incoming = is_incoming;
    p->recent_count += p->recent_count < RECENT_MAX;
}

static void dial(struct phone *p, const char *written)
{
    char number[CONTACT_TEXT];
    dialable(written, number);
    if (number[0] == 0) {
        return;
    }
    bool is_code = number[0] == '*' || number[0] == '#';
    bool is_sent = is_code ? telephony_service_code(&p->telephony, number)
                           : telephony_dial(&p->telephony, number, "");
    if (!is_sent) {
        notice(p, "No connection to the modem");
    } else {
        remember(p, number, false);
    }
}

static void type(struct phone *p, int symbol)
{
    size_t length = strlen(p->number);
    if (length < NUMBER_MAX) {
        p->number[length] = (char)symbol;
        p->number[length + 1] = 0;
    }
}

static void erase(struct phone *p)
{
    size_t length = strlen(p->number);
    if (length > 0) {
        p->number[length - 1] = 0;
    }
}

/* The call key on an empty line brings the last number back, as phones do. */
static void call_key(struct phone *p)
{
    if (p->number[0] == 0 && p->recent_count > 0) {
        (void)snprintf(p->number, sizeof p->number, "%s", p->recent[0].number);
    } else {
        dial(p, p->number);
    }
}

static void act(struct phone *p, enum action action, int argument)
{
    switch (action) {
    case ACTION_NONE:
        break;
    case ACTION_SYMBOL:
        type(p, argument);
        break;
    case ACTION_ERASE:
        erase(p);
        break;
    case ACTION_CALL:
        call_key(p);
        break;
    case ACTION_HANG_UP:
        telephony_hang_up(&p->telephony);
        break;
    case ACTION_ANSWER:
        telephony_answer(&p->telephony);
        break;
    case ACTION_VIEW:
        p->view = (enum view)argument;
        break;
    case ACTION_CONTACT:
        dial(p, p->contacts.entries[argument].number);
        break;
    case ACTION_REDIAL:
        dial(p, p->recent[argument].number);
        break;
    }
}

static void key(struct phone *p, int code)
{
    static const char digits[] = "1234567890";
    if (code >= KEY_1 && code <= KEY_0) {
        type(p, digits[code - KEY_1]);
    } else if (code == KEY_KPASTERISK) {
        type(p, '*');
    } else if (code == KEY_BACKSPACE) {
        erase(p);
    } else if (code == KEY_ENTER) {
        call_key(p);
    } else if (code == KEY_ESC) {
        act(p, ACTION_HANG_UP, 0);
    }
}

/* A button acts when the finger leaves it where it came down. */
static void handle(struct phone *p, const struct touch_event *e)
{
    int under = phone_button_at(p, e->x, e->y);
    switch (e->kind) {
    case TOUCH_DOWN:
        p->pressed = under;
        break;
    case TOUCH_MOVE:
        p->pressed = under == p->pressed ? under : -1;
        break;
    case TOUCH_UP:
        if (p->pressed >= 0 && under == p->pressed) {
            act(p, p->buttons[under].action, p->buttons[under].argument);
        }
        p->pressed = -1;
        break;
    case TOUCH_KEY:
        key(p, e->key);
        break;
    case TOUCH_NONE:
        break;
    }
}

/* oFono said something new: which view, and since when are we talking? */
static void follow_call(struct phone *p, enum call_state before)
{
    enum call_state state = p->telephony.state;
    if (state == CALL_ACTIVE && before != CALL_ACTIVE) {
        p->active_since_ms = now_ms();
    }
    if (state != CALL_NONE) {
        p->view = VIEW_CALL;
    } else if (before != CALL_NONE) {
        p->view = VIEW_KEYPAD;
        p->number[0] = 0;
        notice(p, before == CALL_ACTIVE ? "Call ended" : "Not connected");
    }
    if (state == CALL_INCOMING && before != CALL_INCOMING) {
        remember(p, p->telephony.number, true);
    }
    if (p->telephony.error[0] != 0 && state == CALL_NONE) {
        notice(p, "The call was not possible");
        p->telephony.error[0] = 0;
    }
}

static void wait_for_something(const struct phone *p, const struct touch *t)
{
    struct pollfd set[TOUCH_DEVICES + 1];
    int count = touch_poll_set(t, set);
    if (p->telephony.bus != NULL) {
        set[count++] = (struct pollfd){ .fd = telephony_fd(&p->telephony), .events = POLLIN };
    }
    (void)poll(set, (nfds_t)count, IDLE_POLL_MS);
}

static bool take_touches(struct phone *p, struct touch *t, const struct canvas *c)
{
    bool has_changed = false;
    for (struct touch_event e = touch_next(t); e.kind != TOUCH_NONE; e = touch_next(t)) {
        phone_layout(p, c);
        handle(p, &e);
        has_changed = true;
    }
    return has_changed;
}

/* D-Bus may come up after the screen: try again until it is there. */
static bool take_telephony(struct phone *p)
{
    if (p->telephony.bus == NULL && !telephony_open(&p->telephony)) {
        return false;
    }
    enum call_state before = p->telephony.state;
    bool has_changed = telephony_poll(&p->telephony, 0);
    if (has_changed) {
        follow_call(p, before);
    }
    return has_changed;
}

static void run(struct phone *p, struct touch *t, const struct screen *s)
{
    for (bool has_changed = true;;) {
        bool is_ticking = p->telephony.state == CALL_ACTIVE || p->notice_until_ms != 0;
        if (has_changed || is_ticking) {
            p->notice_until_ms = now_ms() < p->notice_until_ms ? p->notice_until_ms : 0;
            phone_layout(p, &s->canvas);
            phone_draw(p, &s->canvas, now_ms());
            screen_show(s);
        }
        wait_for_something(p, t);
        has_changed = take_touches(p, t, &s->canvas);
        has_changed |= take_telephony(p);
    }
}

int main(void)
{
    static struct phone phone = { .pressed = -1 };
    static struct screen screen;
    static struct touch touch;
    if (!screen_open(&screen)) {
        fprintf(stderr, "phone-ui: no framebuffer\n");
        return 1;
    }
    contacts_load(&phone.contacts, "/etc/robin/contacts");
    touch_open(&touch, screen.canvas.width, screen.canvas.height);
    run(&phone, &touch, &screen);
}
