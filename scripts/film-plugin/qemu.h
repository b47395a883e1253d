/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * What these plugins call of QEMU 7.2, declared by hand: its plugin interface (version 1) and a few of its own
 * functions, which Debian's binary exports because it is built with modules. scripts/robinlib/plugins.py names the
 * versions on which this was tried; with another one the plugins are not loaded.
 */
#ifndef FILM_PLUGIN_QEMU_H
#define FILM_PLUGIN_QEMU_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define EXPORT __attribute__((visibility("default")))

enum { PLUGIN_INTERFACE = 1 };

struct qemu_info;

/* QEMU's own. */
void *qemu_add_vm_change_state_handler(void (*changed)(void *, bool, int), void *opaque);
void *qemu_get_cpu(int index);
void cpu_physical_memory_rw(uint64_t address, void *data, uint64_t bytes, bool is_write);
void arm_gt_htimer_cb(void *cpu);

#endif
