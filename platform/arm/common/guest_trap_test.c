/* SPDX-License-Identifier: BSD-2-Clause */
/* A guest's traps on the host: what the VMM is told of an access, and what a load gets. */
#include "platform.h"
#include "sysreg.h"

#include <setjmp.h>
#include <stdarg.h>
#include <string.h>

#include <cmocka.h>

/* DDI 0487 "ISS encoding for an exception from a Data Abort" */
#define ISV (UINT32_C(1) << 24)
#define SAS(size) ((uint32_t)(size) << 22)
#define SSE (UINT32_C(1) << 21)
#define SRT(reg) ((uint32_t)(reg) << 16)
#define SF (UINT32_C(1) << 15)
#define S1PTW (UINT32_C(1) << 7)
#define WNR (UINT32_C(1) << 6)
enum { TRANSLATION_3 = 0x07, PERMISSION_3 = 0x0f, REG = 5 };
#define DATA(iss) ((uint32_t)EC_DATA_ABORT << ESR_EC_SHIFT | ESR_IL | (iss))
#define WORD(value) ((abi_word)UINT64_C(value)) /* as far as a register goes */
#define FETCH(iss) ((uint32_t)EC_INSTRUCTION_ABORT << ESR_EC_SHIFT | ESR_IL | (iss))

unsigned test_input_bits = 39;
struct test_sysregs test_sysregs;
static struct vcpu_page page;
static struct arch_vcpu vcpu = { .page = &page };
static struct arch_cpu cpu = { .guest = &vcpu };
static bool is_big_endian;
static unsigned exits;
static enum vcpu_exit last_exit;
static uint64_t translated; /* what PAR is after an AT */
/* Two registers that read as zero, by the fields of their syndromes. */
#define ACCESS(op) ((uint32_t)EC_ACCESS << ESR_EC_SHIFT | ESR_IL | (uint32_t)(op) << 10)
enum { ACCESS_READ = 1, ACCESS_REG = REG << 5 };
const struct guest_access guest_ignored_accesses[] = {
    { ACCESS(15), ACCESS(3) },
    { ACCESS(15), ACCESS(6) },
    { 0 },
};
static bool is_plain; /* register and state of the guest, as far as an access goes */
static unsigned waits, skips, aborts, undefineds; /* what was done to the guest */
static uint64_t skipped_with;                     /* the register, when it was */
static const struct fp_state *fp_saved, *fp_loaded;

struct arch_cpu *arch_cpu_local(void)
{
    return &cpu;
}

void kernel_vcpu_exit(struct arch_cpu *of, enum vcpu_exit reason)
{
    assert_ptr_equal(of, &cpu);
    exits++;
    last_exit = reason;
}

void translate_as_guest(uint64_t va)
{
    (void)va;
    test_sysregs.par = translated;
}

abi_word guest_get_register(const struct arch_vcpu *of, unsigned reg)
{
    return (abi_word)of->page->regs.gpr[reg];
}

bool guest_access_is_plain(const struct arch_vcpu *of, unsigned reg)
{
    assert_ptr_equal(of, &vcpu);
    return is_plain && reg == REG;
}

bool guest_is_big_endian(const struct arch_vcpu *of)
{
    assert_ptr_equal(of, &vcpu);
    return is_big_endian;
}

void guest_set_register(struct arch_vcpu *of, unsigned reg, abi_word value)
{
    of->page->regs.gpr[reg] = value;
}

void kernel_vcpu_wait(struct arch_cpu *of)
{
    assert_ptr_equal(of, &cpu);
    assert_int_equal(skips, 1); /* it goes on behind its WFI */
    waits++;
}

void guest_skip_instruction(struct arch_vcpu *of)
{
    skipped_with = of->page->regs.gpr[REG];
    skips++;
}

bool guest_identify(uint32_t syndrome, abi_word *value_out)
{
    const bool is_identification = (syndrome & ACCESS(15)) == ACCESS(9);

    *value_out = is_identification ? 0x1d : *value_out;
    return is_identification;
}

bool vgic_timer_apply(const struct vcpu_page *of, uint32_t flags, bool is_high)
{
    assert_ptr_equal(of, &page);
    return is_high && vcpu_wants(flags, VCPU_TIMER_LOAD_PENDING);
}

bool vtimer_is_high(const struct vtimer_state *of)
{
    return of->is_enabled != 0;
}

void guest_inject_abort(struct arch_vcpu *of)
{
    assert_ptr_equal(of, &vcpu);
    aborts++;
}

void guest_inject_undefined(struct arch_vcpu *of)
{
    assert_ptr_equal(of, &vcpu);
    undefineds++;
}

void fp_save(struct fp_state *state);
void fp_save(struct fp_state *state)
{
    assert_int_equal(test_sysregs.cptr, CPTR_FP_OPEN);
    fp_saved = state;
}

void fp_load(const struct fp_state *state);
void fp_load(const struct fp_state *state)
{
    assert_int_equal(test_sysregs.cptr, CPTR_FP_OPEN);
    fp_loaded = state;
}

static int clear(void **state)
{
    (void)state;
    memset(&page, 0xee, sizeof page); /* the VMM may have left anything */
    test_sysregs = (struct test_sysregs){ .hpfar = 0x90000, .par = 0x1234 };
    exits = waits = skips = aborts = undefineds = 0;
    fp_saved = fp_loaded = NULL;
    is_plain = false;
    cpu.fp_owner = NULL;
    return 0;
}

/* ---- loads ----------------------------------------------------------------------------------- */

static uint64_t loaded(uint32_t how, uint64_t value)
{
    trap_guest(&cpu, DATA(ISV | SRT(REG) | TRANSLATION_3 | how), 0x1000);
    page.load_value = value;
    guest_apply(&vcpu, VCPU_COMPLETE_LOAD);
    return page.regs.gpr[REG];
}

static void a_load_takes_its_width_only(void **state)
{
    (void)state;
    assert_int_equal(loaded(SAS(0), UINT64_C(0x1122334455667788)), 0x88);
    assert_int_equal(loaded(SAS(1), UINT64_C(0x1122334455668899)), 0x8899);
    assert_int_equal(loaded(SAS(2), UINT64_C(0x1122334488990011)), 0x88990011);
    assert_int_equal(loaded(SAS(3) | SF, UINT64_C(0x8899001122334455)), WORD(0x8899001122334455));
}

static void a_load_extends_its_sign_as_far_as_it_says(void **state)
{
    (void)state;
    assert_int_equal(loaded(SAS(0) | SSE, 0x1280), 0xffffff80);
    assert_int_equal(loaded(SAS(0) | SSE, 0x127f), 0x7f);
    assert_int_equal(loaded(SAS(1) | SSE, 0x128000), 0xffff8000);
    assert_int_equal(loaded(SAS(1) | SSE, 0x127fff), 0x7fff);
    assert_int_equal(loaded(SAS(0) | SSE | SF, 0x1280), WORD(0xffffffffffffff80));
    assert_int_equal(loaded(SAS(1) | SSE | SF, 0x128000), WORD(0xffffffffffff8000));
    assert_int_equal(loaded(SAS(2) | SSE | SF, UINT64_C(0x1280000000)), WORD(0xffffffff80000000));
    assert_int_equal(loaded(SAS(2) | SSE | SF, UINT64_C(0x127fffffff)), 0x7fffffff);
}

/* What the VMM writes to the description changes nothing: the kernel completes what it saw. */
static void a_load_goes_where_the_guest_wanted_it(void **state)
{
    (void)state;
    trap_guest(&cpu, DATA(ISV | SAS(0) | SRT(REG) | TRANSLATION_3), 0x1000);
    page.exit = (struct vcpu_exit_info){ .reg = REG + 1, .width_bytes = 8 };
    page.load_value = 0x1234;
    guest_apply(&vcpu, VCPU_COMPLETE_LOAD);
    assert_int_equal(page.regs.gpr[REG], 0x34);
    assert_int_equal(page.regs.gpr[REG + 1], UINT64_C(0xeeeeeeeeeeeeeeee));
}

/* ---- what the VMM is told -------------------------------------------------------------------- */

static void a_load_is_described(void **state)
{
    (void)state;
    trap_guest(&cpu, DATA(ISV | SAS(1) | SRT(REG) | TRANSLATION_3),
               (abi_word)UINT64_C(0xffff000000001abc));
    assert_int_equal(exits, 1);
    assert_int_equal(last_exit, VCPU_EXIT_MMIO);
    assert_int_equal(page.exit.address, 0x9000abc);
    assert_int_equal(page.exit.width_bytes, 2);
    assert_int_equal(page.exit.is_write, 0);
    assert_int_equal(page.exit.value, UINT64_C(0xeeeeeeeeeeeeeeee)); /* there is none to tell */
    assert_int_equal(page.exit.reg, REG);
}

static void a_store_is_described_with_what_it_stores(void **state)
{
    static const uint64_t stored[] = { 0x88, 0x7788, 0x55667788, UINT64_C(0x1122334455667788) };
    (void)state;
    for (unsigned size = 0; size < 4; size++) {
        page.regs.gpr[REG] = UINT64_C(0x1122334455667788);
        trap_guest(&cpu, DATA(ISV | WNR | SAS(size) | SRT(REG) | TRANSLATION_3), 0x1000);
        assert_int_equal(last_exit, VCPU_EXIT_MMIO);
        assert_int_equal(page.exit.is_write, 1);
        assert_int_equal(page.exit.width_bytes, 1u << size);
        assert_int_equal(page.exit.value, (abi_word)stored[size]);
    }
}

/* The VMM has it end in an abort, and says so. */
static void a_big_endian_access_is_refused_but_for_bytes(void **state)
{
    (void)state;
    is_big_endian = true;
    for (unsigned size = 0; size < 4; size++) {
        trap_guest(&cpu, DATA(ISV | SAS(size) | SRT(REG) | TRANSLATION_3), 0x1000);
        assert_int_equal(last_exit, size == 0 ? VCPU_EXIT_MMIO : VCPU_EXIT_ABORT);
        trap_guest(&cpu, DATA(ISV | WNR | SAS(size) | SRT(REG) | TRANSLATION_3), 0x1000);
        assert_int_equal(last_exit, size == 0 ? VCPU_EXIT_MMIO : VCPU_EXIT_ABORT);
    }
    is_big_endian = false;
    trap_guest(&cpu, DATA(ISV | SAS(2) | SRT(REG) | TRANSLATION_3), 0x1000);
    assert_int_equal(last_exit, VCPU_EXIT_MMIO);
}

/* Most accesses need nothing of the kernel but to know the address: the VMM has the register. */
static void a_plain_word_is_told_apart(void **state)
{
    (void)state;
    is_plain = true;
    trap_guest(&cpu, DATA(ISV | SAS(2) | SRT(REG) | TRANSLATION_3), 0x1abc);
    assert_int_equal(last_exit, VCPU_EXIT_LOAD_WORD);
    assert_int_equal(page.exit.address, 0x9000abc);
    assert_int_equal(page.exit.reg, REG);
    trap_guest(&cpu, DATA(ISV | WNR | SAS(2) | SRT(REG) | SF | TRANSLATION_3), 0x1abc);
    assert_int_equal(last_exit, VCPU_EXIT_STORE_WORD);
}

static void what_is_no_plain_word_is_described(void **state)
{
    static const uint32_t others[] = {
        DATA(ISV | SAS(0) | SRT(REG) | TRANSLATION_3),
        DATA(ISV | SAS(1) | SRT(REG) | TRANSLATION_3),
        DATA(ISV | SAS(3) | SRT(REG) | TRANSLATION_3),
        DATA(ISV | SAS(2) | SSE | SRT(REG) | TRANSLATION_3),
        DATA(ISV | SAS(2) | SRT(REG + 1) | TRANSLATION_3),
        DATA(ISV | SAS(2) | SRT(REG) | TRANSLATION_3) & ~(uint32_t)ESR_IL,
    };

    (void)state;
    is_plain = true;
    for (unsigned i = 0; i < sizeof(others) / sizeof(others[0]); i++) {
        trap_guest(&cpu, others[i], 0x1000);
        assert_int_equal(last_exit, VCPU_EXIT_MMIO);
        assert_int_equal(page.exit.width_bytes, 1u << (others[i] >> 22 & 3));
    }
    trap_guest(&cpu, DATA(ISV | S1PTW | SAS(2) | SRT(REG) | TRANSLATION_3), 0x1000);
    assert_int_equal(last_exit, VCPU_EXIT_ABORT);
    is_plain = false; /* a banked register, say */
    trap_guest(&cpu, DATA(ISV | SAS(2) | SRT(REG) | TRANSLATION_3), 0x1000);
    assert_int_equal(last_exit, VCPU_EXIT_MMIO);
}

static void what_has_no_syndrome_or_is_a_table_walk_is_an_abort(void **state)
{
    (void)state;
    trap_guest(&cpu, DATA(TRANSLATION_3), 0x1000);
    assert_int_equal(last_exit, VCPU_EXIT_ABORT);
    trap_guest(&cpu, DATA(ISV | S1PTW | TRANSLATION_3), 0x1000);
    assert_int_equal(last_exit, VCPU_EXIT_ABORT);
}

/* The other bits of its syndrome are reserved: unknown on ARMv7. */
static void a_fetch_is_never_described(void **state)
{
    (void)state;
    trap_guest(&cpu, FETCH(ISV | WNR | SAS(3) | SSE | SF | SRT(REG) | TRANSLATION_3), 0x1234);
    assert_int_equal(last_exit, VCPU_EXIT_ABORT);
    assert_int_equal(page.exit.address, 0x9000234);
    assert_int_equal(page.exit.is_write, 0);
}

static void after_a_permission_fault_stage_1_is_asked(void **state)
{
    (void)state;
    translated = UINT64_C(0xff00000abcde0b80);
    trap_guest(&cpu, DATA(ISV | PERMISSION_3), 0x1234);
    assert_int_equal(page.exit.address, UINT64_C(0xabcde0234));
    assert_int_equal(test_sysregs.par, 0x1234); /* the guest's, as it was */
    translated = 1;
    trap_guest(&cpu, DATA(ISV | PERMISSION_3), 0x1234);
    assert_int_equal(exits, 1); /* it changed meanwhile: the guest does it again */
    trap_guest(&cpu, DATA(ISV | S1PTW | PERMISSION_3), 0x1234);
    assert_int_equal(page.exit.address, 0x9000234);
}

/* ---- what the VMM wishes --------------------------------------------------------------------- */

static void a_wish_does_what_it_says_and_no_more(void **state)
{
    (void)state;
    trap_guest(&cpu, DATA(ISV | SAS(0) | SRT(REG) | TRANSLATION_3), 0x1000);
    page.load_value = 0x11;
    guest_apply(&vcpu, 0);
    assert_int_equal(skips + aborts + undefineds, 0);
    guest_apply(&vcpu, VCPU_SKIP);
    assert_int_equal(skips, 1);
    assert_int_equal(page.regs.gpr[REG], UINT64_C(0xeeeeeeeeeeeeeeee));
    guest_apply(&vcpu, VCPU_INJECT_ABORT);
    assert_int_equal(aborts, 1);
    guest_apply(&vcpu, VCPU_COMPLETE_LOAD | VCPU_SKIP);
    assert_int_equal(skipped_with, 0x11);
    assert_int_equal(skips, 2);
    assert_int_equal(aborts, 1);
}

static void a_load_has_the_timers_bit_when_asked_for(void **state)
{
    (void)state;
    trap_guest(&cpu, DATA(ISV | SAS(2) | SRT(REG) | TRANSLATION_3), 0x1000);
    page.load_value = 0x11;
    vcpu.timer.is_enabled = 1;
    guest_apply(&vcpu, VCPU_COMPLETE_LOAD | VCPU_SKIP | VCPU_TIMER_LOAD_PENDING);
    vcpu.timer.is_enabled = 0;
    assert_int_equal(page.regs.gpr[REG], 0x11 | 1u << VCPU_TIMER_BIT);
    assert_int_equal(aborts, 0);
}

/* ---- what the kernel answers ----------------------------------------------------------------- */

static void some_registers_read_as_zero(void **state)
{
    (void)state;
    page.trapped_accesses = 0;
    trap_guest(&cpu, ACCESS(6) | ACCESS_REG, 0);
    assert_int_equal(page.regs.gpr[REG], UINT64_C(0xeeeeeeeeeeeeeeee)); /* written: ignored */
    trap_guest(&cpu, ACCESS(3) | ACCESS_REG | ACCESS_READ, 0);
    assert_int_equal(page.regs.gpr[REG], 0);
    assert_int_equal(skips, 2);
    assert_int_equal(page.trapped_accesses, 2);
    trap_guest(&cpu, ACCESS(9) | ACCESS_REG | ACCESS_READ, 0); /* or as the machine is told to be */
    assert_int_equal(page.regs.gpr[REG], 0x1d);
    assert_int_equal(skips, 3);
    assert_int_equal(undefineds + exits, 0);
}

static void the_others_are_undefined(void **state)
{
    (void)state;
    page.trapped_accesses = 0;
    trap_guest(&cpu, ACCESS(7) | ACCESS_REG | ACCESS_READ, 0);
    assert_int_equal(undefineds, 1);
    assert_int_equal(page.regs.gpr[REG], UINT64_C(0xeeeeeeeeeeeeeeee));
    assert_int_equal(skips + page.trapped_accesses + exits, 0);
}

static void what_the_kernel_does_not_know_is_undefined(void **state)
{
    (void)state;
    trap_guest(&cpu, (uint32_t)EC_UNKNOWN << ESR_EC_SHIFT, 0);
    assert_int_equal(undefineds, 1);
    assert_int_equal(skips + exits, 0);
}

/* The address that a trapped SMC returns to is its own, an HVC's is the next (DDI 0487 "Exception
 * return address"). */
static void calls_go_to_the_vmm(void **state)
{
    (void)state;
    trap_guest(&cpu, (uint32_t)EC_HVC << ESR_EC_SHIFT | ESR_IL | 0x1234, 0);
    assert_int_equal(last_exit, VCPU_EXIT_HVC);
    assert_int_equal(page.exit.immediate, 0x1234);
    assert_int_equal(skips, 0);
    trap_guest(&cpu, (uint32_t)EC_SMC << ESR_EC_SHIFT | ESR_IL, 0);
    assert_int_equal(exits, 2);
    assert_int_equal(skips, 1);
}

static void waiting_is_behind_the_instruction(void **state)
{
    (void)state;
    trap_guest(&cpu, (uint32_t)EC_WFX << ESR_EC_SHIFT | ESR_IL, 0);
    assert_int_equal(waits, 1);
    assert_int_equal(exits, 0);
}

static void fp_registers_change_hands_at_their_use(void **state)
{
    struct arch_vcpu other = { .entry.cptr = CPTR_FP_OPEN };

    (void)state;
    trap_guest(&cpu, (uint32_t)EC_FP << ESR_EC_SHIFT | ESR_IL, 0);
    assert_null(fp_saved); /* nobody's */
    assert_ptr_equal(fp_loaded, &vcpu.fp);
    assert_ptr_equal(cpu.fp_owner, &vcpu);
    assert_int_equal(vcpu.entry.cptr, CPTR_FP_OPEN);

    cpu.fp_owner = &other;
    trap_guest(&cpu, (uint32_t)EC_FP << ESR_EC_SHIFT | ESR_IL, 0);
    assert_ptr_equal(fp_saved, &other.fp);
    assert_int_equal(other.entry.cptr, CPTR_NATIVE); /* its next use traps */
    assert_ptr_equal(fp_loaded, &vcpu.fp);
    assert_int_equal(skips, 0); /* the instruction is done again */
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup(a_load_takes_its_width_only, clear),
        cmocka_unit_test_setup(a_load_extends_its_sign_as_far_as_it_says, clear),
        cmocka_unit_test_setup(a_load_goes_where_the_guest_wanted_it, clear),
        cmocka_unit_test_setup(a_load_is_described, clear),
        cmocka_unit_test_setup(a_store_is_described_with_what_it_stores, clear),
        cmocka_unit_test_setup(a_big_endian_access_is_refused_but_for_bytes, clear),
        cmocka_unit_test_setup(a_plain_word_is_told_apart, clear),
        cmocka_unit_test_setup(what_is_no_plain_word_is_described, clear),
        cmocka_unit_test_setup(what_has_no_syndrome_or_is_a_table_walk_is_an_abort, clear),
        cmocka_unit_test_setup(a_fetch_is_never_described, clear),
        cmocka_unit_test_setup(after_a_permission_fault_stage_1_is_asked, clear),
        cmocka_unit_test_setup(a_wish_does_what_it_says_and_no_more, clear),
        cmocka_unit_test_setup(a_load_has_the_timers_bit_when_asked_for, clear),
        cmocka_unit_test_setup(some_registers_read_as_zero, clear),
        cmocka_unit_test_setup(the_others_are_undefined, clear),
        cmocka_unit_test_setup(what_the_kernel_does_not_know_is_undefined, clear),
        cmocka_unit_test_setup(calls_go_to_the_vmm, clear),
        cmocka_unit_test_setup(waiting_is_behind_the_instruction, clear),
        cmocka_unit_test_setup(fp_registers_change_hands_at_their_use, clear),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
