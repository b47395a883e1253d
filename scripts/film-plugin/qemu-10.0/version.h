/* SPDX-License-Identifier: BSD-2-Clause */
#ifndef FILM_PLUGIN_VERSION_H
#define FILM_PLUGIN_VERSION_H

enum { PLUGIN_INTERFACE = 4 };

uint64_t qemu_plugin_hwaddr_phys_addr(const struct qemu_plugin_hwaddr *address);

/* How far an address lies behind the beginning of a memory, given as the phone and as QEMU
 * addresses it. */
static inline uint64_t offset_in(const struct qemu_plugin_hwaddr *address, uint64_t physical,
                                 const uint8_t *host)
{
    (void)host;
    return qemu_plugin_hwaddr_phys_addr(address) - physical;
}

/* How often instructions were executed. QEMU keeps one number for each CPU. */
struct qemu_plugin_scoreboard;

struct counter {
    struct qemu_plugin_scoreboard *score;
    size_t offset;
};

struct qemu_plugin_scoreboard *qemu_plugin_scoreboard_new(size_t bytes);
void qemu_plugin_register_vcpu_insn_exec_inline_per_vcpu(struct qemu_plugin_insn *instruction,
                                                         int operation, struct counter counter,
                                                         uint64_t step);
uint64_t qemu_plugin_u64_sum(struct counter counter);
size_t qemu_plugin_insn_data(const struct qemu_plugin_insn *instruction, void *data, size_t bytes);

static inline void begin_counter(struct counter *counter)
{
    *counter = (struct counter){ qemu_plugin_scoreboard_new(sizeof(uint64_t)), 0 };
}

static inline void count_executions(struct counter *counter, struct qemu_plugin_insn *instruction)
{
    qemu_plugin_register_vcpu_insn_exec_inline_per_vcpu(instruction, PLUGIN_ADD, *counter, 1);
}

static inline uint64_t executions(const struct counter *counter)
{
    return qemu_plugin_u64_sum(*counter);
}

static inline void read_opcode(const struct qemu_plugin_insn *instruction, void *opcode,
                               size_t bytes)
{
    (void)qemu_plugin_insn_data(instruction, opcode, bytes);
}

#endif
