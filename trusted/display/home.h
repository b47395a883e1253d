/* SPDX-License-Identifier: BSD-2-Clause */
/* What the home page tells: the last calls, the log, what Linux does. */
#pragma once

#include "display.h"

enum { HISTORY_ENTRIES = 3, LOG_HEAD_WORDS = 4 };

struct history_entry {
    struct number number;
    uint32_t origin, outcome;
};

struct home {
    struct history_entry history[HISTORY_ENTRIES]; /* newest first */
    uint32_t history_count, log_count, log_head[LOG_HEAD_WORDS];
    enum legacy_state legacy_state;
    bool is_legacy_blocked;
    bool is_legacy_off;   /* stopped, or starting anew: its picture is its past */
    uint32_t legacy_past; /* that picture's sum */
};

/* What went out, or was answered by the person, makes no room for what was not. */
void home_add_call(struct home *h, const struct outcome_view *v);
void home_take_log(struct home *h, const struct log_view *v);
/* `pixels` is Linux' picture as it is now. */
void home_take_legacy(struct home *h, enum legacy_state state, const uint32_t *pixels);
/* Linux runs again, and its picture may still be the old one. */
bool home_awaits_picture(const struct home *h);
/* True: there is a new one, from now on. */
bool home_finds_picture(struct home *h, const uint32_t *pixels);
