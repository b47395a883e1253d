/* SPDX-License-Identifier: BSD-2-Clause */
#pragma once

#include "audit.h"
#include "dialler.h"
#include "display.h"
#include "joined.h"

#define CAP_DIALLER JOINED_CAP(ENDPOINT_DIALLER, JOINED_VM_BADGE)
