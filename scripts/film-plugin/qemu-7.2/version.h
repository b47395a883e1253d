/* SPDX-License-Identifier: BSD-2-Clause */
#ifndef FILM_PLUGIN_VERSION_H
#define FILM_PLUGIN_VERSION_H

#include <string.h>

enum { PLUGIN_INTERFACE = 1 };
enum { HOST_ADDRESS_OFFSET = 8 }; /* in struct qemu_plugin_hwaddr, of memory that is no device */

/* How far an address lies behind the beginning of a memory, given as the phone and as QEMU
 * addresses it. This QEMU has the host's address at hand; to find the physical one takes it long.
 */
static inline uint64_t offset_in(const struct qemu_plugin_hwaddr *address, uint64_t physical,
                                 const uint8_t *host)
{
    const uint8_t *here;

    (void)physical;
    memcpy(&here, (const char *)address + HOST_ADDRESS_OFFSET, sizeof here);
    return (uint64_t)(here - host);
}

/* How often instructions were executed: one phone, one counter. */
struct counter {
    uint64_t value;
};

void qemu_plugin_register_vcpu_insn_exec_inline(struct qemu_plugin_insn *instruction, int operation,
                                                void *counter, uint64_t step);
const void *qemu_plugin_insn_data(const struct qemu_plugin_insn *instruction);

static inline void begin_counter(struct counter *counter)
{
    counter->value = 0;
}

static inline void count_executions(struct counter *counter, struct qemu_plugin_insn *instruction)
{
    qemu_plugin_register_vcpu_insn_exec_inline(instruction, PLUGIN_ADD, &counter->value, 1);
}

static inline uint64_t executions(const struct counter *counter)
{
    return counter->value;
}

static inline void read_opcode(const struct qemu_plugin_insn *instruction, void *opcode,
                               size_t bytes)
{
    memcpy(opcode, qemu_plugin_insn_data(instruction), bytes);
}

#endif
