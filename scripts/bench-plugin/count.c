/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * A QEMU TCG plugin that counts executed instructions, at all exception levels,
 * between the first execution of one address and the first execution of
 * another: -plugin count.so,start=0x40200000,end=0x7e0000000
 * Prints "COUNT start" and "COUNT <instructions>" on standard error, then ends
 * the emulator. Counting is per instruction, so that a trap in the middle of a
 * translated block is counted right.
 */
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <qemu-plugin.h>

QEMU_PLUGIN_EXPORT int qemu_plugin_version = QEMU_PLUGIN_VERSION;

static uint64_t executed;
static uint64_t start_address, end_address;
static uint64_t executed_at_start;
static int running;

static void at_start(unsigned int cpu, void *unused)
{
    (void)cpu;
    (void)unused;
    if (!running) {
        running = 1;
        executed_at_start = executed;
        fprintf(stderr, "COUNT start\n");
    }
}

static void at_end(unsigned int cpu, void *unused)
{
    (void)cpu;
    (void)unused;
    if (running) {
        fprintf(stderr, "COUNT %" PRIu64 "\n", executed - executed_at_start);
        exit(0);
    }
}

static void translated(qemu_plugin_id_t id, struct qemu_plugin_tb *tb)
{
    (void)id;
    size_t count = qemu_plugin_tb_n_insns(tb);
    for (size_t i = 0; i < count; i++) {
        struct qemu_plugin_insn *insn = qemu_plugin_tb_get_insn(tb, i);
        uint64_t address = qemu_plugin_insn_vaddr(insn);
        qemu_plugin_register_vcpu_insn_exec_inline(insn, QEMU_PLUGIN_INLINE_ADD_U64, &executed, 1);
        if (address == start_address) {
            qemu_plugin_register_vcpu_insn_exec_cb(insn, at_start, QEMU_PLUGIN_CB_NO_REGS, NULL);
        }
        if (address == end_address) {
            qemu_plugin_register_vcpu_insn_exec_cb(insn, at_end, QEMU_PLUGIN_CB_NO_REGS, NULL);
        }
    }
}

static int parse_argument(const char *argument)
{
    if (strncmp(argument, "start=", 6) == 0) {
        start_address = strtoull(argument + 6, NULL, 0);
    } else if (strncmp(argument, "end=", 4) == 0) {
        end_address = strtoull(argument + 4, NULL, 0);
    } else {
        fprintf(stderr, "count: unknown argument '%s' (start=ADDRESS end=ADDRESS)\n", argument);
        return -1;
    }
    return 0;
}

QEMU_PLUGIN_EXPORT int qemu_plugin_install(qemu_plugin_id_t id, const qemu_info_t *info, int argc,
                                           char **argv)
{
    (void)info;
    for (int i = 0; i < argc; i++) {
        if (parse_argument(argv[i]) != 0) {
            return -1;
        }
    }
    qemu_plugin_register_vcpu_tb_trans_cb(id, translated);
    return 0;
}
