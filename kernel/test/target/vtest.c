/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Two vCPUs that take turns must keep their registers apart, also from components that run in
 * between, and whether or not there are any; whatever stands in one's page must neither stop the
 * kernel nor show in the other: a root of its own, as it takes a while.
 */
#include "ktest_machine.h"
#include "support.h"
#include "vtest.h"

#include "abi/vcpu.h"
#include "runtime/component.h"

enum { GUEST_RAM = 0x40000000, VCPUS = 2, TURNS = 400, PAGES = 3000, FUZZED = 0, BYSTANDER = 1 };
enum { VECTOR_GPR = 21 }; /* vtest_guest.S */
enum { GUEST_IS_WELL = 1, RUNAWAY_MS = 2, FIRST_NUMBER = 0x111 };
enum { ALARM_US = 20, BUDGET_US = 20, PERIOD_US = 60, WHOLE_BUDGET_US = 10000, MORE_URGENT = 40 };

/* What a guest does at the beginning of a turn; vtest_guest.S has the same numbers. */
enum guest_task {
    TASK_NONE,
    TASK_WAIT,             /* WFI */
    TASK_TRAP,             /* reads a register for which the kernel itself answers 0 */
    TASK_SPIN,             /* 2^16 instructions */
    TASK_WAIT_EXCLUSIVELY, /* WFI between exclusive load and store: the store must not be done */
};

extern const unsigned char vtest_guest_start[], vtest_guest_end[];

static struct {
    cap_index vcpu;
    struct vcpu_page *page;
} machine[VCPUS];
static cap_index notification, timer;
static cap_index alarm_notification,
    alarm_timer; /* nobody waits, or a component that is more urgent */
static uint32_t passed, failed;

void check(const char *what, bool holds)
{
    passed += holds ? 1 : 0;
    failed += holds ? 0 : 1;
    if (!holds) {
        print("FAIL ");
        print(what);
        print("\n");
    }
}

static bool call(enum syscall number, abi_word a0, abi_word a1, abi_word a2, abi_word a3,
                 abi_word a4)
{
    return kstatus(number, a0, a1, a2, a3, a4, 0, 0) == STATUS_OK;
}

static uint64_t next_random(void)
{
    static uint64_t state = UINT64_C(88172645463325252);
    state ^= state << 13;
    state ^= state >> 7;
    state ^= state << 17;
    return state;
}

/* Code that the guest cannot write, in a space that both share. */
static bool space_prepare(cap_index space)
{
    cap_index frame, level2 = make(OBJECT_TABLE, 0), level3 = make(OBJECT_TABLE, 0);
    unsigned char *code = map_new_page(&frame);
    if (code == NULL) {
        return false;
    }
    for (const unsigned char *p = vtest_guest_start; p != vtest_guest_end; p++) {
        *code++ = *p;
    }
    return call(SYS_SPACE_MAP_TABLE, space, level2, GUEST_RAM, 2, 0) &&
           call(SYS_SPACE_MAP_TABLE, space, level3, GUEST_RAM, 3, 0) &&
           call(SYS_SPACE_MAP, space, copy_of(frame, RIGHTS_ALL, 0), GUEST_RAM, MAP_READ | MAP_EXEC,
                0);
}

static bool machine_prepare(unsigned i, cap_index space)
{
    cap_index frame;
    machine[i].vcpu = make(OBJECT_VCPU, 0);
    machine[i].page = map_new_page(&frame);
    return machine[i].page != NULL && call(SYS_VCPU_CONFIGURE, machine[i].vcpu, space, frame, 0, 0);
}

static void machine_start(unsigned i)
{
    machine[i].page->regs.pc = GUEST_RAM;
    machine[i].page->regs.pstate = KTEST_GUEST_PSTATE;
    machine[i].page->regs.gpr[0] = FIRST_NUMBER * (i + 1);
}

/* Its signal ends whatever would not end. */
static void set_runaway_timer(void)
{
    uint64_t deadline = now_ticks() + (uint64_t)boot_information()->counter_hz * RUNAWAY_MS / 1000;
    call(SYS_TIMER_SET, timer, (uint32_t)deadline, (uint32_t)(deadline >> 32), 0, 0);
}

/* The timer is for a guest that runs in circles. */
static abi_word run(unsigned i)
{
    set_runaway_timer();
    struct call_regs got = kcall(SYS_VCPU_RUN, machine[i].vcpu, 0, 0, 0, 0, 0, 0);
    call(SYS_TIMER_CANCEL, timer, 0, 0, 0, 0);
    return got.r[0] == STATUS_OK ? got.r[1] : 0;
}

static bool is_well_after(unsigned i, enum guest_task task)
{
    machine[i].page->regs.gpr[KTEST_TASK_REGISTER] = task;
    return run(i) == VCPU_EXIT_HVC && machine[i].page->exit.immediate == GUEST_IS_WELL;
}

static bool is_well(unsigned i)
{
    return is_well_after(i, TASK_NONE);
}

/* It looks at its vector registers every other time. */
static void check_twice(const char *what, unsigned i, enum guest_task task)
{
    check(what, is_well_after(i, task));
    check(what, is_well_after(i, task));
}

/* In an order that has one, two and three turns of the same one in a row. */
static void take_turns(void)
{
    machine_start(0);
    machine_start(1);
    for (unsigned turn = 0; turn < TURNS; turn++) {
        check("a guest finds its registers as it left them", is_well(turn * 7 / 3 & 1));
    }
}

/* ---- a turn that is broken off and goes on --------------------------------------------------- */

static void alarm_set(void)
{
    uint64_t at = now_ticks() + (uint64_t)boot_information()->counter_hz * ALARM_US / 1000000;
    call(SYS_TIMER_SET, alarm_timer, (uint32_t)at, (uint32_t)(at >> 32), 0, 0);
}

/* One that has not been well once stays so: each case has a fresh one. */
static void start_afresh(unsigned i)
{
    machine_start(i);
    check_twice("afresh", i, TASK_NONE);
}

/* Its interrupts are masked: the pending one does no more than end the WFI. */
static void waits_for_what_is_pending(unsigned i)
{
    struct vcpu_page *page = machine[i].page;
    page->interrupts[0] = (struct vcpu_irq){ .number = 40, .state = VCPU_IRQ_PENDING };
    page->interrupt_count = 1;
    check_twice("left at its WFI, entered at once", i, TASK_WAIT);
    check_twice("which ends its exclusive access", i, TASK_WAIT_EXCLUSIVELY);
    page->interrupt_count = 0;
}

static void is_interrupted(unsigned i)
{
    for (unsigned time = 0; time < 2; time++) {
        alarm_set();
        check("interrupted, but not for a component", is_well_after(i, TASK_SPIN));
        check("interrupted at all", call(SYS_POLL, alarm_notification, 0, 0, 0, 0));
    }
}

static uint64_t two_spins_ticks(const char *what, unsigned i)
{
    uint64_t start = now_ticks();
    check_twice(what, i, TASK_SPIN);
    return now_ticks() - start;
}

/* Nobody else is ready: the CPU is idle until the budget is full again. */
static void runs_out_of_budget(unsigned i)
{
    uint64_t at_once = two_spins_ticks("not broken off", i);
    call(SYS_SCHED_CONFIGURE, ROOT_SLOT_SCHED_CONTROL, own_sched(), BUDGET_US, PERIOD_US, 0);
    uint64_t in_pieces =
        two_spins_ticks("left at the end of its budget, entered out of idleness", i);
    call(SYS_SCHED_CONFIGURE, ROOT_SLOT_SCHED_CONTROL, own_sched(), WHOLE_BUDGET_US,
         WHOLE_BUDGET_US, 0);
    check("it did run out of budget", in_pieces > 2 * at_once);
}

static void break_turns_off(void)
{
    for (unsigned i = 0; i < VCPUS; i++) {
        start_afresh(i);
        waits_for_what_is_pending(i);
        start_afresh(i);
        check_twice("trapped, and the kernel answers", i, TASK_TRAP);
        start_afresh(i);
        is_interrupted(i);
        start_afresh(i);
        runs_out_of_budget(i);
    }
}

/* ---- floating point, which is the guests' only ----------------------------------------------- */

static struct {
    struct test_thread thread;
    cap_index faults, reply;
    volatile abi_word value;
    volatile bool is_awake, is_done;
} intruder;

static void intruder_body(abi_word value)
{
    kstatus(SYS_WAIT, alarm_notification, 0, 0, 0, 0, 0, 0);
    intruder.is_awake = true;
    intruder.value = native_fp_attempts(value);
    intruder.is_done = true;
    for (;;) {
        thread_stop(&intruder.thread);
    }
}

/* The timer ends the wait when there was no fault. */
static bool take_instruction_fault(void)
{
    set_runaway_timer();
    struct call_regs got = kcall(SYS_RECEIVE, intruder.faults, 0, 0, 0, 0, 0, intruder.reply);
    call(SYS_TIMER_CANCEL, timer, 0, 0, 0, 0);
    return got.r[0] == STATUS_OK && got.r[1] == FAULT_WORDS && got.r[2] == FAULT_INSTRUCTION &&
           call(SYS_REPLY, intruder.reply, 1, FAULT_REPLY_SKIP, 0, 0);
}

/* A component comes in between while the FP registers are the guest's, and wants them. */
static void try_native_fp(unsigned i)
{
    const abi_word value = 0x5a5a0000u + i;
    intruder.faults = make(OBJECT_ENDPOINT, 0);
    intruder.reply = make(OBJECT_REPLY, 0);
    intruder.is_awake = intruder.is_done = false;
    check("an intruder",
          thread_spawn(&intruder.thread, intruder_body, value, MORE_URGENT, intruder.faults));
    start_afresh(i);
    alarm_set();
    check("a guest does not see who ran in between",
          is_well_after(i, TASK_SPIN) && intruder.is_awake);
    for (unsigned attempt = 0; attempt < KTEST_FP_ATTEMPTS; attempt++) {
        check("floating point in a component is a fault", take_instruction_fault());
    }
    check("and gives it nothing", intruder.is_done && intruder.value == value);
    check_twice("nor does the guest see an attempt", i, TASK_NONE);
}

/* ---- anything in the page -------------------------------------------------------------------- */

/* Anything, but plausible enough in the fields that are checked to come further than the check. */
static void fill_page(struct vcpu_page *page)
{
    static const uint8_t modes[] = { 0, 4, 5, 0x10, 9, 8, 0xd, 0x13, 0x1a, 0x1f, 0x16 };
    uint64_t *word = (uint64_t *)page;
    for (unsigned i = 0; i < sizeof *page / sizeof *word; i++) {
        word[i] = next_random();
    }
    /* The AArch64 guest's vectors, if it is entered where it sets them: an address that stage 2
     * refuses. Beyond stage 1's reach each fetch would be an exception to the next, without an
     * instruction, and the emulator's clock, which counts those, would stand still. */
    page->regs.gpr[VECTOR_GPR] &= UINT64_C(0xffffff000);
    page->regs.pstate = (next_random() & ~UINT64_C(0x1f)) | modes[next_random() % sizeof modes];
    if (next_random() % 2 == 0) {
        page->regs.pc = GUEST_RAM + (next_random() & 0xffc);
    }
    page->interrupt_count = (uint32_t)(next_random() % (next_random() % 8 != 0 ? 4 : 20));
    for (unsigned i = 0; i < 3; i++) {
        uint64_t numbers = next_random() % 2 == 0 ? 1100 : 40;
        page->interrupts[i].number = (uint16_t)(next_random() % numbers);
        page->interrupts[i].state &= 3;
    }
}

static void fuzz_pages(void)
{
    for (unsigned i = 0; i < PAGES; i++) {
        fill_page(machine[FUZZED].page);
        if (i % 50 == 0) {
            call(SYS_VCPU_RESET, machine[FUZZED].vcpu, 0, 0, 0, 0);
        }
        abi_word reason = run(FUZZED);
        check("a page of anything ends in an exit",
              reason >= VCPU_EXIT_NOTIFIED && reason <= VCPU_EXIT_INVALID);
        if (i % 16 == 0) {
            check("the other guest does not see it", is_well(BYSTANDER));
        }
    }
    unsigned char *bytes = (unsigned char *)machine[FUZZED].page;
    for (size_t i = 0; i < sizeof(struct vcpu_page); i++) {
        bytes[i] = 0;
    }
    check("reset", call(SYS_VCPU_RESET, machine[FUZZED].vcpu, 0, 0, 0, 0));
    take_turns();
}

/* The two halves of a counter and of a deadline belong together: one before, one behind the carry.
 * The emulator's clock jumps there, as nobody has anything to do. */
static void timer_across_the_carry(void)
{
    const uint64_t carry = UINT64_C(1) << 32;
    const uint64_t deadlines[] = { carry - 500, carry + 500 };
    check("the carry is still to come", now_ticks() < deadlines[0]);
    call(SYS_POLL, notification, 0, 0, 0, 0); /* what the last turn may have left */
    for (unsigned i = 0; i < 2; i++) {
        uint64_t at = deadlines[i];
        call(SYS_TIMER_SET, timer, (uint32_t)at, (uint32_t)(at >> 32), 0, 0);
        check("the timer's signal", call(SYS_WAIT, notification, 0, 0, 0, 0));
        check("not too early", now_ticks() >= at);
        check("not too late", now_ticks() < at + boot_information()->counter_hz / 1000);
    }
}

static void run_all(abi_word unused)
{
    (void)unused;
    arena_begin();
    cap_index space = make(OBJECT_SPACE, SPACE_GUEST);
    notification = make(OBJECT_NOTIFICATION, 0);
    timer = make(OBJECT_TIMER, 0);
    alarm_notification = make(OBJECT_NOTIFICATION, 0);
    alarm_timer = make(OBJECT_TIMER, 0);
    check("preparation",
          space_prepare(space) && machine_prepare(0, space) && machine_prepare(1, space) &&
              call(SYS_THREAD_BIND, own_thread(), notification, 0, 0, 0) &&
              call(SYS_TIMER_BIND, ROOT_SLOT_SCHED_CONTROL, timer,
                   copy_of(notification, RIGHTS_ALL, 1), 0, 0) &&
              call(SYS_TIMER_BIND, ROOT_SLOT_SCHED_CONTROL, alarm_timer, alarm_notification, 0, 0));
    take_turns();
    break_turns_off();
    try_native_fp(0);
    try_native_fp(1);
    take_turns();
    call(SYS_VCPU_RESET, machine[BYSTANDER].vcpu, 0, 0, 0, 0);
    machine_start(BYSTANDER);
    fuzz_pages();
    sweep_registers(timer);
    timer_across_the_carry();
    print("KTEST: ");
    print_number(passed);
    print(" passed, ");
    print_number(failed);
    print(" failed\n");
    power_off();
}

void component_main(unsigned thread)
{
    (void)thread;
    support_run(run_all);
}
