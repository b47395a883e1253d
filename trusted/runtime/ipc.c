/* SPDX-License-Identifier: BSD-2-Clause */
/* Messages by way of the IPC buffer, for whatever does not fit into registers. */
#include "runtime/ipc.h"

#include "abi/syscall.h"
#include "runtime/arch_syscall.h"

/* Registers of a system call, as abi/syscall.h lists them for SYS_CALL and SYS_RECEIVE. */
enum { REG_CAP = 0, REG_INFO = 1, REG_WORDS = 2, REG_REPLY_OR_BADGE = 6 };

static void message_load(const struct ipc_message *m, struct syscall_registers *r)
{
    for (uint32_t i = MESSAGE_REGISTERS; i < m->length; i++) {
        arch_message_buffer()->words[i] = m->word[i];
    }
    for (uint32_t i = 0; i < MESSAGE_REGISTERS; i++) {
        r->value[REG_WORDS + i] = m->word[i];
    }
    r->value[REG_INFO] = m->length;
}

static void message_store(const struct syscall_registers *r, struct ipc_message *m)
{
    abi_word info = r->value[REG_INFO];

    m->length = (uint32_t)(info & MESSAGE_INFO_LENGTH_MASK);
    m->is_signal = (info & MESSAGE_INFO_SIGNAL) != 0;
    m->signal_bits = m->is_signal ? r->value[REG_WORDS] : 0;
    m->badge = r->value[REG_REPLY_OR_BADGE];
    for (uint32_t i = 0; i < MESSAGE_REGISTERS; i++) {
        m->word[i] = r->value[REG_WORDS + i];
    }
    for (uint32_t i = MESSAGE_REGISTERS; i < m->length && i < MESSAGE_WORDS; i++) {
        m->word[i] = arch_message_buffer()->words[i];
    }
}

/* Sends what is in `from` and receives into `to`, either of which may be none. */
static enum status exchange(enum syscall number, cap_index cap, cap_index reply,
                            const struct ipc_message *from, struct ipc_message *to)
{
    struct syscall_registers r = { .value = { [REG_CAP] = cap, [REG_REPLY_OR_BADGE] = reply } };

    if (from != NULL && from->length > MESSAGE_WORDS) {
        return STATUS_TOO_LONG;
    }
    if (from != NULL) {
        message_load(from, &r);
    }
    arch_syscall_all((unsigned)number, &r);
    if (to != NULL && r.value[0] == STATUS_OK) {
        message_store(&r, to);
    } else if (to != NULL) { /* the kernel left the registers as they were */
        to->length = 0;
        to->signal_bits = 0;
        to->is_signal = false;
    }
    return (enum status)r.value[0];
}

enum status ipc_call(cap_index endpoint, struct ipc_message *m)
{
    return exchange(SYS_CALL, endpoint, 0, m, m);
}

enum status ipc_receive(cap_index endpoint, cap_index reply, struct ipc_message *m)
{
    return exchange(SYS_RECEIVE, endpoint, reply, NULL, m);
}

enum status ipc_reply(cap_index reply, const struct ipc_message *m)
{
    return exchange(SYS_REPLY, reply, 0, m, NULL);
}

bool ipc_serve(cap_index endpoint, cap_index reply, bool was_asked, struct ipc_message *m)
{
    return exchange(was_asked ? SYS_REPLY_RECEIVE : SYS_RECEIVE, endpoint, reply,
                    was_asked ? m : NULL, m) == STATUS_OK &&
           !m->is_signal;
}
