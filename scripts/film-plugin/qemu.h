/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * What these plugins and those of scripts/bench call of QEMU, declared by hand: its plugin
 * interface and a few of its own functions, which Debian's binary exports because it is built with
 * modules. What differs between versions is in version.h, one in the folder of each version on
 * which the plugins were tried; with another one they are not loaded
 * (scripts/lib/phone/plugins.py).
 */
#ifndef FILM_PLUGIN_QEMU_H
#define FILM_PLUGIN_QEMU_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define EXPORT __attribute__((visibility("default")))

enum { PLUGIN_NO_REGISTERS = 0, PLUGIN_WRITES = 2, PLUGIN_ADD = 0, CLOCK_OF_PHONE = 1 };

struct qemu_info;
struct qemu_plugin_tb;
struct qemu_plugin_insn;
struct qemu_plugin_hwaddr;
typedef void plugin_memory_callback(unsigned cpu, uint32_t what, uint64_t virtual_address,
                                    void *opaque);
typedef void plugin_execution_callback(unsigned cpu, void *opaque);

void qemu_plugin_register_vcpu_tb_trans_cb(uint64_t id,
                                           void (*translated)(uint64_t id,
                                                              struct qemu_plugin_tb *block));
void qemu_plugin_register_atexit_cb(uint64_t id, void (*ended)(uint64_t id, void *opaque),
                                    void *opaque);
void qemu_plugin_register_vcpu_mem_cb(struct qemu_plugin_insn *instruction,
                                      plugin_memory_callback *callback, int registers, int accesses,
                                      void *opaque);
void qemu_plugin_register_vcpu_insn_exec_cb(struct qemu_plugin_insn *instruction,
                                            plugin_execution_callback *callback, int registers,
                                            void *opaque);
size_t qemu_plugin_tb_n_insns(const struct qemu_plugin_tb *block);
struct qemu_plugin_insn *qemu_plugin_tb_get_insn(const struct qemu_plugin_tb *block, size_t index);
size_t qemu_plugin_insn_size(const struct qemu_plugin_insn *instruction);
uint64_t qemu_plugin_insn_vaddr(const struct qemu_plugin_insn *instruction);
void *qemu_plugin_insn_haddr(const struct qemu_plugin_insn *instruction);
unsigned qemu_plugin_mem_size_shift(uint32_t what);
struct qemu_plugin_hwaddr *qemu_plugin_get_hwaddr(uint32_t what, uint64_t virtual_address);
bool qemu_plugin_hwaddr_is_io(const struct qemu_plugin_hwaddr *address);

/* QEMU's own. */
extern __thread void *current_cpu;
int64_t qemu_clock_get_ns(int clock);
void icount_update(void *cpu);
int64_t icount_get_raw(void);
extern int64_t timers_state[];
void *cpu_physical_memory_map(uint64_t address, uint64_t *bytes, bool is_write);
void cpu_physical_memory_rw(uint64_t address, void *data, uint64_t bytes, bool is_write);
void *qemu_add_vm_change_state_handler(void (*changed)(void *opaque, bool is_running, int state),
                                       void *opaque);
void *qemu_get_cpu(int index);
void arm_gt_htimer_cb(void *cpu);

#include "version.h"

#endif
