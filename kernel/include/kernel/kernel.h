/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * What the architecture needs to know of the kernel: struct cpu for the trap
 * path's offsets, and the panic.
 */
#ifndef KERNEL_KERNEL_H
#define KERNEL_KERNEL_H

#include "kernel/cpu.h"
#include "kernel/panic.h"

#endif
