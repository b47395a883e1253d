/* SPDX-License-Identifier: BSD-2-Clause */
#include "runtime/ipc.h"

#include "abi/syscall.h"
#include "runtime/arch_syscall.h"

/* Registers of a system call, as abi/syscall.h lists them for SYS_CALL and SYS_RECEIVE. */
enum { REG_CAP = 0, REG_INFO = 1, REG_WORDS = 2, REG_REPLY_OR_BADGE = 6 };

struct message_buffer *ipc_buffer(void)
{
    return arch_message_buffer();
}

static void message_load(const struct ipc_message *m, struct syscall_registers *r)
{
    abi_word *buffer = ipc_buffer()->words;

    for (uint32_t i = MESSAGE_REGISTERS; i < m->length; i++)
        buffer[i] = m->word[i];
    for (uint32_t i = 0; i < MESSAGE_REGISTERS; i++)
        r->value[REG_WORDS + i] = m->word[i];
    r->value[REG_INFO] = m->length | (m->has_cap ? MESSAGE_INFO_CAP : 0u);
}

static void message_store(const struct syscall_registers *r, struct ipc_message *m)
{
    const abi_word *buffer = ipc_buffer()->words;
    abi_word info = r->value[REG_INFO];

    m->length = (uint32_t)(info & MESSAGE_INFO_LENGTH_MASK);
    m->has_cap = (info & MESSAGE_INFO_CAP) != 0;
    m->is_signal = (info & MESSAGE_INFO_SIGNAL) != 0;
    m->signal_bits = m->is_signal ? r->value[REG_WORDS] : 0;
    m->badge = r->value[REG_REPLY_OR_BADGE];
    for (uint32_t i = 0; i < MESSAGE_REGISTERS; i++)
        m->word[i] = r->value[REG_WORDS + i];
    for (uint32_t i = MESSAGE_REGISTERS; i < m->length && i < MESSAGE_WORDS; i++)
        m->word[i] = buffer[i];
}

/* The kernel left the registers as they were: nothing was received. */
static enum status message_none(enum status status, struct ipc_message *m)
{
    m->length = 0;
    m->has_cap = false;
    m->is_signal = false;
    return status;
}

static enum status message_finish(const struct syscall_registers *r, struct ipc_message *m)
{
    enum status status = (enum status)r->value[0];

    if (status != STATUS_OK)
        return message_none(status, m);
    message_store(r, m);
    return STATUS_OK;
}

enum status ipc_call(cap_index endpoint, struct ipc_message *m)
{
    struct syscall_registers r = { .value = { [REG_CAP] = endpoint } };

    if (m->length > MESSAGE_WORDS)
        return STATUS_TOO_LONG;
    message_load(m, &r);
    arch_syscall_all(SYS_CALL, &r);
    return message_finish(&r, m);
}

enum status ipc_receive(cap_index endpoint, cap_index reply, struct ipc_message *m)
{
    struct syscall_registers r = {
        .value = { [REG_CAP] = endpoint, [REG_REPLY_OR_BADGE] = reply },
    };

    arch_syscall_all(SYS_RECEIVE, &r);
    return message_finish(&r, m);
}

enum status ipc_reply(cap_index reply, const struct ipc_message *m)
{
    struct syscall_registers r = { .value = { [REG_CAP] = reply } };

    if (m->length > MESSAGE_WORDS)
        return STATUS_TOO_LONG;
    message_load(m, &r);
    arch_syscall_all(SYS_REPLY, &r);
    return (enum status)r.value[0];
}

enum status ipc_reply_receive(cap_index endpoint, cap_index reply, struct ipc_message *m)
{
    struct syscall_registers r = {
        .value = { [REG_CAP] = endpoint, [REG_REPLY_OR_BADGE] = reply },
    };

    if (m->length > MESSAGE_WORDS)
        return STATUS_TOO_LONG;
    message_load(m, &r);
    arch_syscall_all(SYS_REPLY_RECEIVE, &r);
    return message_finish(&r, m);
}
