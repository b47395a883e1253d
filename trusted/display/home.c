/* SPDX-License-Identifier: BSD-2-Clause */
/* What the home page tells: the last calls, the log, what Linux does. */
#include "home.h"
#include "layout.h"

enum {
    PICTURE_STEP = 61
}; /* every such pixel counts: prime, so that no column is always left out */

_Static_assert(LOG_HEAD_WORDS == sizeof(((struct log_view *)0)->head) / sizeof(uint32_t), "head");

/* Nobody answered it: Linux took it back, or the time was up. */
static bool is_noise(const struct history_entry *e)
{
    return e->origin == ORIGIN_LEGACY &&
           (e->outcome == DIAL_OUTCOME_WITHDRAWN || e->outcome == DIAL_OUTCOME_TIMED_OUT);
}

/* The row that a full list can spare: the oldest noise, or else, but not for noise, the last. */
static uint32_t row_to_spare(const struct home *h, bool is_for_noise)
{
    for (uint32_t i = HISTORY_ENTRIES; i-- > 0;) {
        if (is_noise(&h->history[i])) {
            return i;
        }
    }
    return is_for_noise ? HISTORY_ENTRIES : HISTORY_ENTRIES - 1;
}

void home_add_call(struct home *h, const struct outcome_view *v)
{
    const struct history_entry newest = { v->about.number, v->origin, v->outcome };
    uint32_t row = h->history_count;

    if (h->history_count < HISTORY_ENTRIES) {
        h->history_count++;
    } else {
        row = row_to_spare(h, is_noise(&newest));
    }
    if (row == HISTORY_ENTRIES) {
        return;
    }
    for (; row > 0; row--) {
        h->history[row] = h->history[row - 1];
    }
    h->history[0] = newest;
}

void home_take_log(struct home *h, const struct log_view *v)
{
    h->log_count = v->count;
    for (uint32_t i = 0; i < LOG_HEAD_WORDS; i++) {
        h->log_head[i] = v->head[i];
    }
}

/* Of pixels here and there, weighted by their places: 0 is a picture that has been cleared. */
static uint32_t sum_of(const uint32_t *pixels)
{
    const uint32_t count = (uint32_t)(layout[BOX_BELOW].width * layout[BOX_BELOW].height);
    uint32_t sum = 0;

    for (uint32_t i = 0; i < count; i += PICTURE_STEP) {
        sum = sum * 31 + pixels[i];
    }
    return sum;
}

void home_take_legacy(struct home *h, enum legacy_state state, const uint32_t *pixels)
{
    h->legacy_state = state;
    if (state != LEGACY_RUNNING && !h->is_legacy_off) {
        h->legacy_past = sum_of(pixels);
        h->is_legacy_off = true;
    }
}

bool home_awaits_picture(const struct home *h)
{
    return h->is_legacy_off && h->legacy_state == LEGACY_RUNNING;
}

/* The VMM clears the picture before its guest runs: until then it is another one's. */
bool home_finds_picture(struct home *h, const uint32_t *pixels)
{
    const uint32_t sum = sum_of(pixels);

    h->is_legacy_off = sum != 0 && sum == h->legacy_past;
    return !h->is_legacy_off;
}
