/* SPDX-License-Identifier: BSD-2-Clause */
/* Threads, scheduling contexts, timers. */
#include "ktest.h"

enum { OWN = ROOT_SLOT_CNODE, LOW = 10, MESSAGE_OFFSET = 0, FAR_IN_PAGE = 4096 - 8 };

static void configure_errors(void)
{
    cap_index page;
    CHECK(map_new_page(&page) != NULL);
    EXPECT(BAD_CAP, SYS_THREAD_CONFIGURE, f.empty, OWN, ROOT_SLOT_SPACE, page, 0, 0, LOW);
    EXPECT(BAD_CAP, SYS_THREAD_CONFIGURE, f.thread, f.empty, ROOT_SLOT_SPACE, page, 0, 0, LOW);
    EXPECT(BAD_CAP, SYS_THREAD_CONFIGURE, f.thread, OWN, f.empty, page, 0, 0, LOW);
    EXPECT(BAD_CAP, SYS_THREAD_CONFIGURE, f.thread, OWN, ROOT_SLOT_SPACE, f.empty, 0, 0, LOW);
    EXPECT(BAD_CAP, SYS_THREAD_CONFIGURE, f.thread, OWN, ROOT_SLOT_SPACE, page, 0, f.empty, LOW);
    EXPECT(BAD_TYPE, SYS_THREAD_CONFIGURE, f.endpoint, OWN, ROOT_SLOT_SPACE, page, 0, 0, LOW);
    EXPECT(BAD_TYPE, SYS_THREAD_CONFIGURE, f.thread, f.endpoint, ROOT_SLOT_SPACE, page, 0, 0, LOW);
    EXPECT(BAD_TYPE, SYS_THREAD_CONFIGURE, f.thread, OWN, f.endpoint, page, 0, 0, LOW);
    EXPECT(BAD_TYPE, SYS_THREAD_CONFIGURE, f.thread, OWN, ROOT_SLOT_SPACE, f.endpoint, 0, 0, LOW);
    EXPECT(BAD_TYPE, SYS_THREAD_CONFIGURE, f.thread, OWN, ROOT_SLOT_SPACE, page, 0, f.timer, LOW);
    EXPECT(BAD_RIGHTS, SYS_THREAD_CONFIGURE, f.weak_thread, OWN, ROOT_SLOT_SPACE, page, 0, 0, LOW);
    EXPECT(BAD_RIGHTS, SYS_THREAD_CONFIGURE, f.thread, f.weak_cnode, ROOT_SLOT_SPACE, page, 0, 0,
           LOW);
    EXPECT(BAD_RIGHTS, SYS_THREAD_CONFIGURE, f.thread, OWN, f.weak_space, page, 0, 0, LOW);
    EXPECT(BAD_RIGHTS, SYS_THREAD_CONFIGURE, f.thread, OWN, ROOT_SLOT_SPACE, f.weak_frame, 0, 0,
           LOW);
    EXPECT(BAD_RIGHTS, SYS_THREAD_CONFIGURE, f.thread, OWN, ROOT_SLOT_SPACE, page, 0,
           f.weak_endpoint, LOW);
    EXPECT(BAD_ARGUMENT, SYS_THREAD_CONFIGURE, f.thread, OWN, ROOT_SLOT_SPACE, page, 0, 0,
           PRIORITIES);
    EXPECT(BAD_ARGUMENT, SYS_THREAD_CONFIGURE, f.thread, OWN, ROOT_SLOT_SPACE, page, FAR_IN_PAGE, 0,
           LOW);
    EXPECT(BAD_ARGUMENT, SYS_THREAD_CONFIGURE, f.thread, OWN, ROOT_SLOT_SPACE, page, 3, 0, LOW);
    EXPECT(BAD_ARGUMENT, SYS_THREAD_CONFIGURE, f.thread, OWN, f.guest_space, page, 0, 0, LOW);
    EXPECT(NOT_BOUND, SYS_THREAD_START, f.thread, 0x1000, 0x2000, 0);
    EXPECT(OK, SYS_THREAD_CONFIGURE, f.thread, OWN, ROOT_SLOT_SPACE, page, 0, 0, LOW);
}

static void start_stop_errors(void)
{
    EXPECT(BAD_CAP, SYS_THREAD_START, f.empty, 0, 0, 0);
    EXPECT(BAD_TYPE, SYS_THREAD_START, f.endpoint, 0, 0, 0);
    EXPECT(BAD_RIGHTS, SYS_THREAD_START, f.weak_thread, 0, 0, 0);
    EXPECT(BAD_CAP, SYS_THREAD_SUSPEND, f.empty);
    EXPECT(BAD_TYPE, SYS_THREAD_SUSPEND, f.endpoint);
    EXPECT(BAD_RIGHTS, SYS_THREAD_SUSPEND, f.weak_thread);
    EXPECT(BAD_CAP, SYS_THREAD_RESUME, f.empty);
    EXPECT(BAD_TYPE, SYS_THREAD_RESUME, f.endpoint);
    EXPECT(BAD_RIGHTS, SYS_THREAD_RESUME, f.weak_thread);
    EXPECT(OK, SYS_THREAD_SUSPEND, f.thread);
}

static volatile uint32_t turns;

static void counting_body(abi_word unused)
{
    (void)unused;
    for (;;) {
        turns++;
    }
}

/* Waits until the counter has moved on by this much, in one-shot timer sleeps. */
static void sleep_us(cap_index timer, cap_index notification, uint32_t us)
{
    uint64_t deadline = now_ticks() + (uint64_t)us * (boot_information()->counter_hz / 1000000u);
    kstatus(SYS_TIMER_SET, timer, (uint32_t)deadline, (uint32_t)(deadline >> 32), 0, 0, 0, 0);
    kstatus(SYS_WAIT, notification, 0, 0, 0, 0, 0, 0);
}

static void suspend_and_resume(void)
{
    struct test_thread t;
    cap_index wake = copy_of(f.notification, RIGHTS_ALL, 1);
    EXPECT(OK, SYS_TIMER_BIND, ROOT_SLOT_SCHED_CONTROL, f.timer, wake);
    CHECK(thread_spawn(&t, counting_body, 0, LOW, 0));
    sleep_us(f.timer, f.notification, 2000);
    uint32_t first = turns;
    CHECK(first > 0);
    EXPECT(OK, SYS_THREAD_SUSPEND, t.thread);
    uint32_t stopped = turns;
    sleep_us(f.timer, f.notification, 2000);
    CHECK(turns == stopped);
    EXPECT(OK, SYS_THREAD_RESUME, t.thread);
    sleep_us(f.timer, f.notification, 2000);
    CHECK(turns > stopped);
}

void test_threads(void)
{
    configure_errors();
    start_stop_errors();
    suspend_and_resume();
}

/* ---- budgets and timers ---------------------------------------------------------------------- */

static void sched_errors(void)
{
    EXPECT(BAD_CAP, SYS_SCHED_CONFIGURE, f.empty, f.sched, 100, 1000);
    EXPECT(BAD_CAP, SYS_SCHED_CONFIGURE, ROOT_SLOT_SCHED_CONTROL, f.empty, 100, 1000);
    EXPECT(BAD_TYPE, SYS_SCHED_CONFIGURE, f.sched, f.sched, 100, 1000);
    EXPECT(BAD_TYPE, SYS_SCHED_CONFIGURE, ROOT_SLOT_SCHED_CONTROL, f.thread, 100, 1000);
    EXPECT(BAD_RIGHTS, SYS_SCHED_CONFIGURE, ROOT_SLOT_SCHED_CONTROL, f.weak_sched, 100, 1000);
    EXPECT(BAD_ARGUMENT, SYS_SCHED_CONFIGURE, ROOT_SLOT_SCHED_CONTROL, f.sched, 0, 1000);
    EXPECT(BAD_ARGUMENT, SYS_SCHED_CONFIGURE, ROOT_SLOT_SCHED_CONTROL, f.sched, 2000, 1000);
    EXPECT(NOT_BOUND, SYS_SCHED_BIND, f.sched, f.thread);
    EXPECT(OK, SYS_SCHED_CONFIGURE, ROOT_SLOT_SCHED_CONTROL, f.sched, 100, 1000);
    EXPECT(BAD_CAP, SYS_SCHED_BIND, f.empty, f.thread);
    EXPECT(BAD_CAP, SYS_SCHED_BIND, f.sched, f.empty);
    EXPECT(BAD_TYPE, SYS_SCHED_BIND, f.thread, f.thread);
    EXPECT(BAD_TYPE, SYS_SCHED_BIND, f.sched, f.sched);
    EXPECT(BAD_RIGHTS, SYS_SCHED_BIND, f.weak_sched, f.thread);
    EXPECT(BAD_RIGHTS, SYS_SCHED_BIND, f.sched, f.weak_thread);
    EXPECT(BAD_CAP, SYS_SCHED_UNBIND, f.empty);
    EXPECT(BAD_TYPE, SYS_SCHED_UNBIND, f.thread);
    EXPECT(BAD_RIGHTS, SYS_SCHED_UNBIND, f.weak_sched);
    EXPECT(NOT_BOUND, SYS_SCHED_UNBIND, f.sched);
    EXPECT(OK, SYS_SCHED_BIND, f.sched, f.thread);
    EXPECT(BUSY, SYS_SCHED_BIND, f.sched, f.thread);
    EXPECT(OK, SYS_SCHED_UNBIND, f.sched);
}

static void timer_errors(void)
{
    EXPECT(BAD_CAP, SYS_TIMER_BIND, f.empty, f.timer, f.notification);
    EXPECT(BAD_CAP, SYS_TIMER_BIND, ROOT_SLOT_SCHED_CONTROL, f.empty, f.notification);
    EXPECT(BAD_CAP, SYS_TIMER_BIND, ROOT_SLOT_SCHED_CONTROL, f.timer, f.empty);
    EXPECT(BAD_TYPE, SYS_TIMER_BIND, f.timer, f.timer, f.notification);
    EXPECT(BAD_TYPE, SYS_TIMER_BIND, ROOT_SLOT_SCHED_CONTROL, f.thread, f.notification);
    EXPECT(BAD_TYPE, SYS_TIMER_BIND, ROOT_SLOT_SCHED_CONTROL, f.timer, f.endpoint);
    EXPECT(BAD_RIGHTS, SYS_TIMER_BIND, ROOT_SLOT_SCHED_CONTROL, f.weak_timer, f.notification);
    EXPECT(BAD_RIGHTS, SYS_TIMER_BIND, ROOT_SLOT_SCHED_CONTROL, f.timer, f.weak_notification);
    EXPECT(NOT_BOUND, SYS_TIMER_SET, f.timer, 1, 0);
    EXPECT(BAD_CAP, SYS_TIMER_SET, f.empty, 1, 0);
    EXPECT(BAD_TYPE, SYS_TIMER_SET, f.thread, 1, 0);
    EXPECT(BAD_RIGHTS, SYS_TIMER_SET, f.weak_timer, 1, 0);
    EXPECT(BAD_CAP, SYS_TIMER_CANCEL, f.empty);
    EXPECT(BAD_TYPE, SYS_TIMER_CANCEL, f.thread);
    EXPECT(BAD_RIGHTS, SYS_TIMER_CANCEL, f.weak_timer);
}

static void timers_fire_and_cancel(void)
{
    cap_index wake = copy_of(f.notification, RIGHTS_ALL, 0x20);
    EXPECT(OK, SYS_TIMER_BIND, ROOT_SLOT_SCHED_CONTROL, f.timer, wake);
    uint64_t start = now_ticks();
    uint64_t deadline = start + boot_information()->counter_hz / 1000;
    EXPECT(OK, SYS_TIMER_SET, f.timer, (uint32_t)deadline, (uint32_t)(deadline >> 32));
    struct call_regs bits = kcall(SYS_WAIT, f.notification, 0, 0, 0, 0, 0, 0);
    CHECK(bits.r[1] == 0x20 && now_ticks() >= deadline);
    deadline = now_ticks() + boot_information()->counter_hz / 1000;
    EXPECT(OK, SYS_TIMER_SET, f.timer, (uint32_t)deadline, (uint32_t)(deadline >> 32));
    EXPECT(OK, SYS_TIMER_CANCEL, f.timer);
    while (now_ticks() < deadline + 1000) {
    }
    EXPECT(WOULD_BLOCK, SYS_POLL, f.notification);
    EXPECT(OK, SYS_TIMER_SET, f.timer, 1, 0); /* long past: fires at once */
    bits = kcall(SYS_WAIT, f.notification, 0, 0, 0, 0, 0, 0);
    CHECK(bits.r[1] == 0x20);
}

/* One fifth of the time is all that a thread with 2 ms in 10 ms may have. */
static void budget_is_enforced(void)
{
    struct test_thread greedy, other;
    turns = 0;
    cap_index wake = copy_of(f.notification, RIGHTS_ALL, 1);
    EXPECT(OK, SYS_TIMER_BIND, ROOT_SLOT_SCHED_CONTROL, f.timer, wake);
    CHECK(thread_spawn(&other, counting_body, 0, LOW, 0));
    sleep_us(f.timer, f.notification, 20000);
    uint32_t alone = turns;
    EXPECT(OK, SYS_THREAD_SUSPEND, other.thread);
    CHECK(thread_spawn(&greedy, counting_body, 0, LOW, 0));
    EXPECT(OK, SYS_SCHED_UNBIND, greedy.sched);
    EXPECT(OK, SYS_SCHED_CONFIGURE, ROOT_SLOT_SCHED_CONTROL, greedy.sched, 2000, 10000);
    turns = 0;
    EXPECT(OK, SYS_SCHED_BIND, greedy.sched, greedy.thread);
    sleep_us(f.timer, f.notification, 20000);
    CHECK(turns > alone / 8);
    CHECK(turns < alone / 3); /* 2 of 10 ms, at most three refills' worth in 20 ms */
}

void test_time(void)
{
    sched_errors();
    timer_errors();
    timers_fire_and_cancel();
    budget_is_enforced();
    EXPECT(OK, SYS_YIELD, 0);
    EXPECT(OK, SYS_NULL, 0);
}
