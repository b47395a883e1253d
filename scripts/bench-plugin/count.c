/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * A QEMU TCG plugin that counts executed instructions, at all exception levels,
 * between two points: -plugin count.so,start=0x40200000,end-opcode=0xd5032e1f
 * A point is the first execution of an address, or of an opcode: the marks of
 * runtime/mark.h are hint instructions that nobody else uses, so that they are
 * found whatever address space they run in. `start-opcode` counts from the last
 * execution before the end, `start` from the first.
 * Prints "COUNT start" and "COUNT <instructions>" on standard error, then ends
 * the emulator. Counting is per instruction, so that a trap in the middle of a
 * translated block is counted right.
 */
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "qemu.h"

EXPORT extern int qemu_plugin_version;
EXPORT int qemu_plugin_install(uint64_t id, const struct qemu_info *info, int argc, char **argv);

int qemu_plugin_version = PLUGIN_INTERFACE;

static struct counter executed;
static uint64_t start_address, end_address;
static uint64_t start_opcode, end_opcode;
static uint64_t executed_at_start;
static int running;

static void at_start(unsigned int cpu, void *unused)
{
    (void)cpu;
    (void)unused;
    if (!running || start_opcode != 0) {
        running = 1;
        executed_at_start = executions(&executed);
        fprintf(stderr, "COUNT start\n");
    }
}

static void at_end(unsigned int cpu, void *unused)
{
    (void)cpu;
    (void)unused;
    if (running) {
        fprintf(stderr, "COUNT %" PRIu64 "\n", executions(&executed) - executed_at_start);
        exit(0);
    }
}

static int is_point(uint64_t address, uint32_t opcode, uint64_t wanted_address,
                    uint64_t wanted_opcode)
{
    return (wanted_address != 0 && address == wanted_address) ||
           (wanted_opcode != 0 && opcode == wanted_opcode);
}

static void translated(uint64_t id, struct qemu_plugin_tb *tb)
{
    (void)id;
    size_t count = qemu_plugin_tb_n_insns(tb);
    for (size_t i = 0; i < count; i++) {
        struct qemu_plugin_insn *insn = qemu_plugin_tb_get_insn(tb, i);
        uint64_t address = qemu_plugin_insn_vaddr(insn);
        count_executions(&executed, insn);
        uint32_t opcode = 0;
        if (qemu_plugin_insn_size(insn) == sizeof opcode) {
            read_opcode(insn, &opcode, sizeof opcode);
        }
        if (is_point(address, opcode, start_address, start_opcode)) {
            qemu_plugin_register_vcpu_insn_exec_cb(insn, at_start, PLUGIN_NO_REGISTERS, NULL);
        }
        if (is_point(address, opcode, end_address, end_opcode)) {
            qemu_plugin_register_vcpu_insn_exec_cb(insn, at_end, PLUGIN_NO_REGISTERS, NULL);
        }
    }
}

static const struct {
    const char *name;
    uint64_t *value;
} options[] = {
    { "start=", &start_address },
    { "end=", &end_address },
    { "start-opcode=", &start_opcode },
    { "end-opcode=", &end_opcode },
};

static int parse_argument(const char *argument)
{
    for (size_t i = 0; i < sizeof options / sizeof options[0]; i++) {
        size_t length = strlen(options[i].name);
        if (strncmp(argument, options[i].name, length) == 0) {
            *options[i].value = strtoull(argument + length, NULL, 0);
            return 0;
        }
    }
    fprintf(stderr, "count: unknown argument '%s' (start, end, start-opcode, end-opcode)\n",
            argument);
    return -1;
}

int qemu_plugin_install(uint64_t id, const struct qemu_info *info, int argc, char **argv)
{
    (void)info;
    for (int i = 0; i < argc; i++) {
        if (parse_argument(argv[i]) != 0) {
            return -1;
        }
    }
    begin_counter(&executed);
    qemu_plugin_register_vcpu_tb_trans_cb(id, translated);
    return 0;
}
