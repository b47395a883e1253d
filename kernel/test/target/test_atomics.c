/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * What is 64 bits wide, where the machine may be 32: a preemption between any two instructions must
 * find it whole, and lose nothing of it. Workers do one access in a loop; a timer lets the test's
 * own, more urgent thread in at another instruction each time. Each access has a counterpart in two
 * halves, which must be caught: it shows that the others would be.
 */
#include "ktest.h"
#include "sysreg.h"

enum { LESS = 20, PREEMPTIONS = 600, TURN_US = 10, DITHER = 61, ADDS = 200000, WORKERS = 2 };

static union {
    uint64_t whole;
    volatile uint64_t plain;
    volatile uint32_t half[2];
} shared;

static struct {
    struct test_thread thread;
    volatile bool is_done, saw_torn;
} worker[WORKERS];

static bool is_torn(uint64_t value)
{
    return (uint32_t)value != (uint32_t)(value >> 32);
}

static void time_prepare(void)
{
    cap_index wake = copy_of(f.notification, RIGHTS_ALL, 1);
    EXPECT(OK, SYS_TIMER_BIND, ROOT_SLOT_SCHED_CONTROL, f.timer, wake);
}

/*
 * Less urgent threads run until the counter's tick after TURN_US. Under icount a tick is some
 * instructions long, and all else takes as many each time: what is waited here shifts the place in
 * the worker's loop that the tick meets, in steps of two lengths that differ by one instruction,
 * lest a step and the loop have a common divisor.
 */
static void let_workers_run(void)
{
    static unsigned turn;
    uint64_t deadline = now_ticks() + boot_information()->counter_hz / 1000000 * TURN_US;
    for (unsigned i = turn % DITHER; i != 0; i--) {
        __asm__ volatile("nop");
    }
    for (unsigned i = turn / DITHER % DITHER; i != 0; i--) {
        __asm__ volatile("nop\n\tnop");
    }
    turn++;
    kstatus(SYS_TIMER_SET, f.timer, (uint32_t)deadline, (uint32_t)(deadline >> 32), 0, 0, 0, 0);
    kstatus(SYS_WAIT, f.notification, 0, 0, 0, 0, 0, 0);
}

/* ---- stores and loads ------------------------------------------------------------------------ */

static void storing_wholes(abi_word unused)
{
    (void)unused;
    for (;;) {
        table_write(&shared.whole, 0);
        table_write(&shared.whole, ~UINT64_C(0));
    }
}

static void storing_halves(abi_word unused)
{
    (void)unused;
    for (;;) {
        shared.half[0] = 0;
        shared.half[1] = 0;
        shared.half[0] = ~UINT32_C(0);
        shared.half[1] = ~UINT32_C(0);
    }
}

static void loading_wholes(abi_word unused)
{
    (void)unused;
    for (;;) {
        if (is_torn(__atomic_load_n(&shared.whole, __ATOMIC_RELAXED))) {
            worker[0].saw_torn = true;
        }
    }
}

static void loading_halves(abi_word unused)
{
    (void)unused;
    for (;;) {
        if (shared.half[0] != shared.half[1]) {
            worker[0].saw_torn = true;
        }
    }
}

/* What was seen at the preemptions. */
struct sights {
    unsigned zeros, ones, torn;
};

static struct sights watch(void (*body)(abi_word), bool is_flipped)
{
    struct sights seen = { 0 };
    shared.whole = 0;
    worker[0].saw_torn = false;
    CHECK(thread_spawn(&worker[0].thread, body, 0, LESS, 0));
    for (unsigned i = 0; i < PREEMPTIONS; i++) {
        let_workers_run();
        uint64_t value = __atomic_load_n(&shared.whole, __ATOMIC_RELAXED);
        seen.zeros += value == 0;
        seen.ones += value == ~UINT64_C(0);
        seen.torn += is_torn(value);
        if (is_flipped) {
            table_write(&shared.whole, ~value);
        }
    }
    EXPECT(OK, SYS_THREAD_SUSPEND, worker[0].thread.thread);
    return seen;
}

static void stores_are_whole(void)
{
    struct sights seen = watch(storing_wholes, false);
    check("a 64-bit store is seen whole", seen.torn == 0);
    check("and both stores are: the timer meets each instruction of the loop",
          seen.zeros > PREEMPTIONS / 8 && seen.ones > PREEMPTIONS / 8);
    seen = watch(storing_halves, false);
    check("a store in two halves is seen torn", seen.torn > PREEMPTIONS / 8);
}

static void loads_are_whole(void)
{
    struct sights seen = watch(loading_wholes, true);
    check("a 64-bit load sees a whole", !worker[0].saw_torn && seen.torn == 0);
    watch(loading_halves, true);
    check("a load in two halves sees them torn", worker[0].saw_torn);
}

/* ---- read, modify, write --------------------------------------------------------------------- */

static void adding(abi_word self)
{
    for (unsigned i = 0; i < ADDS; i++) {
        __atomic_fetch_add(&shared.whole, 1, __ATOMIC_RELAXED);
    }
    worker[self].is_done = true;
    for (;;) {
        thread_stop(&worker[self].thread);
    }
}

static void adding_plainly(abi_word self)
{
    for (unsigned i = 0; i < ADDS; i++) {
        shared.plain = shared.plain + 1;
    }
    worker[self].is_done = true;
    for (;;) {
        thread_stop(&worker[self].thread);
    }
}

/* A carry out of the low half comes after half of the additions. */
#define SUM_START (UINT64_C(0xffffffff) - ADDS)

/*
 * Two workers take turns; at some of the changes the more urgent thread adds one, too. What is then
 * missing of the sum. When both stand between load and store, the kernel must have ended the one's
 * exclusive access before the other goes on, or it stores what it computed a turn ago.
 */
static uint64_t additions_lost(void (*body)(abi_word))
{
    uint64_t expected = SUM_START + WORKERS * ADDS;
    shared.whole = SUM_START;
    for (unsigned i = 0; i < WORKERS; i++) {
        worker[i].is_done = false;
        CHECK(thread_spawn(&worker[i].thread, body, i, LESS, 0));
    }
    for (unsigned turn = 0; !worker[0].is_done || !worker[1].is_done; turn++) {
        kstatus(SYS_THREAD_SUSPEND, worker[turn % WORKERS].thread.thread, 0, 0, 0, 0, 0, 0);
        kstatus(SYS_THREAD_RESUME, worker[(turn + 1) % WORKERS].thread.thread, 0, 0, 0, 0, 0, 0);
        let_workers_run();
        if (turn % 8 < 2) { /* ends a worker's exclusive access by itself: not each time */
            __atomic_fetch_add(&shared.whole, 1, __ATOMIC_RELAXED);
            expected++;
        }
    }
    return expected - shared.whole;
}

static void additions_are_exact(void)
{
    uint64_t lost = additions_lost(adding);
    check("no 64-bit addition is lost", lost == 0);
    lost = additions_lost(adding_plainly);
    check("a plain 64-bit addition is", lost != 0);
}

void test_atomics(void)
{
    time_prepare();
    stores_are_whole();
    loads_are_whole();
    additions_are_exact();
}
