/* SPDX-License-Identifier: BSD-2-Clause */
/* The audit component: the dialler appends, nobody else is here. */
#include "audit_log.h"
#include "manifest.h"
#include "runtime/barrier.h"
#include "runtime/clock.h"
#include "runtime/component.h"
#include "runtime/ipc.h"

_Static_assert(MEM_AUDIT_BYTES >= sizeof(struct audit_region), "the manifest gives the log its whole region");

static struct audit_region *const region = (struct audit_region *)MEM_AUDIT_VA;

static bool append(const struct ipc_message *m)
{
    const struct audit_entry entry = {
        .kind = (uint32_t)m->word[1],
        .origin = (uint32_t)m->word[2],
        .epoch = (uint32_t)m->word[3],
        .detail = (uint32_t)m->word[4],
        .number = number_take(&m->word[5]),
        .repeats = (uint32_t)m->word[5 + NUMBER_WORDS],
    };

    return m->length == AUDIT_APPEND_WORDS && m->word[0] == AUDIT_APPEND &&
           audit_log_append(region, &entry, clock_us());
}

static void answer(struct ipc_message *m)
{
    enum audit_answer result = append(m) ? AUDIT_OK : AUDIT_INVALID;

    barrier_write();
    *m = (struct ipc_message){ .length = 2 + AUDIT_HEAD_WORDS, .word = { result, region->count } };
    audit_log_head(region, &m->word[2]);
}

void component_main(unsigned thread)
{
    struct ipc_message m = { 0 };
    bool is_asked = false;

    (void)thread;
    audit_log_open(region);
    for (;;) {
        is_asked = ipc_serve(CAP_ENDPOINT, CAP_REPLY, is_asked, &m);
        if (is_asked)
            answer(&m);
    }
}
