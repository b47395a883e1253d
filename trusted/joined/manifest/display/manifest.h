/* SPDX-License-Identifier: BSD-2-Clause */
#pragma once

#include "audit.h"
#include "dialler.h"
#include "display.h"
#include "joined.h"

#define CAP_ENDPOINT JOINED_CAP(ENDPOINT_DISPLAY, 0)
#define CAP_REPLY JOINED_CAP(REPLY_DISPLAY, 0)
#define CAP_REPLY_PROMPT JOINED_CAP(REPLY_DISPLAY_PROMPT, 0)
#define CAP_TIMER JOINED_CAP(TASK_DISPLAY, 1)
#define CAP_DIALLER_SIGNAL JOINED_CAP(TASK_DIALLER, DIALLER_SIGNAL_DISPLAY)
#define CAP_LEGACY_SIGNAL JOINED_CAP(TASK_TEST, TEST_SIGNAL_INPUT)
#define MEM_FRAMEBUFFER_VA ((uintptr_t)joined_panel)
#define MEM_FRAMEBUFFER_BYTES sizeof joined_panel
#define MEM_LEGACY_INPUT_VA ((uintptr_t)joined_input)
#define MEM_LEGACY_INPUT_BYTES sizeof joined_input
#define MEM_LEGACY_VIEW_VA ((uintptr_t)joined_view)
#define MEM_LEGACY_VIEW_BYTES sizeof joined_view
