/* SPDX-License-Identifier: BSD-2-Clause */
/* The audit component: the dialler appends, nobody else is here. */
#include "audit_log.h"
#include "manifest.h"
#include "runtime/barrier.h"
#include "runtime/clock.h"
#include "runtime/component.h"
#include "runtime/ipc.h"

_Static_assert(MEM_AUDIT_BYTES >= sizeof(struct audit_region), "the manifest gives the log its whole region");

static struct audit_region *region(void)
{
    return (struct audit_region *)MEM_AUDIT_VA;
}

static bool append(const struct ipc_message *m)
{
    struct audit_entry entry = {
        .kind = (uint32_t)m->word[1],
        .origin = (uint32_t)m->word[2],
        .epoch = (uint32_t)m->word[3],
        .detail = (uint32_t)m->word[4],
        .repeats = (uint32_t)m->word[5 + NUMBER_WORDS],
    };

    if (m->length != AUDIT_APPEND_WORDS || m->word[0] != AUDIT_APPEND)
        return false;
    entry.number.length = (uint32_t)m->word[5];
    for (unsigned i = 0; i < NUMBER_PACKED; i++)
        entry.number.packed[i] = (uint32_t)m->word[6 + i];
    return audit_log_append(region(), &entry, clock_us());
}

static void answer(struct ipc_message *m)
{
    uint32_t head[AUDIT_HEAD_WORDS];
    bool appended = append(m);

    barrier_write();
    audit_log_head(region(), head);
    *m = (struct ipc_message){ .length = 2 + AUDIT_HEAD_WORDS };
    m->word[0] = appended ? AUDIT_OK : AUDIT_INVALID;
    m->word[1] = region()->count;
    for (unsigned i = 0; i < AUDIT_HEAD_WORDS; i++)
        m->word[2 + i] = head[i];
}

void component_main(unsigned thread)
{
    struct ipc_message m = { 0 };
    enum status status;

    (void)thread;
    audit_log_open(region());
    status = ipc_receive(CAP_ENDPOINT, CAP_REPLY, &m);
    for (;;) {
        if (status == STATUS_OK && !m.is_signal) {
            answer(&m);
            status = ipc_reply_receive(CAP_ENDPOINT, CAP_REPLY, &m);
        } else {
            status = ipc_receive(CAP_ENDPOINT, CAP_REPLY, &m);
        }
    }
}
