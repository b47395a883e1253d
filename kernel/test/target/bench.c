/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The kernel's operations in instructions. This is a root of its own on the
 * shipped kernel, run under QEMU's `-icount shift=0`, where one nanosecond of
 * the counter is one instruction. Each figure is a loop of REPEATS operations
 * less the same loop without the trap, so it covers everything from the
 * trapping instruction to the one after the return.
 *
 * Output: one line "BENCH <name> <hundredths of an instruction>" each.
 */
#include "bench_stubs.h"
#include "runtime/clock.h"
#include "runtime/component.h"
#include "runtime/memory.h"
#include "runtime/mmio.h"
#include "support.h"

enum {
    REPEATS = 1000,
    SERVER_PRIORITY = 40,
    FAULTER_PRIORITY = 5, /* below the bench itself, which is its fault handler */
    UART_IRQ_WINDOW = 0x20000000,
    NS_PER_S = 1000000000,
};

static uint64_t ticks_to_centi(uint64_t ticks_total, uint64_t operations)
{
    return ticks_total * (NS_PER_S / clock_hz()) * 100u / operations;
}

static void report(const char *name, uint64_t centi)
{
    print("BENCH ");
    print(name);
    print(" ");
    print_number(centi);
    print("\n");
}

static void fail(const char *name)
{
    print("BENCH-FAILED ");
    print(name);
    print("\n");
}

/* Hundredths of an instruction of one call, repeated with the same registers. */
static uint64_t measure_repeated(const struct call_regs *regs)
{
    uint64_t t0 = now_ticks();
    raw_empty_loop(regs, REPEATS);
    uint64_t t1 = now_ticks();
    raw_call_loop(regs, REPEATS);
    uint64_t t2 = now_ticks();
    return ticks_to_centi((t2 - t1) - (t1 - t0), REPEATS);
}

static uint64_t bench_null(void)
{
    struct call_regs regs = { .r = { 0, 0, 0, 0, 0, 0, 0, SYS_NULL } };
    uint64_t centi = measure_repeated(&regs);
    report("syscall_null", centi);
    return centi;
}

static void bench_signal_no_waiter(void)
{
    cap_index notification = copy_of(make(OBJECT_NOTIFICATION, 0), RIGHTS_ALL, 1);
    struct call_regs regs = { .r = { notification, 0, 0, 0, 0, 0, 0, SYS_SIGNAL } };
    report("signal_no_waiter", measure_repeated(&regs));
}

/* ---- IPC between two address spaces ---------------------------------------------------------- */

static bool start_server(struct test_thread *server, const unsigned char *start,
                         const unsigned char *end, cap_index endpoint, abi_word extra)
{
    cap_index reply = make(OBJECT_REPLY, 0);
    struct stub_setup setup = {
        .start = start,
        .end = end,
        .argument = endpoint | (abi_word)reply << 16 | extra,
        .priority = SERVER_PRIORITY,
        .with_sched = true,
    };
    return reply != 0 && stub_spawn(server, &setup);
}

static void bench_round_trip(void)
{
    struct test_thread server;
    cap_index endpoint = make(OBJECT_ENDPOINT, 0);
    if (!start_server(&server, stub_echo_start, stub_echo_end, endpoint, 0)) {
        fail("ipc_round_trip");
        return;
    }
    struct call_regs regs = { .r = { endpoint, 0, 0, 0, 0, 0, 0, SYS_CALL } };
    report("ipc_round_trip", measure_repeated(&regs));
}

#define EMPTY_LANDING ((abi_word)1 << 31)

/* The server adds up (its counter after receive - word 0) and answers the sum. */
static void bench_one_way(const char *name, abi_word info, bool with_cap)
{
    struct test_thread server;
    cap_index endpoint = make(OBJECT_ENDPOINT, 0);
    cap_index landing = with_cap ? new_slot() : 0; /* next to the endpoint: the stub counts on it */
    if (!start_server(&server, stub_one_way_start, stub_one_way_end, endpoint,
                      with_cap ? EMPTY_LANDING : 0)) {
        fail(name);
        return;
    }
    server.message->receive_slot = landing;
    own_message()->send_cap = endpoint;
    struct call_regs regs = { .r = { endpoint, info, 0, 0, 0, 0, 0, SYS_CALL } };
    uint64_t sum = raw_stamped_call_loop(&regs, REPEATS);
    report(name, ticks_to_centi(sum, REPEATS));
}

/* ---- signal, fault, interrupt ---------------------------------------------------------------- */

static struct {
    cap_index notification;
    uint64_t stamp;
    uint64_t sum;
    cap_index irq;
    uintptr_t uart;
} shared;

static void waiter_body(abi_word unused)
{
    (void)unused;
    for (;;) {
        kstatus(SYS_WAIT, shared.notification, 0, 0, 0, 0, 0, 0);
        shared.sum += now_ticks() - shared.stamp;
    }
}

static void bench_signal_to_waiter(void)
{
    struct test_thread waiter;
    shared.notification = copy_of(make(OBJECT_NOTIFICATION, 0), RIGHTS_ALL, 1);
    shared.sum = 0;
    if (!thread_spawn(&waiter, waiter_body, 0, SERVER_PRIORITY, 0)) {
        fail("signal_to_waiter");
        return;
    }
    struct call_regs regs = { .r = { shared.notification, 0, 0, 0, 0, 0, 0, SYS_SIGNAL } };
    for (unsigned i = 0; i < REPEATS; i++) {
        regs.r[0] = shared.notification;
        regs.r[7] = SYS_SIGNAL;
        shared.stamp = now_ticks();
        raw_call(&regs);
    }
    report("signal_to_waiter", ticks_to_centi(shared.sum, REPEATS));
}

static void bench_fault(void)
{
    struct test_thread faulter;
    cap_index endpoint = make(OBJECT_ENDPOINT, 0);
    cap_index reply = make(OBJECT_REPLY, 0);
    struct stub_setup setup = {
        .start = stub_fault_start,
        .end = stub_fault_end,
        .priority = FAULTER_PRIORITY,
        .with_sched = true,
        .fault_endpoint = endpoint,
    };
    if (!stub_spawn(&faulter, &setup)) {
        fail("fault_round_trip");
        return;
    }
    kcall(SYS_RECEIVE, endpoint, 0, 0, 0, 0, 0, reply);
    struct call_regs regs = { .r = { endpoint, 1, FAULT_REPLY_SKIP, 0, 0, 0, reply,
                                     SYS_REPLY_RECEIVE } };
    report("fault_round_trip", measure_repeated(&regs));
}

enum { PL011_IMSC = 0x38, PL011_INT_TX = 1 << 5 }; /* PL011 TRM (DDI 0183), 3.3.10 */

static void irq_body(abi_word unused)
{
    (void)unused;
    for (;;) {
        kstatus(SYS_WAIT, shared.notification, 0, 0, 0, 0, 0, 0);
        shared.sum += now_ticks() - shared.stamp;
        mmio_write32(shared.uart + PL011_IMSC, 0);
        kstatus(SYS_IRQ_ACK, shared.irq, 0, 0, 0, 0, 0, 0);
    }
}

/* The console's transmit interrupt is pending after any output; unmasking it raises it. */
static bool irq_prepare(struct test_thread *handler)
{
    const struct boot_info *info = boot_information();
    for (unsigned i = 0; i < info->untyped_count; i++) {
        if (info->untyped[i].base != BENCH_UART_BASE) {
            continue;
        }
        cap_index frame = new_slot();
        cap_index level3 = make(OBJECT_TABLE, 0);
        kstatus(SYS_UNTYPED_RETYPE, ROOT_SLOT_FIRST_UNTYPED + i, OBJECT_FRAME, 12, RETYPE_NEXT,
                ROOT_SLOT_CNODE, frame, 0);
        kstatus(SYS_SPACE_MAP_TABLE, ROOT_SLOT_SPACE, level3, UART_IRQ_WINDOW, 3, 0, 0, 0);
        if (kstatus(SYS_SPACE_MAP, ROOT_SLOT_SPACE, frame, UART_IRQ_WINDOW,
                    MAP_READ | MAP_WRITE | MAP_DEVICE, 0, 0, 0) != STATUS_OK) {
            return false;
        }
        shared.uart = UART_IRQ_WINDOW;
        shared.irq = new_slot();
        return kstatus(SYS_IRQ_GET, ROOT_SLOT_IRQ_CONTROL, BENCH_UART_IRQ, ROOT_SLOT_CNODE,
                       shared.irq, 0, 0, 0) == STATUS_OK &&
               kstatus(SYS_IRQ_BIND, shared.irq, shared.notification, 0, 0, 0, 0, 0) == STATUS_OK &&
               kstatus(SYS_IRQ_ACK, shared.irq, 0, 0, 0, 0, 0, 0) == STATUS_OK &&
               thread_spawn(handler, irq_body, 0, SERVER_PRIORITY, 0);
    }
    return false;
}

static void bench_irq(void)
{
    struct test_thread handler;
    shared.notification = copy_of(make(OBJECT_NOTIFICATION, 0), RIGHTS_ALL, 1);
    shared.sum = 0;
    if (!irq_prepare(&handler)) {
        fail("irq_to_user");
        return;
    }
    for (unsigned i = 0; i < REPEATS; i++) {
        shared.stamp = now_ticks();
        mmio_write32(shared.uart + PL011_IMSC, PL011_INT_TX);
    }
    report("irq_to_user", ticks_to_centi(shared.sum, REPEATS));
}

/* ---- operations that need new arguments each time -------------------------------------------- */

enum { OBJECTS = 200 };

/* Fills regs for operation i; the same loop with SYS_NULL is taken off. */
static uint64_t measure_series(void (*fill)(struct call_regs *, unsigned), uint64_t null_centi)
{
    struct call_regs regs;
    uint64_t t0 = now_ticks();
    for (unsigned i = 0; i < OBJECTS; i++) {
        fill(&regs, i);
        regs.r[7] = SYS_NULL;
        raw_call(&regs);
    }
    uint64_t t1 = now_ticks();
    for (unsigned i = 0; i < OBJECTS; i++) {
        fill(&regs, i);
        raw_call(&regs);
    }
    uint64_t t2 = now_ticks();
    return ticks_to_centi((t2 - t1) - (t1 - t0), OBJECTS) + null_centi;
}

static struct {
    cap_index first_frame;
    cap_index first_slot;
} series;

static void fill_map(struct call_regs *regs, unsigned i)
{
    *regs = (struct call_regs){ .r = { ROOT_SLOT_SPACE, series.first_frame + i,
                                       UART_IRQ_WINDOW + 0x200000u + i * 4096u,
                                       MAP_READ | MAP_WRITE, 0, 0, 0, SYS_SPACE_MAP } };
}

static void fill_retype(struct call_regs *regs, unsigned i)
{
    *regs = (struct call_regs){ .r = { arena_untyped(), OBJECT_ENDPOINT, 0, RETYPE_NEXT,
                                       ROOT_SLOT_CNODE, series.first_slot + i, 0,
                                       SYS_UNTYPED_RETYPE } };
}

static void bench_map(uint64_t null_centi)
{
    cap_index table = make(OBJECT_TABLE, 0);
    kstatus(SYS_SPACE_MAP_TABLE, ROOT_SLOT_SPACE, table, UART_IRQ_WINDOW + 0x200000u, 3, 0, 0, 0);
    series.first_frame = make(OBJECT_FRAME, 12);
    for (unsigned i = 1; i < OBJECTS; i++) {
        make(OBJECT_FRAME, 12);
    }
    report("map_page", measure_series(fill_map, null_centi));
}

static void bench_retype(uint64_t null_centi)
{
    series.first_slot = new_slot();
    for (unsigned i = 1; i < OBJECTS; i++) {
        (void)new_slot();
    }
    report("retype_endpoint", measure_series(fill_retype, null_centi));
}

static void run_bench(abi_word unused)
{
    (void)unused;
    arena_begin();
    uint64_t null_centi = bench_null();
    bench_signal_no_waiter();
    bench_round_trip();
    bench_one_way("ipc_call_4_words", 4, false);
    bench_one_way("ipc_call_20_words", 20, false);
    bench_one_way("ipc_call_cap", 1 | MESSAGE_INFO_CAP, true);
    bench_signal_to_waiter();
    bench_fault();
    bench_irq();
    bench_map(null_centi);
    bench_retype(null_centi);
    print("BENCH-DONE\n");
    power_off();
}

void component_main(unsigned thread)
{
    (void)thread;
    support_run(run_bench);
}
