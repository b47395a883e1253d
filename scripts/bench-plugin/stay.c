/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * A QEMU TCG plugin that finds the kernel's longest stay: how many instructions it executes,
 * interrupts masked, without a look at the interrupt line. The kernel is what runs at addresses
 * [from, to); a stay begins with its first instruction and ends with one that looks (ISR is read),
 * leaves (ERET) or idles (WFI). What comes before the first return to user space is the boot, and
 * does not count. All points are given as opcode:mask. Prints "STAY <instructions> begun at
 * <address>" on standard error as the emulator ends.
 */
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "qemu.h"

EXPORT extern int qemu_plugin_version;
EXPORT int qemu_plugin_install(uint64_t id, const struct qemu_info *info, int argc, char **argv);

int qemu_plugin_version = PLUGIN_INTERFACE;

static uint64_t from_address, to_address;

struct point {
    uint32_t opcode, mask;
};
static struct point look, leave, idle;

static uint64_t stay, stay_began, longest, longest_began;
static int is_booted;

static void executed(unsigned int cpu, void *address)
{
    (void)cpu;
    if (stay++ == 0) {
        stay_began = (uint64_t)(uintptr_t)address;
    }
    if (is_booted && stay > longest) {
        longest = stay;
        longest_began = stay_began;
    }
}

static void looked(unsigned int cpu, void *unused)
{
    (void)cpu;
    (void)unused;
    stay = 0;
}

static void left(unsigned int cpu, void *unused)
{
    looked(cpu, unused);
    is_booted = 1;
}

static int is_point(uint32_t opcode, const struct point *point)
{
    return (opcode & point->mask) == point->opcode;
}

static void translated(uint64_t id, struct qemu_plugin_tb *tb)
{
    size_t count = qemu_plugin_tb_n_insns(tb);

    (void)id;
    for (size_t i = 0; i < count; i++) {
        struct qemu_plugin_insn *insn = qemu_plugin_tb_get_insn(tb, i);
        uint64_t address = qemu_plugin_insn_vaddr(insn);
        uint32_t opcode = 0;

        if (address < from_address || address >= to_address) {
            continue;
        }
        read_opcode(insn, &opcode, sizeof opcode);
        qemu_plugin_register_vcpu_insn_exec_cb(insn, executed, PLUGIN_NO_REGISTERS,
                                               (void *)(uintptr_t)address);
        if (is_point(opcode, &look) || is_point(opcode, &idle)) {
            qemu_plugin_register_vcpu_insn_exec_cb(insn, looked, PLUGIN_NO_REGISTERS, NULL);
        } else if (is_point(opcode, &leave)) {
            qemu_plugin_register_vcpu_insn_exec_cb(insn, left, PLUGIN_NO_REGISTERS, NULL);
        }
    }
}

static void ended(uint64_t id, void *unused)
{
    (void)id;
    (void)unused;
    fprintf(stderr, "STAY %" PRIu64 " begun at 0x%" PRIx64 "\n", longest, longest_began);
}

static int parse_argument(const char *argument)
{
    static const struct {
        const char *name;
        uint64_t *address;
        struct point *point;
    } options[] = {
        { "from=", &from_address, NULL }, { "to=", &to_address, NULL }, { "look=", NULL, &look },
        { "leave=", NULL, &leave },       { "idle=", NULL, &idle },
    };

    for (size_t i = 0; i < sizeof options / sizeof options[0]; i++) {
        size_t length = strlen(options[i].name);
        char *end;

        if (strncmp(argument, options[i].name, length) != 0) {
            continue;
        }
        uint64_t value = strtoull(argument + length, &end, 0);
        if (options[i].address != NULL) {
            *options[i].address = value;
        } else {
            *options[i].point =
                (struct point){ (uint32_t)value, (uint32_t)strtoull(end + 1, NULL, 0) };
        }
        return 0;
    }
    fprintf(stderr, "stay: unknown argument '%s' (from, to, look, leave, idle)\n", argument);
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
    qemu_plugin_register_vcpu_tb_trans_cb(id, translated);
    qemu_plugin_register_atexit_cb(id, ended, NULL);
    return 0;
}
