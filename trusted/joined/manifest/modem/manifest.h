/* SPDX-License-Identifier: BSD-2-Clause */
#pragma once

#include "audit.h"
#include "dialler.h"
#include "display.h"
#include "joined.h"

#define CAP_ENDPOINT JOINED_CAP(ENDPOINT_MODEM, 0)
#define CAP_REPLY JOINED_CAP(REPLY_MODEM, 0)
#define CAP_TIMER JOINED_CAP(TASK_MODEM, 2)
#define CAP_DIALLER_SIGNAL JOINED_CAP(TASK_DIALLER, DIALLER_SIGNAL_MODEM)
#define CAP_LINE_SIGNAL JOINED_CAP(TASK_SIM, 1)
#define MEM_LINE_VA ((uintptr_t)joined_line)
