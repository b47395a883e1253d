/* SPDX-License-Identifier: BSD-2-Clause */
/* A kernel for the joined test: carries messages and signals between the components, and no more.
 */
#include "joined.h"

#include <pthread.h>
#include <semaphore.h>
#include <stdio.h>
#include <stdlib.h>

#include "abi/syscall.h"
#include "runtime/ipc.h"
#include "runtime/syscall.h"

enum state { STATE_READY = 0, STATE_RECEIVES, STATE_WAITS, STATE_CALLS, STATE_QUEUES };

struct task {
    pthread_t thread;
    sem_t turn;
    enum state state;
    enum status status;    /* what the call it is in comes back with */
    struct ipc_message *m; /* where what it waits for goes */
    uint32_t endpoint, reply;
    abi_word badge;    /* of what it calls with */
    abi_word bits;     /* of its notification */
    uint64_t timer_us; /* 0: not set */
    uint32_t timer_bits;
};

uint64_t joined_line[512], joined_wire_log[8192], joined_audit[8192], joined_input[512];
uint64_t joined_panel[480 * 800 / 2], joined_view[480 * 800 / 2];

static struct task tasks[TASKS];
static enum joined_task running = TASK_TEST;
static int waits_on[REPLIES]; /* task + 1 */
static bool is_broken[ENDPOINTS];
static uint64_t now_us;

uint64_t joined_now_us(void)
{
    return now_us;
}

/* ---- who runs -------------------------------------------------------------------------------- */

static void hand_over(enum joined_task to)
{
    const enum joined_task me = running;

    if (to == me) {
        return;
    }
    running = to;
    sem_post(&tasks[to].turn);
    while (sem_wait(&tasks[me].turn) != 0)
        ;
    running = me;
}

static bool fire_timers(void)
{
    bool fired = false;

    for (int i = 0; i < TASKS; i++) {
        if (tasks[i].timer_us != 0 && tasks[i].timer_us <= now_us) {
            tasks[i].timer_us = 0;
            (void)sys_signal(JOINED_CAP(i, tasks[i].timer_bits));
            fired = true;
        }
    }
    return fired;
}

/* Until this task can go on. The test's turn is the last. */
static void give_way(void)
{
    const enum joined_task me = running;

    while (tasks[me].state != STATE_READY) {
        int next = 0;

        while (next < TASKS && tasks[next].state != STATE_READY) {
            next++;
        }
        if (next == TASKS) {
            fprintf(stderr, "joined: everybody waits, the test too\n");
            abort();
        }
        hand_over((enum joined_task)next);
    }
}

static bool others_run(void)
{
    for (int i = 0; i < TASK_TEST; i++) {
        if (tasks[i].state == STATE_READY) {
            hand_over((enum joined_task)i);
            return true;
        }
    }
    return false;
}

static uint64_t next_timer_us(void)
{
    uint64_t next = UINT64_MAX;

    for (int i = 0; i < TASKS; i++) {
        if (tasks[i].timer_us != 0 && tasks[i].timer_us < next) {
            next = tasks[i].timer_us;
        }
    }
    return next;
}

/* The VMM's own loop stands here: the guest is told what the dialler signals. */
static bool guest_hears(void)
{
    const abi_word bits = tasks[TASK_TEST].bits & (TEST_SIGNAL_LEGACY | TEST_SIGNAL_TIME);

    tasks[TASK_TEST].bits &= ~bits;
    if (bits & TEST_SIGNAL_LEGACY) {
        joined_guest_signalled();
    }
    if (bits & TEST_SIGNAL_TIME) {
        joined_guest_time();
    }
    return bits != 0;
}

void joined_run(uint64_t us)
{
    const uint64_t until = now_us + us;

    for (;;) {
        uint64_t next;

        while (others_run() || guest_hears() || fire_timers())
            ;
        next = next_timer_us();
        if (next > until) {
            break;
        }
        now_us = next > now_us ? next : now_us;
    }
    now_us = until;
}

/* ---- what components ask for ----------------------------------------------------------------- */

static void deliver_signal(struct task *t)
{
    if (t->state == STATE_RECEIVES) {
        *t->m = (struct ipc_message){ .is_signal = true, .signal_bits = t->bits };
    } else {
        t->m->signal_bits = t->bits;
    }
    t->bits = 0;
    t->state = STATE_READY;
}

static void deliver_call(struct task *server, int caller)
{
    struct task *c = &tasks[caller];

    waits_on[server->reply] = caller + 1;
    *server->m = *c->m;
    server->m->badge = c->badge;
    server->m->is_signal = false;
    server->state = STATE_READY;
    c->state = STATE_CALLS;
}

void arch_syscall_all(unsigned number, struct syscall_registers *r)
{
    struct task *t = &tasks[JOINED_OBJECT((cap_index)r->value[0])];
    const uint32_t bits = JOINED_VALUE((cap_index)r->value[0]);

    if (number == SYS_SIGNAL) {
        t->bits |= bits;
        if (t->state == STATE_RECEIVES || t->state == STATE_WAITS) {
            deliver_signal(t);
        }
    } else if (number == SYS_TIMER_SET) {
        t->timer_us = r->value[1] | r->value[2] << 32;
        t->timer_bits = bits;
    } else if (number == SYS_WAIT) {
        struct ipc_message m = { 0 };

        t->m = &m;
        t->state = STATE_WAITS;
        if (t->bits != 0) {
            deliver_signal(t);
        }
        give_way();
        r->value[1] = m.signal_bits;
    }
    r->value[0] = STATUS_OK;
}

enum status ipc_call(cap_index endpoint, struct ipc_message *m)
{
    struct task *me = &tasks[running];

    me->endpoint = JOINED_OBJECT(endpoint);
    me->badge = JOINED_VALUE(endpoint);
    if (is_broken[me->endpoint] && running == TASK_DIALLER) {
        return STATUS_REVOKED;
    }
    me->m = m;
    me->status = STATUS_OK;
    me->state = STATE_QUEUES;
    for (int i = 0; i < TASKS; i++) {
        if (tasks[i].state == STATE_RECEIVES && tasks[i].endpoint == me->endpoint) {
            deliver_call(&tasks[i], (int)running);
            break;
        }
    }
    give_way();
    return me->status;
}

enum status ipc_receive(cap_index endpoint, cap_index reply, struct ipc_message *m)
{
    struct task *me = &tasks[running];

    me->endpoint = JOINED_OBJECT(endpoint);
    me->reply = JOINED_OBJECT(reply);
    me->m = m;
    me->state = STATE_RECEIVES;
    if (me->bits != 0) {
        deliver_signal(me);
    }
    for (int i = 0; i < TASKS && me->state == STATE_RECEIVES; i++) {
        if (tasks[i].state == STATE_QUEUES && tasks[i].endpoint == me->endpoint) {
            deliver_call(me, i);
        }
    }
    give_way();
    return STATUS_OK;
}

enum status ipc_reply(cap_index reply, const struct ipc_message *m)
{
    const int caller = waits_on[JOINED_OBJECT(reply)] - 1;

    if (caller < 0) {
        return STATUS_NOT_BOUND;
    }
    waits_on[JOINED_OBJECT(reply)] = 0;
    *tasks[caller].m = *m;
    tasks[caller].state = STATE_READY;
    return STATUS_OK;
}

bool ipc_serve(cap_index endpoint, cap_index reply, bool was_asked, struct ipc_message *m)
{
    if (was_asked) {
        (void)ipc_reply(reply, m);
    }
    while (ipc_receive(endpoint, reply, m) != STATUS_OK)
        ;
    return !m->is_signal;
}

/* ---- for the test ---------------------------------------------------------------------------- */

void joined_break(enum joined_endpoint endpoint, bool broken)
{
    is_broken[endpoint] = broken;
}

uint32_t joined_test_signals(void)
{
    const uint32_t bits = (uint32_t)tasks[TASK_TEST].bits;

    tasks[TASK_TEST].bits = 0;
    return bits;
}

static void *thread_main(void *argument)
{
    static void (*const mains[TASKS])(unsigned) = {
        [TASK_DISPLAY] = joined_display_main, [TASK_AUDIT] = joined_audit_main,
        [TASK_DIALLER] = joined_dialler_main, [TASK_PROMPT] = joined_dialler_main,
        [TASK_MODEM] = joined_modem_main,     [TASK_SIM] = joined_sim_main,
    };
    const struct task *me = argument;
    const enum joined_task task = (enum joined_task)(me - tasks);

    while (sem_wait(&tasks[task].turn) != 0)
        ;
    running = task;
    mains[task](task == TASK_PROMPT ? 1 : 0);
    abort(); /* a component's main never returns */
}

void joined_start(void)
{
    now_us = 1000000;
    for (int i = 0; i < TASKS; i++) {
        sem_init(&tasks[i].turn, 0, 0);
        if (i != TASK_TEST && pthread_create(&tasks[i].thread, NULL, thread_main, &tasks[i]) != 0) {
            abort();
        }
    }
    joined_guest_start();
    joined_run(0);
}
