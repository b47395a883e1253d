/* SPDX-License-Identifier: BSD-2-Clause */
#pragma once

#include "display.h"
#include "manifest.h"
#include "runtime/ipc.h"

static inline void tell_display(const struct input_event *events, uint32_t count)
{
    for (const struct input_event *e = events; e < events + count; e++) {
        const struct input_report report = { DISPLAY_INPUT, e->kind, (uint32_t)e->a,
                                             (uint32_t)e->b };
        struct ipc_message m = { .length = MESSAGE_LENGTH(report) };

        message_put(m.word, &report, m.length);
        (void)ipc_call(CAP_DISPLAY, &m); /* a display that restarts misses an event, no more */
    }
}
