/* SPDX-License-Identifier: BSD-2-Clause */
/* All kinds of objects, for what deals with most of them. */
#ifndef KERNEL_OBJECTS_H
#define KERNEL_OBJECTS_H

#include "kernel/cnode.h"
#include "kernel/endpoint.h"
#include "kernel/frame.h"
#include "kernel/irq.h"
#include "kernel/notification.h"
#include "kernel/reply.h"
#include "kernel/sched.h"
#include "kernel/space.h"
#include "kernel/thread.h"
#include "kernel/timer.h"
#include "kernel/untyped.h"
#include "kernel/vcpu.h"

#endif
