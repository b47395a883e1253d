/* SPDX-License-Identifier: BSD-2-Clause */
/* One-shot timers, each of which signals a notification. */
#pragma once

#include "kernel/object.h"
#include "kernel/timeline.h"

struct timer {
    struct dying dying;
    struct timeline_entry entry;
    struct cap signal_binding;
};
