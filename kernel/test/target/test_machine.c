/* SPDX-License-Identifier: BSD-2-Clause */
/* Interrupts, vCPUs, console and shutdown. */
#include "abi/vcpu.h"
#include "ktest.h"

enum { OWN = ROOT_SLOT_CNODE, FREE_IRQ = 100, HUGE_IRQ = 5000, GUEST_RAM = 0x40000000 };

static void irq_errors(void)
{
    cap_index to = new_slot();
    EXPECT(BAD_CAP, SYS_IRQ_GET, f.empty, FREE_IRQ, OWN, to);
    EXPECT(BAD_TYPE, SYS_IRQ_GET, f.endpoint, FREE_IRQ, OWN, to);
    EXPECT(BAD_CAP, SYS_IRQ_GET, ROOT_SLOT_IRQ_CONTROL, FREE_IRQ, f.empty, to);
    EXPECT(BAD_TYPE, SYS_IRQ_GET, ROOT_SLOT_IRQ_CONTROL, FREE_IRQ, f.endpoint, to);
    EXPECT(BAD_RIGHTS, SYS_IRQ_GET, ROOT_SLOT_IRQ_CONTROL, FREE_IRQ, f.weak_cnode, 1);
    EXPECT(BAD_ARGUMENT, SYS_IRQ_GET, ROOT_SLOT_IRQ_CONTROL, HUGE_IRQ, OWN, to);
    EXPECT(BAD_CAP, SYS_IRQ_GET, ROOT_SLOT_IRQ_CONTROL, FREE_IRQ, f.cnode, 32);
    EXPECT(SLOT_IN_USE, SYS_IRQ_GET, ROOT_SLOT_IRQ_CONTROL, FREE_IRQ, OWN, f.endpoint);
    EXPECT(OK, SYS_IRQ_GET, ROOT_SLOT_IRQ_CONTROL, FREE_IRQ, OWN, to);
    cap_index again = new_slot();
    EXPECT(BUSY, SYS_IRQ_GET, ROOT_SLOT_IRQ_CONTROL, FREE_IRQ, OWN, again);
    cap_index weak = copy_of(to, 0, 0);
    EXPECT(NOT_BOUND, SYS_IRQ_ACK, to);
    EXPECT(BAD_CAP, SYS_IRQ_BIND, f.empty, f.notification);
    EXPECT(BAD_CAP, SYS_IRQ_BIND, to, f.empty);
    EXPECT(BAD_TYPE, SYS_IRQ_BIND, f.endpoint, f.notification);
    EXPECT(BAD_TYPE, SYS_IRQ_BIND, to, f.endpoint);
    EXPECT(BAD_RIGHTS, SYS_IRQ_BIND, weak, f.notification);
    EXPECT(BAD_RIGHTS, SYS_IRQ_BIND, to, f.weak_notification);
    EXPECT(OK, SYS_IRQ_BIND, to, f.notification);
    EXPECT(BAD_CAP, SYS_IRQ_ACK, f.empty);
    EXPECT(BAD_TYPE, SYS_IRQ_ACK, f.endpoint);
    EXPECT(BAD_RIGHTS, SYS_IRQ_ACK, weak);
    EXPECT(OK, SYS_IRQ_ACK, to);
    EXPECT(OK, SYS_CAP_REVOKE, OWN, to);
    EXPECT(OK, SYS_CAP_DELETE, OWN, to);
    EXPECT(OK, SYS_IRQ_GET, ROOT_SLOT_IRQ_CONTROL, FREE_IRQ, OWN, to);
    EXPECT(OK, SYS_CAP_DELETE, OWN, to);
}

static void console_and_shutdown_errors(void)
{
    cap_index weak = copy_of(ROOT_SLOT_SCHED_CONTROL, 0, 0);
    cap_index dumb = copy_of(ROOT_SLOT_CONSOLE, 0, 0);
    EXPECT(BAD_CAP, SYS_CONSOLE_WRITE, f.empty, 1, 'x');
    EXPECT(BAD_TYPE, SYS_CONSOLE_WRITE, f.endpoint, 1, 'x');
    EXPECT(BAD_RIGHTS, SYS_CONSOLE_WRITE, dumb, 1, 'x');
    EXPECT(BAD_ARGUMENT, SYS_CONSOLE_WRITE, ROOT_SLOT_CONSOLE, 0, 'x');
    EXPECT(BAD_ARGUMENT, SYS_CONSOLE_WRITE, ROOT_SLOT_CONSOLE, 17, 'x');
    EXPECT(OK, SYS_CONSOLE_WRITE, ROOT_SLOT_CONSOLE, 1, '\n');
    EXPECT(BAD_CAP, SYS_SHUTDOWN, f.empty, SHUTDOWN_OFF);
    EXPECT(BAD_TYPE, SYS_SHUTDOWN, f.endpoint, SHUTDOWN_OFF);
    EXPECT(BAD_RIGHTS, SYS_SHUTDOWN, weak, SHUTDOWN_OFF);
    EXPECT(BAD_ARGUMENT, SYS_SHUTDOWN, ROOT_SLOT_SCHED_CONTROL, 2);
}

void test_interrupts(void)
{
    irq_errors();
    console_and_shutdown_errors();
}

/* ---- vCPUs ----------------------------------------------------------------------------------- */

static struct vcpu_page *state;

static void vcpu_errors(void)
{
    cap_index page;
    state = map_new_page(&page);
    CHECK(state != NULL);
    EXPECT(NOT_BOUND, SYS_VCPU_RUN, f.vcpu);
    EXPECT(NOT_BOUND, SYS_VCPU_RESET, f.vcpu);
    EXPECT(BAD_CAP, SYS_VCPU_CONFIGURE, f.empty, f.guest_space, page);
    EXPECT(BAD_CAP, SYS_VCPU_CONFIGURE, f.vcpu, f.empty, page);
    EXPECT(BAD_CAP, SYS_VCPU_CONFIGURE, f.vcpu, f.guest_space, f.empty);
    EXPECT(BAD_TYPE, SYS_VCPU_CONFIGURE, f.endpoint, f.guest_space, page);
    EXPECT(BAD_TYPE, SYS_VCPU_CONFIGURE, f.vcpu, f.endpoint, page);
    EXPECT(BAD_TYPE, SYS_VCPU_CONFIGURE, f.vcpu, f.guest_space, f.endpoint);
    EXPECT(BAD_RIGHTS, SYS_VCPU_CONFIGURE, f.weak_vcpu, f.guest_space, page);
    EXPECT(BAD_RIGHTS, SYS_VCPU_CONFIGURE, f.vcpu, f.weak_space, page);
    EXPECT(BAD_RIGHTS, SYS_VCPU_CONFIGURE, f.vcpu, f.guest_space, f.weak_frame);
    EXPECT(BAD_ARGUMENT, SYS_VCPU_CONFIGURE, f.vcpu, f.space, page);
    EXPECT(BAD_ARGUMENT, SYS_VCPU_CONFIGURE, f.vcpu, f.guest_space, f.big_frame);
    EXPECT(OK, SYS_VCPU_CONFIGURE, f.vcpu, f.guest_space, page);
    EXPECT(BAD_CAP, SYS_VCPU_RUN, f.empty);
    EXPECT(BAD_TYPE, SYS_VCPU_RUN, f.endpoint);
    EXPECT(BAD_RIGHTS, SYS_VCPU_RUN, f.weak_vcpu);
    EXPECT(BAD_CAP, SYS_VCPU_RESET, f.empty);
    EXPECT(BAD_TYPE, SYS_VCPU_RESET, f.endpoint);
    EXPECT(BAD_RIGHTS, SYS_VCPU_RESET, f.weak_vcpu);
    EXPECT(OK, SYS_VCPU_RESET, f.vcpu);
}

/* One page of guest memory with a stub in it: load from nowhere, hypercall, wait. */
static bool guest_prepare(void)
{
    cap_index frame, level2 = make(OBJECT_TABLE, 0), level3 = make(OBJECT_TABLE, 0);
    unsigned char *code = map_new_page(&frame);
    if (code == NULL) {
        return false;
    }
    for (const unsigned char *p = guest_stub_start; p != guest_stub_end; p++) {
        *code++ = *p;
    }
    cap_index alias = copy_of(frame, RIGHTS_ALL, 0);
    return kstatus(SYS_SPACE_MAP_TABLE, f.guest_space, level2, GUEST_RAM, 2, 0, 0, 0) ==
               STATUS_OK &&
           kstatus(SYS_SPACE_MAP_TABLE, f.guest_space, level3, GUEST_RAM, 3, 0, 0, 0) ==
               STATUS_OK &&
           kstatus(SYS_SPACE_MAP, f.guest_space, alias, GUEST_RAM, MAP_READ | MAP_WRITE | MAP_EXEC,
                   0, 0, 0) == STATUS_OK;
}

static void run_and_check_exits(void)
{
    state->regs.pc = GUEST_RAM;
    state->regs.pstate = KTEST_GUEST_PSTATE;
    state->regs.gpr[1] = 0x09000018;
    state->regs.gpr[2] = 0x1234;
    struct call_regs got = kcall(SYS_VCPU_RUN, f.vcpu, 0, 0, 0, 0, 0, 0);
    CHECK(got.r[0] == STATUS_OK && got.r[1] == VCPU_EXIT_MMIO);
    CHECK(state->exit.address == 0x09000018 && state->exit.width_bytes == KTEST_GUEST_WIDTH &&
          !state->exit.is_write);
    CHECK(state->exit.reg == KTEST_GUEST_REGISTER);
    state->load_value = 0xabcd;
    state->flags = VCPU_COMPLETE_LOAD | VCPU_SKIP;
    got = kcall(SYS_VCPU_RUN, f.vcpu, 0, 0, 0, 0, 0, 0);
    CHECK(got.r[1] == VCPU_EXIT_MMIO && state->exit.is_write && state->exit.value == 0xabcd);
    state->flags = VCPU_SKIP;
    got = kcall(SYS_VCPU_RUN, f.vcpu, 0, 0, 0, 0, 0, 0);
    CHECK(got.r[1] == VCPU_EXIT_LOAD_WORD && state->exit.address == 0x09000018);
    CHECK(state->exit.reg == 3 && state->regs.pc == GUEST_RAM + 8);
    state->regs.gpr[3] = 0x12345678;
    state->regs.pc += 4;
    got = kcall(SYS_VCPU_RUN, f.vcpu, 0, 0, 0, 0, 0, 0);
    CHECK(got.r[1] == VCPU_EXIT_STORE_WORD && state->exit.reg == 3);
    CHECK(state->regs.gpr[3] == 0x12345678 && state->regs.pc == GUEST_RAM + 12);
    state->regs.pc += 4;
    got = kcall(SYS_VCPU_RUN, f.vcpu, 0, 0, 0, 0, 0, 0);
    CHECK(got.r[1] == VCPU_EXIT_HVC && state->exit.immediate == 7);
}

static void waiting_guest_ends_by_signal(void)
{
    cap_index two = copy_of(f.notification, RIGHTS_ALL, 2);
    cap_index timed = copy_of(f.notification, RIGHTS_ALL, 4);
    EXPECT(OK, SYS_THREAD_BIND, own_thread(), f.notification);
    EXPECT(OK, SYS_SIGNAL, two);
    struct call_regs got = kcall(SYS_VCPU_RUN, f.vcpu, 0, 0, 0, 0, 0, 0);
    CHECK(got.r[0] == STATUS_OK && got.r[1] == VCPU_EXIT_NOTIFIED && got.r[2] == 2);
    EXPECT(OK, SYS_TIMER_BIND, ROOT_SLOT_SCHED_CONTROL, f.timer, timed);
    uint64_t deadline = now_ticks() + boot_information()->counter_hz / 1000;
    EXPECT(OK, SYS_TIMER_SET, f.timer, (uint32_t)deadline, (uint32_t)(deadline >> 32));
    got = kcall(SYS_VCPU_RUN, f.vcpu, 0, 0, 0, 0, 0, 0); /* the guest stands at its WFI */
    CHECK(got.r[1] == VCPU_EXIT_NOTIFIED && got.r[2] == 4 && now_ticks() >= deadline);
}

/* After the garbage: the same guest once more, stopped by a signal at its WFI. */
static bool guest_stands_at_wfi(void)
{
    for (unsigned char *p = (unsigned char *)state; p != (unsigned char *)(state + 1); p++) {
        *p = 0;
    }
    state->regs.pc = GUEST_RAM + 20;
    state->regs.pstate = KTEST_GUEST_PSTATE;
    cap_index one = copy_of(f.notification, RIGHTS_ALL, 1);
    kstatus(SYS_SIGNAL, one, 0, 0, 0, 0, 0, 0);
    return kcall(SYS_VCPU_RUN, f.vcpu, 0, 0, 0, 0, 0, 0).r[1] == VCPU_EXIT_NOTIFIED;
}

static struct call_regs runner_regs;
static struct test_thread runner;

static void runner_body(abi_word unused)
{
    (void)unused;
    raw_call(&runner_regs);
    thread_stop(&runner);
}

/* A more urgent thread's guest stands at its WFI; whoever touches the vCPU is told, and taking it
 * away ends the run. */
static void waiting_guest_is_busy(void)
{
    runner_regs = (struct call_regs){ .r = { f.vcpu, 0, 0, 0, 0, 0, 0, SYS_VCPU_RUN } };
    CHECK(thread_spawn(&runner, runner_body, 0, 40, 0));
    cap_index page = make(OBJECT_FRAME, 12);
    EXPECT(BUSY, SYS_VCPU_RUN, f.vcpu);
    EXPECT(BUSY, SYS_VCPU_RESET, f.vcpu);
    EXPECT(BUSY, SYS_VCPU_CONFIGURE, f.vcpu, f.guest_space, page);
    EXPECT(OK, SYS_CAP_REVOKE, OWN, f.guest_space);
    CHECK(runner_regs.r[0] == STATUS_REVOKED);
}

/* Nothing in the page may make the kernel enter EL2, or stop it. */
static void garbage_in_the_page(void)
{
    static const uint64_t states[] = { 0x9,   0x8,  0xd,  0xc,   0x1d3,
                                       0x1da, 0x13, 0x1f, ~0ull, 0x8000000000000005ull };
    for (unsigned i = 0; i < sizeof states / sizeof states[0]; i++) {
        unsigned char *bytes = (unsigned char *)state;
        for (unsigned n = 0; n < sizeof *state; n++) {
            bytes[n] = (unsigned char)(n * 37u + i * 91u);
        }
        state->regs.pc = 0xffff000012345678ull;
        state->regs.pstate = states[i];
        struct call_regs got = kcall(SYS_VCPU_RUN, f.vcpu, 0, 0, 0, 0, 0, 0);
        check("garbage in the vCPU page ends in an exit", got.r[0] == STATUS_OK && got.r[1] != 0);
        kstatus(SYS_VCPU_RESET, f.vcpu, 0, 0, 0, 0, 0, 0);
    }
}

void test_vcpus(void)
{
    vcpu_errors();
    CHECK(guest_prepare());
    run_and_check_exits();
    waiting_guest_ends_by_signal();
    garbage_in_the_page();
    CHECK(guest_stands_at_wfi());
    waiting_guest_is_busy();
}
