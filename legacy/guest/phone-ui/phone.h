/* SPDX-License-Identifier: BSD-2-Clause */
/* The phone's state as the person sees it, and the buttons on its screen. */
#pragma once

#include "canvas.h"
#include "contacts.h"
#include "telephony.h"

#include <stdbool.h>
#include <stdint.h>

enum { BUTTONS_MAX = 48, RECENT_MAX = 8, NUMBER_MAX = 40 };

enum view { VIEW_KEYPAD, VIEW_CONTACTS, VIEW_RECENT, VIEW_CALL };

enum action {
    ACTION_NONE = 0,
    ACTION_SYMBOL, /* argument: the character */
    ACTION_ERASE,
    ACTION_CALL,
    ACTION_HANG_UP,
    ACTION_ANSWER,
    ACTION_VIEW,    /* argument: enum view */
    ACTION_CONTACT, /* argument: index */
    ACTION_REDIAL,  /* argument: index of a recent call */
};

enum look { LOOK_KEY, LOOK_CALL, LOOK_HANG_UP, LOOK_PLAIN, LOOK_TAB, LOOK_TAB_ON, LOOK_ROW };

struct button {
    struct rect place;
    enum action action;
    int argument;
    enum look look;
    const char *label;
    const char *detail;
};

struct recent {
    char number[NUMBER_MAX + 1];
    bool is_incoming;
};

struct phone {
    struct telephony telephony;
    struct contacts contacts;
    enum view view;
    char number[NUMBER_MAX + 1];
    struct recent recent[RECENT_MAX];
    int recent_count;
    char notice[96];
    int64_t notice_until_ms;
    int64_t active_since_ms; /* 0 = no conversation */
    struct button buttons[BUTTONS_MAX];
    int button_count;
    int pressed; /* index of the button under the finger, -1 = none */
};

/* views.c: lays the buttons of the present view out for this canvas, and draws it. */
void phone_layout(struct phone *p, const struct canvas *c);
void phone_draw(const struct phone *p, const struct canvas *c, int64_t now_ms);
int phone_button_at(const struct phone *p, int x, int y);
