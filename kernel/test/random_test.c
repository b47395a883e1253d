/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Any system call with any argument, by whoever is current, with interrupts and time in between:
 * the fixture checks all invariants after each. Half of the threads have a CNode of their own, and
 * all hold capabilities to each other's. The seed is fixed; ROBIN_SEED gives another.
 */
#include <stdlib.h>

#include "fixture.h"

enum {
    STEPS = 4000,
    SEEDS = 6,
    THREADS = 6,
    FIRST_THREAD = FREE,
    LAST_SLOT = 480,
    CNODES = THREADS / 2,
    FIRST_CNODE = FIRST_THREAD + 2 * THREADS,
    OWN_BITS = 9,
    OWN_MEMORY_SHIFT = 19,
    NEIGHBOUR = 32, /* in each CNode: the root's, then the others */
};

static uint32_t random_state;

static uint32_t random_below(uint32_t bound)
{
    random_state ^= random_state << 13;
    random_state ^= random_state >> 17;
    random_state ^= random_state << 5;
    return random_state % bound;
}

static const uint8_t calls[] = {
    SYS_CALL,           SYS_REPLY_RECEIVE,   SYS_RECEIVE,
    SYS_REPLY,          SYS_SIGNAL,          SYS_WAIT,
    SYS_POLL,           SYS_YIELD,           SYS_NULL,
    SYS_VCPU_RUN,       SYS_CAP_COPY,        SYS_CAP_MOVE,
    SYS_CAP_DELETE,     SYS_CAP_REVOKE,      SYS_CAP_INFO,
    SYS_UNTYPED_RETYPE, SYS_SPACE_MAP_TABLE, SYS_SPACE_MAP,
    SYS_SPACE_UNMAP,    SYS_FRAME_ADDRESS,   SYS_THREAD_CONFIGURE,
    SYS_THREAD_START,   SYS_THREAD_SUSPEND,  SYS_THREAD_RESUME,
    SYS_THREAD_BIND,    SYS_SCHED_CONFIGURE, SYS_SCHED_BIND,
    SYS_SCHED_UNBIND,   SYS_TIMER_BIND,      SYS_TIMER_SET,
    SYS_TIMER_CANCEL,   SYS_IRQ_GET,         SYS_IRQ_BIND,
    SYS_IRQ_ACK,        SYS_VCPU_CONFIGURE,  SYS_VCPU_RESET,
};

/* A slot that mostly holds something of the type. */
static abi_word slot_in(const struct cap *slots, abi_word count, unsigned type)
{
    for (unsigned tries = 0; tries < 200; tries++) {
        const unsigned index = random_below(4) == 0 ? random_below(NEIGHBOUR + CNODES + 1)
                                                    : ENDPOINT + random_below(LAST_SLOT - ENDPOINT);

        if (index < count && slots[index].type == type && index != ROOT_SLOT_CNODE) {
            return index;
        }
    }
    return ENDPOINT + random_below(LAST_SLOT - ENDPOINT);
}

static abi_word any_slot(unsigned type)
{
    return slot_in(current()->slots, current()->slot_count, type);
}

static struct cnode *cnode_at(abi_word index)
{
    struct cap *cap = cap_find(current()->slots, current()->slot_count, index);

    return cap != NULL && cap->type == OBJECT_CNODE ? cap->cnode : NULL;
}

/* A CNode, mostly the caller's own, and a slot of it. */
static void any_place(abi_word *a, unsigned type)
{
    const struct cnode *cnode;

    a[0] = random_below(3) == 0 ? any_slot(OBJECT_CNODE) : ROOT_SLOT_CNODE;
    cnode = cnode_at(a[0]);
    a[1] = cnode != NULL ? slot_in(cnode->slots, cnode->count, type) : random_below(LAST_SLOT);
}

static abi_word any_word(void)
{
    switch (random_below(6)) {
    case 0:
        return random_below(64);
    case 1:
        return (abi_word)random_below(64) << 12;
    case 2:
        return (abi_word)random_below(8) << 21;
    case 3:
        return ROOT_SLOT_CNODE;
    case 4:
        return ~(abi_word)0;
    default:
        return any_slot(1 + random_below(OBJECT_TYPES - 1));
    }
}

/* Mostly sensible arguments, so that operations get far. */
static void sensible(unsigned number, abi_word *a)
{
    static const struct {
        uint8_t number;
        uint8_t type[7]; /* 0 = any word, OBJECT_TYPES = root's CNode */
    } shape[] = {
        { SYS_CALL, { OBJECT_ENDPOINT } },
        { SYS_REPLY_RECEIVE, { OBJECT_ENDPOINT, 0, 0, 0, 0, 0, OBJECT_REPLY } },
        { SYS_RECEIVE, { OBJECT_ENDPOINT, 0, 0, 0, 0, 0, OBJECT_REPLY } },
        { SYS_REPLY, { OBJECT_REPLY } },
        { SYS_SIGNAL, { OBJECT_NOTIFICATION } },
        { SYS_WAIT, { OBJECT_NOTIFICATION } },
        { SYS_POLL, { OBJECT_NOTIFICATION } },
        { SYS_VCPU_RUN, { OBJECT_VCPU } },
        { SYS_SPACE_MAP_TABLE, { OBJECT_SPACE, OBJECT_TABLE } },
        { SYS_SPACE_MAP, { OBJECT_SPACE, OBJECT_FRAME } },
        { SYS_THREAD_CONFIGURE, { OBJECT_THREAD, OBJECT_TYPES, OBJECT_SPACE } },
        { SYS_THREAD_START, { OBJECT_THREAD } },
        { SYS_THREAD_SUSPEND, { OBJECT_THREAD } },
        { SYS_THREAD_RESUME, { OBJECT_THREAD } },
        { SYS_THREAD_BIND, { OBJECT_THREAD, OBJECT_NOTIFICATION } },
        { SYS_SCHED_CONFIGURE, { OBJECT_SCHED_CONTROL, OBJECT_SCHED } },
        { SYS_SCHED_BIND, { OBJECT_SCHED, OBJECT_THREAD } },
        { SYS_SCHED_UNBIND, { OBJECT_SCHED } },
        { SYS_TIMER_BIND, { OBJECT_SCHED_CONTROL, OBJECT_TIMER, OBJECT_NOTIFICATION } },
        { SYS_TIMER_SET, { OBJECT_TIMER } },
        { SYS_VCPU_CONFIGURE, { OBJECT_VCPU, OBJECT_SPACE, OBJECT_FRAME } },
    };

    for (unsigned i = 0; i < 7; i++) {
        a[i] = any_word();
    }
    for (unsigned s = 0; s < sizeof(shape) / sizeof(shape[0]); s++) {
        for (unsigned i = 0; shape[s].number == number && i < 7; i++) {
            if (shape[s].type[i] == OBJECT_TYPES) {
                a[i] = random_below(2) == 0 ? any_slot(OBJECT_CNODE) : ROOT_SLOT_CNODE;
            } else if (shape[s].type[i] != 0) {
                a[i] = any_slot(shape[s].type[i]);
            }
        }
    }
    if (number >= SYS_CAP_COPY && number <= SYS_CAP_INFO) {
        any_place(&a[0],
                  number < SYS_CAP_DELETE ? OBJECT_NONE : 1 + random_below(OBJECT_TYPES - 1));
        any_place(&a[2], 1 + random_below(OBJECT_TYPES - 1));
        a[4] = RIGHTS_ALL;
        a[5] = random_below(2);
    } else if (number == SYS_UNTYPED_RETYPE) {
        a[0] = random_below(3) == 0 ? any_slot(OBJECT_UNTYPED) : RAM_2;
        a[1] = 1 + random_below(OBJECT_TIMER);
        a[2] = a[1] == OBJECT_UNTYPED || a[1] == OBJECT_FRAME ? 12 : a[1] == OBJECT_CNODE ? 4 : 0;
        a[3] = RETYPE_NEXT;
        any_place(&a[4], OBJECT_NONE);
    } else if (number <= SYS_REPLY) {
        a[1] = random_below(5) == 0 ? MESSAGE_INFO_CAP | random_below(10) : random_below(8);
    }
}

/* Root's own thread, time, memory and CNode stay; what else it loses it loses. */
static bool would_end_the_test(unsigned number, const abi_word *a)
{
    const unsigned at = number == SYS_CAP_MOVE ? 2 : 0;
    const bool takes =
        number == SYS_CAP_DELETE || number == SYS_CAP_REVOKE || number == SYS_CAP_MOVE;

    return takes && a[at + 1] < ENDPOINT &&
           cnode_at(a[at]) == CONTAINER_OF(root()->slots, struct cnode, slots);
}

static void happen(void)
{
    static const struct arch_fault fault = { FAULT_MEMORY, 1, 2 };

    switch (random_below(6)) {
    case 0:
        pass(random_below(3000));
        break;
    case 1:
        kernel_interrupt(&cpu()->arch, random_below(FAKE_INTERRUPTS));
        break;
    case 2:
        if (cpu()->arch.guest != NULL) {
            kernel_vcpu_exit(&cpu()->arch, VCPU_EXIT_MMIO);
        }
        break;
    case 3:
        if (cpu()->arch.guest != NULL) {
            kernel_vcpu_wait(&cpu()->arch);
        }
        break;
    case 4:
        if (current() != NULL && current() != root() && cpu()->arch.guest == NULL) {
            kernel_fault(&cpu()->arch, &fault);
        }
        break;
    default:
        fake.is_pending = random_below(2) == 0;
        fake.vcpu_refuses = random_below(8) == 0;
        fake.vcpu_has_deadline = random_below(2) == 0;
        fake.vcpu_deadline = fake.now + random_below(2000);
        break;
    }
    check_invariants();
}

/* Everybody is blocked: root goes on, as if its call had ended. */
static void unblock(void)
{
    for (unsigned i = 0; i < 40 && current() == NULL; i++) {
        pass(10000);
    }
    if (current() == NULL) {
        thread_cancel(root());
        root()->hold = 0;
        if (root()->sched == NULL && slot(ROOT_SLOT_SCHED)->sched->holder != root()) {
            sched_move(slot(ROOT_SLOT_SCHED)->sched, root());
        }
        run_ready(root());
        run_next(cpu());
    }
}

/* A CNode with copies of what root has, at the same places, and memory of its own. */
static void make_own(unsigned n)
{
    const unsigned cnode = FIRST_CNODE + n;

    retype(RAM_2, OBJECT_CNODE, OWN_BITS, cnode);
    OK(SYS_UNTYPED_RETYPE, RAM_2, OBJECT_UNTYPED, OWN_MEMORY_SHIFT, RETYPE_NEXT, cnode, RAM_2);
    OK(SYS_CAP_COPY, cnode, ROOT_SLOT_CNODE, ROOT_SLOT_CNODE, cnode, RIGHTS_ALL);
    OK(SYS_CAP_COPY, cnode, NEIGHBOUR, ROOT_SLOT_CNODE, ROOT_SLOT_CNODE, RIGHTS_ALL);
    for (unsigned i = ENDPOINT; i < OBJECTS_END; i++) {
        if (i != TABLE) {
            OK(SYS_CAP_COPY, cnode, i, ROOT_SLOT_CNODE, i, RIGHTS_ALL);
        }
    }
}

/* Odd threads get a CNode of their own, before they make their first call. */
static void make_threads(void)
{
    for (unsigned i = 0; i < CNODES; i++) {
        make_own(i);
    }
    for (unsigned i = 0; i < CNODES * CNODES; i++) {
        OK(SYS_CAP_COPY, FIRST_CNODE + i / CNODES, NEIGHBOUR + 1 + i % CNODES, ROOT_SLOT_CNODE,
           FIRST_CNODE + i % CNODES, RIGHTS_ALL);
    }
    for (unsigned i = 0; i < THREADS; i++) {
        const unsigned thread = FIRST_THREAD + 2 * i;

        make_thread(thread, thread + 1, 40 + i);
        if (i % 2 != 0) {
            OK(SYS_THREAD_SUSPEND, thread);
            OK(SYS_THREAD_CONFIGURE, thread, FIRST_CNODE + i / 2, ROOT_SLOT_SPACE, 0, 0, 0, 40 + i);
            OK(SYS_THREAD_RESUME, thread);
        }
        for (unsigned n = 0; n < CNODES; n++) {
            OK(SYS_CAP_COPY, FIRST_CNODE + n, thread, ROOT_SLOT_CNODE, thread, RIGHTS_ALL);
            OK(SYS_CAP_COPY, FIRST_CNODE + n, thread + 1, ROOT_SLOT_CNODE, thread + 1, RIGHTS_ALL);
        }
    }
}

static void anything_goes(void **state)
{
    const char *seed = getenv("ROBIN_SEED");

    for (unsigned round = 0; round < SEEDS; round++) {
        if (round != 0) {
            fixture_end(state);
            fixture_objects(state);
        }
        random_state = (seed != NULL ? (uint32_t)strtoul(seed, NULL, 0) : 20081109u) + round * 977;
        make_threads();
        for (unsigned step = 0; step < STEPS; step++) {
            abi_word a[7];
            const unsigned number = calls[random_below(sizeof(calls))];

            if (current() == NULL) {
                unblock();
            }
            if (current() == NULL) {
                break;
            }
            sensible(number, a);
            if (cpu()->arch.guest == NULL && !would_end_the_test(number, a)) {
                sys_words(number, a);
            }
            happen();
        }
        fake.is_pending = false;
    }
}

int random_tests(void)
{
    const struct CMUnitTest tests[] = { TEST(anything_goes) };

    return cmocka_run_group_tests_name("random", tests, NULL, NULL);
}
