/* SPDX-License-Identifier: BSD-2-Clause */
/* All kinds of objects, for what deals with most of them. */
#pragma once

#include "kernel/cnode.h"
#include "kernel/delete.h"
#include "kernel/object.h"
#include "kernel/signal.h"
#include "kernel/space.h"
#include "kernel/syscall.h"
#include "kernel/thread.h"
#include "kernel/untyped.h"
#include "kernel/vcpu.h"
