/* SPDX-License-Identifier: BSD-2-Clause */
/* The kernel's tests on the target: runs each task's cases and prints the verdict. */
#include "ktest.h"

#include "runtime/component.h"

struct fixture f;

static struct {
    uint32_t passed, failed;
} result;

void check(const char *name, bool holds)
{
    if (holds) {
        result.passed++;
        return;
    }
    result.failed++;
    print("FAIL ");
    print(name);
    print("\n");
}

void expect(const char *name, enum status wanted, enum syscall number, struct call_regs *regs)
{
    regs->r[7] = (abi_word)number;
    raw_call(regs);
    enum status got = (enum status)regs->r[0];
    check(name, got == wanted);
    if (got != wanted) {
        print("     answered ");
        print_number(got);
        print("\n");
    }
}

static void fixture_make_objects(void)
{
    f.empty = new_slot();
    f.untyped = make(OBJECT_UNTYPED, 16);
    f.cnode = make(OBJECT_CNODE, 5);
    f.endpoint = make(OBJECT_ENDPOINT, 0);
    f.notification = make(OBJECT_NOTIFICATION, 0);
    f.reply = make(OBJECT_REPLY, 0);
    f.thread = make(OBJECT_THREAD, 0);
    f.sched = make(OBJECT_SCHED, 0);
    f.space = make(OBJECT_SPACE, SPACE_NATIVE);
    f.guest_space = make(OBJECT_SPACE, SPACE_GUEST);
    f.table = make(OBJECT_TABLE, 0);
    f.frame = make(OBJECT_FRAME, 12);
    f.big_frame = make(OBJECT_FRAME, 21);
    f.vcpu = make(OBJECT_VCPU, 0);
    f.timer = make(OBJECT_TIMER, 0);
}

static void fixture_make_weak(void)
{
    f.weak_cnode = copy_of(f.cnode, 0, 0);
    f.weak_endpoint = copy_of(f.endpoint, 0, 0);
    f.weak_notification = copy_of(f.notification, 0, 0);
    f.weak_thread = copy_of(f.thread, 0, 0);
    f.weak_sched = copy_of(f.sched, 0, 0);
    f.weak_space = copy_of(f.space, 0, 0);
    f.weak_frame = copy_of(f.frame, 0, 0);
    f.weak_vcpu = copy_of(f.vcpu, 0, 0);
    f.weak_timer = copy_of(f.timer, 0, 0);
}

static const struct {
    const char *name;
    void (*run)(void);
} groups[] = {
    { "capabilities", test_capabilities },
    { "derivation", test_derivation },
    { "untyped", test_untyped },
    { "memory", test_memory },
    { "ipc", test_ipc },
    { "ipc transfer", test_ipc_transfer },
    { "notifications", test_notifications },
    { "faults", test_faults },
    { "threads", test_threads },
    { "time", test_time },
    { "interrupts", test_interrupts },
    { "vcpus", test_vcpus },
    { "rare", test_rare },
    { "lifetimes", test_lifetimes },
    { "atomics", test_atomics },
};

static void run_groups(abi_word unused)
{
    (void)unused;
    for (unsigned i = 0; i < sizeof groups / sizeof groups[0]; i++) {
        print("group ");
        print(groups[i].name);
        print("\n");
        arena_begin();
        fixture_make_objects();
        fixture_make_weak();
        groups[i].run();
        arena_end();
    }
    print("KTEST: ");
    print_number(result.passed);
    print(" passed, ");
    print_number(result.failed);
    print(" failed\n");
    power_off();
}

void component_main(unsigned thread)
{
    (void)thread;
    support_run(run_groups);
}
