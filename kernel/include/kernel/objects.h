/* SPDX-License-Identifier: BSD-2-Clause */
/* All kinds of objects, for what deals with most of them. */
#ifndef KERNEL_OBJECTS_H
#define KERNEL_OBJECTS_H

#include "kernel/signal.h"
#include "kernel/space.h"
#include "kernel/thread.h"
#include "kernel/vcpu.h"

#endif
