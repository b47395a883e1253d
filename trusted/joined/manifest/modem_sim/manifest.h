/* SPDX-License-Identifier: BSD-2-Clause */
#pragma once

#include "audit.h"
#include "dialler.h"
#include "display.h"
#include "joined.h"

#define CAP_NOTIFICATION JOINED_CAP(TASK_SIM, 0)
#define CAP_TIMER JOINED_CAP(TASK_SIM, 2)
#define CAP_LINE_SIGNAL JOINED_CAP(TASK_MODEM, 1)
#define MEM_LINE_VA ((uintptr_t)joined_line)
#define MEM_WIRE_LOG_VA ((uintptr_t)joined_wire_log)
