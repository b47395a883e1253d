/* SPDX-License-Identifier: BSD-2-Clause */
/* What the target tests share: objects, threads, expectations. */
#include "support.h"

#include "runtime/clock.h"
#include "runtime/memory.h"

enum {
    ARENA_SHIFT = 24,
    ARENA_SLOT = ROOT_SLOT_FIRST_FREE,
    FIRST_TEST_SLOT = ROOT_SLOT_FIRST_FREE + 16,
    LAST_TEST_SLOT = 1 << ROOT_CNODE_BITS,
    PAGE_BYTES = 4096,
    WINDOW_VA = 0x10000000, /* pages that tests map: one level 3 table, 512 pages */
    WINDOW_PAGES = 512,
    STUB_VA = 0x00400000,
    STUB_MESSAGE_VA = 0x00401000,
    THREADS = 8,
    STACK_BYTES = 8192,
    OWN_MESSAGE_VA = 0x0fe00000,
    OWN_PRIORITY = 30,
    BUDGET_US = 10000,
};

/* What the thread that runs the tests is made of; from an untyped that is no arena's. */
enum own_slot {
    OWN_TABLE = ROOT_SLOT_FIRST_FREE + 1,
    OWN_FRAME,
    OWN_THREAD,
    OWN_SCHED,
    OWN_SLEEP,
    OWN_END,
};

static struct {
    cap_index largest; /* the untyped that arenas come from */
    cap_index next_slot;
    unsigned next_page;
    bool window_ready;
    unsigned threads;
} support;

static unsigned char stacks[THREADS][STACK_BYTES] __attribute__((aligned(16)));

/* ---- output ---------------------------------------------------------------------------------- */

void print(const char *text)
{
    while (*text != '\0') {
        struct call_regs regs = { .r = { ROOT_SLOT_CONSOLE, 0, 0, 0, 0, 0, 0, SYS_CONSOLE_WRITE } };
        unsigned char *bytes = (unsigned char *)&regs.r[2];
        unsigned count = 0;
        while (count < 4 * sizeof(abi_word) && count < 16 && text[count] != '\0') {
            bytes[count] = (unsigned char)text[count];
            count++;
        }
        regs.r[1] = count;
        raw_call(&regs);
        text += count;
    }
}

void print_number(uint64_t value)
{
    char digits[21];
    unsigned at = sizeof digits - 1;
    digits[at] = '\0';
    do {
        digits[--at] = (char)('0' + (char)(value % 10));
        value /= 10;
    } while (value != 0);
    print(&digits[at]);
}

_Noreturn void power_off(void)
{
    kstatus(SYS_SHUTDOWN, ROOT_SLOT_SCHED_CONTROL, SHUTDOWN_OFF, 0, 0, 0, 0, 0);
    for (;;) {
    }
}

/* ---- system calls ---------------------------------------------------------------------------- */

struct call_regs kcall(enum syscall number, abi_word a0, abi_word a1, abi_word a2, abi_word a3,
                       abi_word a4, abi_word a5, abi_word a6)
{
    struct call_regs regs = { .r = { a0, a1, a2, a3, a4, a5, a6, (abi_word)number } };
    raw_call(&regs);
    return regs;
}

enum status kstatus(enum syscall number, abi_word a0, abi_word a1, abi_word a2, abi_word a3,
                    abi_word a4, abi_word a5, abi_word a6)
{
    struct call_regs regs = kcall(number, a0, a1, a2, a3, a4, a5, a6);
    return (enum status)regs.r[0];
}

uint64_t now_ticks(void)
{
    return clock_ticks();
}

const struct boot_info *boot_information(void)
{
    return (const struct boot_info *)(uintptr_t)ROOT_BOOT_INFO_VA;
}

struct message_buffer *own_message(void)
{
    return (struct message_buffer *)(uintptr_t)OWN_MESSAGE_VA;
}

/* ---- objects --------------------------------------------------------------------------------- */

static void find_memory(cap_index *home_out)
{
    const struct boot_info *info = boot_information();
    unsigned best_shift = 0;
    for (unsigned i = 0; i < info->untyped_count; i++) {
        const struct boot_untyped *u = &info->untyped[i];
        if (u->kind == UNTYPED_RAM && u->size_shift > best_shift) {
            *home_out = support.largest;
            best_shift = u->size_shift;
            support.largest = ROOT_SLOT_FIRST_UNTYPED + i;
        } else if (u->kind == UNTYPED_RAM) {
            *home_out = ROOT_SLOT_FIRST_UNTYPED + i;
        }
    }
}

static void must(enum status status, const char *what)
{
    if (status != STATUS_OK) {
        print("cannot ");
        print(what);
        print(": status ");
        print_number(status);
        print("\n");
        power_off();
    }
}

static void own_make(cap_index home, enum object_type type, abi_word parameter, cap_index slot)
{
    must(kstatus(SYS_UNTYPED_RETYPE, home, (abi_word)type, parameter, RETYPE_NEXT, ROOT_SLOT_CNODE,
                 slot, 0),
         "make the test thread's objects");
}

static unsigned char own_stack[4 * STACK_BYTES] __attribute__((aligned(16)));

_Noreturn void support_run(void (*body)(abi_word))
{
    cap_index home = 0;
    find_memory(&home);
    own_make(home, OBJECT_TABLE, 0, OWN_TABLE);
    own_make(home, OBJECT_FRAME, 12, OWN_FRAME);
    own_make(home, OBJECT_THREAD, 0, OWN_THREAD);
    own_make(home, OBJECT_SCHED, 0, OWN_SCHED);
    own_make(home, OBJECT_NOTIFICATION, 0, OWN_SLEEP);
    must(kstatus(SYS_SPACE_MAP_TABLE, ROOT_SLOT_SPACE, OWN_TABLE, OWN_MESSAGE_VA, 3, 0, 0, 0),
         "map a table");
    must(kstatus(SYS_SPACE_MAP, ROOT_SLOT_SPACE, OWN_FRAME, OWN_MESSAGE_VA, MAP_READ | MAP_WRITE, 0,
                 0, 0),
         "map the message buffer");
    must(kstatus(SYS_THREAD_CONFIGURE, OWN_THREAD, ROOT_SLOT_CNODE, ROOT_SLOT_SPACE, OWN_FRAME, 0,
                 0, OWN_PRIORITY),
         "configure the test thread");
    must(kstatus(SYS_SCHED_CONFIGURE, ROOT_SLOT_SCHED_CONTROL, OWN_SCHED, BUDGET_US, BUDGET_US, 0,
                 0, 0),
         "give the test thread time");
    must(kstatus(SYS_SCHED_BIND, OWN_SCHED, OWN_THREAD, 0, 0, 0, 0, 0), "bind its time");
    must(kstatus(SYS_THREAD_START, OWN_THREAD, (abi_word)body,
                 (abi_word)&own_stack[sizeof own_stack], 0, 0, 0, 0),
         "start the test thread");
    for (;;) {
        kstatus(SYS_WAIT, OWN_SLEEP, 0, 0, 0, 0, 0, 0);
    }
}

cap_index own_thread(void)
{
    return OWN_THREAD;
}

cap_index own_sched(void)
{
    return OWN_SCHED;
}

void arena_begin(void)
{
    must(kstatus(SYS_UNTYPED_RETYPE, support.largest, OBJECT_UNTYPED, ARENA_SHIFT, RETYPE_NEXT,
                 ROOT_SLOT_CNODE, ARENA_SLOT, 0),
         "make the arena");
    support.next_slot = FIRST_TEST_SLOT;
    support.next_page = 0;
    support.window_ready = false;
    support.threads = 0;
}

void arena_end(void)
{
    kstatus(SYS_CAP_REVOKE, ROOT_SLOT_CNODE, ARENA_SLOT, 0, 0, 0, 0, 0);
    kstatus(SYS_CAP_DELETE, ROOT_SLOT_CNODE, ARENA_SLOT, 0, 0, 0, 0, 0);
    for (cap_index slot = FIRST_TEST_SLOT; slot < support.next_slot; slot++) {
        kstatus(SYS_CAP_DELETE, ROOT_SLOT_CNODE, slot, 0, 0, 0, 0, 0);
    }
}

cap_index arena_untyped(void)
{
    return ARENA_SLOT;
}

cap_index new_slot(void)
{
    return support.next_slot < LAST_TEST_SLOT ? support.next_slot++ : 0;
}

cap_index make(enum object_type type, abi_word parameter)
{
    cap_index slot = new_slot();
    enum status s = kstatus(SYS_UNTYPED_RETYPE, ARENA_SLOT, (abi_word)type, parameter, RETYPE_NEXT,
                            ROOT_SLOT_CNODE, slot, 0);
    return s == STATUS_OK ? slot : 0;
}

cap_index copy_of(cap_index source, abi_word rights, abi_word badge)
{
    cap_index slot = new_slot();
    enum status s =
        kstatus(SYS_CAP_COPY, ROOT_SLOT_CNODE, slot, ROOT_SLOT_CNODE, source, rights, badge, 0);
    return s == STATUS_OK ? slot : 0;
}

static bool window_prepare(void)
{
    if (support.window_ready) {
        return true;
    }
    cap_index table = make(OBJECT_TABLE, 0);
    enum status s = kstatus(SYS_SPACE_MAP_TABLE, ROOT_SLOT_SPACE, table, WINDOW_VA, 3, 0, 0, 0);
    support.window_ready = table != 0 && s == STATUS_OK;
    return support.window_ready;
}

void *map_new_page(cap_index *frame_out)
{
    if (!window_prepare() || support.next_page == WINDOW_PAGES) {
        return NULL;
    }
    abi_word va = WINDOW_VA + (abi_word)support.next_page * PAGE_BYTES;
    cap_index frame = make(OBJECT_FRAME, 12);
    enum status s =
        kstatus(SYS_SPACE_MAP, ROOT_SLOT_SPACE, frame, va, MAP_READ | MAP_WRITE, 0, 0, 0);
    if (frame == 0 || s != STATUS_OK) {
        return NULL;
    }
    support.next_page++;
    *frame_out = frame;
    return (void *)va;
}

/* ---- threads --------------------------------------------------------------------------------- */

static bool thread_give_time(struct test_thread *t)
{
    t->sched = make(OBJECT_SCHED, 0);
    return kstatus(SYS_SCHED_CONFIGURE, ROOT_SLOT_SCHED_CONTROL, t->sched, 10000, 10000, 0, 0, 0) ==
               STATUS_OK &&
           kstatus(SYS_SCHED_BIND, t->sched, t->thread, 0, 0, 0, 0, 0) == STATUS_OK;
}

bool thread_spawn(struct test_thread *t, void (*body)(abi_word), abi_word argument,
                  unsigned priority, cap_index fault_endpoint)
{
    if (support.threads == THREADS) {
        return false;
    }
    abi_word stack_top = (abi_word)&stacks[support.threads++][STACK_BYTES];
    t->thread = make(OBJECT_THREAD, 0);
    t->message = map_new_page(&t->message_frame);
    if (t->message == NULL ||
        kstatus(SYS_THREAD_CONFIGURE, t->thread, ROOT_SLOT_CNODE, ROOT_SLOT_SPACE, t->message_frame,
                0, fault_endpoint, priority) != STATUS_OK ||
        !thread_give_time(t)) {
        return false;
    }
    return kstatus(SYS_THREAD_START, t->thread, (abi_word)body, stack_top, argument, 0, 0, 0) ==
           STATUS_OK;
}

void thread_stop(const struct test_thread *self)
{
    kstatus(SYS_THREAD_SUSPEND, self->thread, 0, 0, 0, 0, 0, 0);
}

/* A code page: written through the window, then mapped executable in the new space. */
static bool stub_load(const struct stub_setup *setup)
{
    cap_index frame;
    void *page = map_new_page(&frame);
    if (page == NULL) {
        return false;
    }
    memcpy(page, setup->start, (size_t)(setup->end - setup->start));
    return kstatus(SYS_SPACE_UNMAP, frame, 0, 0, 0, 0, 0, 0) == STATUS_OK &&
           kstatus(SYS_SPACE_MAP, setup->space, frame, STUB_VA, MAP_READ | MAP_EXEC, 0, 0, 0) ==
               STATUS_OK;
}

static bool stub_space(struct stub_setup *setup)
{
    setup->space = make(OBJECT_SPACE, SPACE_NATIVE);
    cap_index level2 = make(OBJECT_TABLE, 0);
    cap_index level3 = make(OBJECT_TABLE, 0);
    return kstatus(SYS_SPACE_MAP_TABLE, setup->space, level2, STUB_VA, 2, 0, 0, 0) == STATUS_OK &&
           kstatus(SYS_SPACE_MAP_TABLE, setup->space, level3, STUB_VA, 3, 0, 0, 0) == STATUS_OK &&
           stub_load(setup);
}

bool stub_spawn(struct test_thread *t, struct stub_setup *setup)
{
    t->thread = make(OBJECT_THREAD, 0);
    t->message = map_new_page(&t->message_frame);
    if (t->message == NULL || !stub_space(setup) ||
        kstatus(SYS_THREAD_CONFIGURE, t->thread, ROOT_SLOT_CNODE, setup->space, t->message_frame, 0,
                setup->fault_endpoint, setup->priority) != STATUS_OK ||
        (setup->with_sched && !thread_give_time(t))) {
        return false;
    }
    return kstatus(SYS_THREAD_START, t->thread, STUB_VA, STUB_MESSAGE_VA, setup->argument, 0, 0,
                   0) == STATUS_OK;
}
