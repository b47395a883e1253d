/* SPDX-License-Identifier: BSD-2-Clause */
#pragma once

#include "audit.h"
#include "dialler.h"
#include "display.h"
#include "joined.h"

#define CAP_ENDPOINT JOINED_CAP(ENDPOINT_AUDIT, 0)
#define CAP_REPLY JOINED_CAP(REPLY_AUDIT, 0)
#define MEM_AUDIT_VA ((uintptr_t)joined_audit)
#define MEM_AUDIT_BYTES sizeof joined_audit
