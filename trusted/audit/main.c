/* SPDX-License-Identifier: BSD-2-Clause */
/* The audit component: the dialler appends, nobody else is here. */
#include "audit_log.h"
#include "manifest.h"
#include "runtime/barrier.h"
#include "runtime/clock.h"
#include "runtime/component.h"
#include "runtime/ipc.h"

_Static_assert(MEM_AUDIT_BYTES >= sizeof(struct audit_region),
               "the manifest gives the log its whole region");

static struct audit_region *const region = (struct audit_region *)MEM_AUDIT_VA;

static void answer(struct ipc_message *m)
{
    const struct audit_message message = { m->badge, m->word, m->length };
    struct audit_appended appended;

    audit_log_answer(region, &message, clock_us(), &appended);
    barrier_write();
    *m = (struct ipc_message){ .length = MESSAGE_LENGTH(appended) };
    message_put(m->word, &appended, m->length);
}

void component_main(unsigned thread)
{
    struct ipc_message m = { 0 };
    bool is_asked = false;

    (void)thread;
    audit_log_open(region);
    for (;;) {
        is_asked = ipc_serve(CAP_ENDPOINT, CAP_REPLY, is_asked, &m);
        if (is_asked) {
            answer(&m);
        }
    }
}
