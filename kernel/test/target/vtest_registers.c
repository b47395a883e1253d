/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * P4's kind: a register that a guest can write and that governs native code. Every encoding that
 * could be one is executed by a guest, with several values, at both of its privilege levels; then
 * native code looks whether anything has changed for it, and another guest whether it reads what it
 * read before. An encoding that is neither trapped nor undefined has to be in the list of
 * guest_registers.h. (For the emulator: nobody cleans caches for the guest's code.)
 */
#include "vtest.h"

#include "guest_registers.h"
#include "support.h"

#include "abi/vcpu.h"

enum { CODE = 0x40000000, CODE_WORDS = 1024, GROUP = 8, RUNAWAY_MS = 2, MOST_COMPLAINTS = 20 };
#define COUNT(array) (sizeof(array) / sizeof((array)[0]))
#define THREAD_REGISTER (abi_word)0x5ca1ab1e

/* All bits, every other one, the top ones, the low ones: whatever a field means, some value changes
 * it. */
static const uint64_t values[] = {
    ~UINT64_C(0),
    UINT64_C(0x5555555555555555),
    UINT64_C(0xaaaaaaaaaaaaaaaa),
    UINT64_C(0xfe000000fe000000),
    UINT64_C(0x0000ffff0000ffff),
    UINT64_C(0x0400000004000000),
};

static struct {
    cap_index vcpu, timer;
    struct vcpu_page *page;
    volatile uint32_t *code; /* a hole follows, by which the guest leaves it */
    unsigned complaints, written;
} sweep;
static uint64_t state_before;

static void complain(const char *what, uint32_t insn)
{
    check(what, false);
    if (sweep.complaints++ < MOST_COMPLAINTS) {
        print("  instruction ");
        print_number(insn);
        print("\n");
    }
}

static void limit_run(void)
{
    const uint64_t deadline =
        now_ticks() + (uint64_t)boot_information()->counter_hz * RUNAWAY_MS / 1000;
    kstatus(SYS_TIMER_SET, sweep.timer, (uint32_t)deadline, (uint32_t)(deadline >> 32), 0, 0, 0, 0);
}

/* A guest that has just been reset, its general registers as the page has them: whether it came to
 * the code's end. */
static bool run_from(unsigned word, uint64_t mode)
{
    struct vcpu_page *page = sweep.page;
    kstatus(SYS_VCPU_RESET, sweep.vcpu, 0, 0, 0, 0, 0, 0);
    page->regs.pc = CODE + 4 * word;
    page->regs.pstate = mode;
    page->flags = 0;
    page->interrupt_count = 0;
    page->trapped_accesses = 0;
    page->exit.address = 0;
    limit_run();
    const struct call_regs got = kcall(SYS_VCPU_RUN, sweep.vcpu, 0, 0, 0, 0, 0, 0);
    kstatus(SYS_TIMER_CANCEL, sweep.timer, 0, 0, 0, 0, 0, 0);
    return got.r[0] == STATUS_OK && got.r[1] == VCPU_EXIT_ABORT &&
           page->exit.address == CODE + 4 * CODE_WORDS;
}

/* From a word of the code on, by way of the preamble. */
static bool run_prepared(unsigned word, uint64_t mode, uint64_t value)
{
    uint64_t *gpr = sweep.page->regs.gpr;
    gpr[0] = gpr[1] = value;
    gpr[REFUSED_REGISTER] = 0;
    gpr[VECTORS_REGISTER] = CODE;
    gpr[TABLES_REGISTER] = NO_TABLES;
    gpr[SIZE_REGISTER] = TABLE_SIZE;
    gpr[MODE_REGISTER] = mode;
    gpr[START_REGISTER] = CODE + 4 * word;
    return run_from(PREAMBLE_WORD, guest_modes[0]);
}

/* Whether the guest's own exception, or the kernel, took the place of each instruction of a group.
 */
static bool is_group_refused(unsigned first, uint64_t mode)
{
    const unsigned start = CODE_WORDS - GROUP;
    for (unsigned i = 0; i < GROUP; i++) {
        sweep.code[start + i] = encoding(first + i);
    }
    return run_prepared(start, mode, values[0]) &&
           sweep.page->regs.gpr[REFUSED_REGISTER] + sweep.page->trapped_accesses == GROUP;
}

/* Whether it was done, and neither trapped nor undefined. */
static bool write_register(uint32_t insn, uint64_t mode, uint64_t value)
{
    sweep.code[CODE_WORDS - 1] = insn;
    return run_prepared(CODE_WORDS - 1, mode, value) &&
           sweep.page->regs.gpr[REFUSED_REGISTER] == 0 && sweep.page->trapped_accesses == 0;
}

/* What a guest reads that has just begun. */
static uint64_t read_register(uint32_t insn, uint64_t mode)
{
    sweep.code[CODE_WORDS - 1] = insn | READS;
    sweep.page->regs.gpr[0] = sweep.page->regs.gpr[1] = 0;
    return run_from(CODE_WORDS - 1, mode) ? sweep.page->regs.gpr[0] | sweep.page->regs.gpr[1] << 32
                                          : 0;
}

/* Addresses below 32 MiB (this code is there), byte order, alignment, time, thread registers, mode.
 */
static bool is_native_unchanged(void)
{
    static const struct {
        uint32_t word, more;
    } known = { 0x44332211, 0x88776655 };
    static uint64_t last;
    const unsigned char *bytes = (const unsigned char *)&known;
    const uint64_t now = now_ticks();
    const bool is_time = now >= last && counter_hz() == boot_information()->counter_hz &&
                         (last == 0 || now - last < boot_information()->counter_hz);
    last = now;
    return is_time && *(const volatile unsigned char *)bytes == 0x11 &&
           load_unaligned(bytes + 1) == 0x55443322 && thread_register() == THREAD_REGISTER &&
           native_state() == state_before;
}

static const struct guest_register *find(uint32_t insn)
{
    for (unsigned i = 0; i < COUNT(guest_registers); i++) {
        if ((insn & guest_registers[i].mask) == guest_registers[i].value) {
            return &guest_registers[i];
        }
    }
    return NULL;
}

static void write_all_values(uint32_t insn, uint64_t mode, const struct guest_register *entry)
{
    const bool is_kept = entry != NULL && entry->kind == REGISTER_KEPT;
    const uint64_t before = is_kept ? read_register(insn, mode) : 0;
    for (unsigned i = 0; i < COUNT(values); i++) {
        (void)write_register(insn, mode, values[i]);
        if (!is_native_unchanged()) {
            complain("native code sees a register of a guest", insn);
        }
        if (is_kept && read_register(insn, mode) != before) {
            complain("another guest sees a register of a guest", insn);
        }
    }
}

static void try_encoding(uint32_t insn, uint64_t mode)
{
    const struct guest_register *entry = find(insn);
    const bool is_done = write_register(insn, mode, values[0]);
    if (is_done && entry == NULL) {
        complain("a guest writes a register that nobody has listed", insn);
    }
    if (is_done || entry != NULL) {
        sweep.written += is_done ? 1 : 0;
        write_all_values(insn, mode, entry);
    }
    if (!is_native_unchanged()) {
        complain("native code sees a register of a guest", insn);
    }
}

/* Most of them are no registers at all. */
static void try_group(unsigned first, uint64_t mode)
{
    if (!is_group_refused(first, mode)) {
        for (unsigned i = 0; i < GROUP; i++) {
            try_encoding(encoding(first + i), mode);
        }
    }
    if (!is_native_unchanged()) {
        complain("native code sees a register of a guest, of eight", encoding(first));
    }
}

static void write_code(unsigned word, const uint32_t *from, size_t words)
{
    for (size_t i = 0; i < words; i++) {
        sweep.code[word + i] = from[i];
    }
}

static bool prepare(cap_index timer)
{
    cap_index frame, page_frame;
    const cap_index space = make(OBJECT_SPACE, SPACE_GUEST), level2 = make(OBJECT_TABLE, 0),
                    level3 = make(OBJECT_TABLE, 0);
    sweep.timer = timer;
    sweep.vcpu = make(OBJECT_VCPU, 0);
    sweep.page = map_new_page(&page_frame);
    sweep.code = map_new_page(&frame);
    return sweep.page != NULL && sweep.code != NULL &&
           kstatus(SYS_SPACE_MAP_TABLE, space, level2, CODE, 2, 0, 0, 0) == STATUS_OK &&
           kstatus(SYS_SPACE_MAP_TABLE, space, level3, CODE, 3, 0, 0, 0) == STATUS_OK &&
           kstatus(SYS_SPACE_MAP, space, copy_of(frame, RIGHTS_ALL, 0), CODE, MAP_READ | MAP_EXEC,
                   0, 0, 0) == STATUS_OK &&
           kstatus(SYS_VCPU_CONFIGURE, sweep.vcpu, space, page_frame, 0, 0, 0, 0) == STATUS_OK;
}

static void look_for_what_is_hidden(void)
{
    for (unsigned i = 0; i < COUNT(hidden); i++) {
        sweep.page->exit.address = 0;
        const uint64_t value = read_register(hidden[i].insn, guest_modes[0]);
        if ((value & hidden[i].mask) != 0 || sweep.page->exit.address != CODE + 4 * CODE_WORDS) {
            complain("a guest is told of what is not there", hidden[i].insn);
        }
    }
}

static void look_for_what_is_there(void)
{
    for (unsigned i = 0; i < COUNT(told); i++) {
        if (read_register(told[i], guest_modes[0]) == 0) {
            complain("a guest is not told of what there is", told[i]);
        }
    }
    for (unsigned i = 0; i < COUNT(absent); i++) {
        sweep.code[CODE_WORDS - 1] = absent[i];
        if (!run_prepared(CODE_WORDS - 1, guest_modes[0], 0) ||
            sweep.page->regs.gpr[REFUSED_REGISTER] != 1) {
            complain("a guest writes what is not there", absent[i]);
        }
    }
}

void sweep_registers(cap_index timer)
{
    const abi_word own = thread_register();
    check("a guest to write registers with", prepare(timer));
    write_code(PREAMBLE_WORD, preamble, COUNT(preamble));
    for (unsigned i = 0; i < COUNT(undefined_words); i++) {
        write_code(undefined_words[i], undefined, COUNT(undefined));
    }
    thread_register_set(THREAD_REGISTER);
    state_before = native_state();
    check("native code as it should be", is_native_unchanged());
    look_for_what_is_hidden();
    look_for_what_is_there();
    for (unsigned mode = 0; mode < COUNT(guest_modes); mode++) {
        for (unsigned i = FIRST_ENCODING; i < ENCODINGS; i += GROUP) {
            try_group(i, guest_modes[mode]);
        }
    }
    thread_register_set(own);
    check("a guest can write registers", sweep.written >= COUNT(guest_registers));
    print("  writes that went through: ");
    print_number(sweep.written);
    print("\n");
}
