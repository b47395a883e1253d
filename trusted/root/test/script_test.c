/* SPDX-License-Identifier: BSD-2-Clause */
/* Opening a script, whole and damaged, and carrying one out against a kernel that the test plays.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "runtime/arch_syscall.h"
#include "script.h"

enum { REGIONS = 2, COMPONENTS = 2, STEPS = 8, CALLS_MAX = 16 };

/* Laid out as images/manifest/script.py writes it, in a bundle of its own. */
struct sample {
    struct bundle_header bundle;
    struct script_header header;
    struct boot_untyped regions[REGIONS];
    struct script_component components[COMPONENTS];
    struct script_step steps[STEPS];
};

static const struct sample sample = {
    .bundle = { .total_bytes = sizeof(struct sample),
                .manifest_offset = offsetof(struct sample, header),
                .manifest_bytes = sizeof(struct sample) - offsetof(struct sample, header) },
    .header = { .magic = SCRIPT_MAGIC, .version = SCRIPT_VERSION, .region_count = REGIONS,
                .total_bytes = sizeof(struct sample) - offsetof(struct sample, header),
                .component_count = COMPONENTS, .step_count = STEPS,
                .sections = { { 0, 1 }, { 1, 2 }, { 3, 2 }, { 5, 2 }, { 7, 1 } } },
    .regions = { { .base = 0x40000000, .size_shift = 22, .kind = UNTYPED_RAM },
                 { .base = 0x09000000, .size_shift = 12, .kind = UNTYPED_DEVICE } },
    .components = { { .name = "root" }, { .name = "vmm", .cnode = 77, .is_restartable = 1 } },
    .steps = {
        { .call = SYS_CAP_DELETE, .count = 1, .argument = { 1, 8 } },
        { .call = SCRIPT_CREATE, .ones = 1 << 5, .count = 3,
          .argument = { 20, OBJECT_FRAME, 12, 0, 1, 768 } },
        { .call = SYS_SPACE_MAP, .ones = 1 << 1, .sizes = 1 << 2, .size_shift = 21, .count = 2,
          .argument = { 2, 768, 0x40000000, 3 } },
        { .call = SYS_POLL, .count = 1, .argument = { 9 } },
        { .call = SYS_CAP_REVOKE, .count = 2, .argument = { 1, 30 } },
        { .call = SCRIPT_COPY_EPOCH, .count = 1, .argument = { 50, 4, 1, 60, 2, 7 } },
        { .call = SCRIPT_CREATE, .ones = 1 << 5, .count = 2, .argument = { 30, OBJECT_THREAD, 0, 0, 1, 90 } },
        { .call = SYS_CAP_REVOKE, .count = 1, .argument = { 1, 30 } },
    },
};

static const struct boot_info boot = {
    .magic = BOOT_INFO_MAGIC,
    .untyped_count = REGIONS,
    .untyped = { { .base = 0x40000000, .size_shift = 22, .kind = UNTYPED_RAM },
                 { .base = 0x09000000, .size_shift = 12, .kind = UNTYPED_DEVICE } },
};

static struct {
    unsigned calls;
    unsigned number[CALLS_MAX];
    struct syscall_registers in[CALLS_MAX];
    enum status answer;
} kernel;

void arch_syscall_all(unsigned number, struct syscall_registers *r)
{
    assert_true(kernel.calls < CALLS_MAX);
    kernel.number[kernel.calls] = number;
    kernel.in[kernel.calls++] = *r;
    r->value[0] = kernel.answer;
}

static int reset(void **state)
{
    (void)state;
    memset(&kernel, 0, sizeof kernel);
    return 0;
}

static struct script open_sample(void)
{
    struct script script;

    assert_true(script_open(&sample.bundle, &boot, &script));
    return script;
}

/* ---- opening --------------------------------------------------------------------------------- */

static void test_opens(void **state)
{
    struct script script = open_sample();

    (void)state;
    assert_ptr_equal(script.steps, sample.steps);
    assert_string_equal(script.components[1].name, "vmm");
    assert_int_equal(script.epoch, 0);
}

static bool opens(const struct sample *damaged)
{
    struct script script;

    return script_open(&damaged->bundle, &boot, &script);
}

/* Each damage alone must be found. */
static void test_refuses_damage(void **state)
{
    struct sample damaged;
    uint32_t *const places[] = {
        &damaged.bundle.manifest_offset,
        &damaged.bundle.manifest_bytes,
        &damaged.header.magic,
        &damaged.header.version,
        &damaged.header.region_count,
        &damaged.header.component_count,
        &damaged.header.step_count,
        &damaged.header.sections[SCRIPT_OPEN].count,
        &damaged.header.sections[SCRIPT_START].first,
        &damaged.header.sections[SCRIPT_SEAL].count,
        &damaged.header.sections[SCRIPT_DESTROY].first,
        (uint32_t *)&damaged.regions[0].base,
    };

    (void)state;
    for (size_t i = 0; i < sizeof places / sizeof places[0]; i++) {
        damaged = sample;
        assert_true(opens(&damaged));
        *places[i] = 0x7fff0001;
        assert_false(opens(&damaged));
    }
}

static void test_refuses_odd_forms(void **state)
{
    struct sample damaged = sample;

    (void)state;
    damaged.bundle.manifest_bytes -= 1; /* the last step is cut off */
    assert_false(opens(&damaged));
    damaged.header.total_bytes -= 1; /* ... and the header says so */
    assert_false(opens(&damaged));
    damaged = sample;
    damaged.header.total_bytes += sizeof damaged.steps[0]; /* another script's header */
    assert_false(opens(&damaged));
    damaged = sample;
    damaged.header.step_count--; /* the rest belongs to nobody */
    damaged.header.sections[SCRIPT_DESTROY].count = 0;
    assert_false(opens(&damaged));
    damaged = sample;
    memset(damaged.components[1].name, 'x', sizeof damaged.components[1].name);
    assert_false(opens(&damaged));
    damaged = sample;
    damaged.steps[2].size_shift = 64;
    assert_false(opens(&damaged));
    damaged = sample;
    damaged.regions[1].kind = UNTYPED_RAM; /* not the memory of this machine */
    assert_false(opens(&damaged));
}

/* ---- the header alone: all that follows it is as it should be -------------------------------- */

/* Sound but for its size: `regions`, `components`, `steps` of them; the machine has the same
 * regions. */
static bool opens_with(uint32_t regions, uint32_t components, uint32_t steps)
{
    const size_t bytes = sizeof(struct script_header) + regions * sizeof(struct boot_untyped) +
                         components * sizeof(struct script_component) +
                         steps * sizeof(struct script_step);
    struct bundle_header *bundle = calloc(1, sizeof *bundle + bytes);
    struct script_header *header = (void *)&bundle[1];
    struct boot_untyped *region = (void *)&header[1];
    struct script_component *component = (void *)&region[regions];
    struct script_step *step = (void *)&component[components];
    struct boot_info *machine = calloc(1, sizeof *machine + regions * sizeof *region);
    struct script script;
    bool is_open;

    *bundle = (struct bundle_header){ .total_bytes = (uint32_t)(sizeof *bundle + bytes),
                                      .manifest_offset = sizeof *bundle,
                                      .manifest_bytes = (uint32_t)bytes };
    *header = (struct script_header){ .magic = SCRIPT_MAGIC,
                                      .version = SCRIPT_VERSION,
                                      .total_bytes = (uint32_t)bytes,
                                      .region_count = regions,
                                      .component_count = components,
                                      .step_count = steps };
    for (uint32_t i = 0; i < steps; i++) {
        step[i] = (struct script_step){ .call = SYS_POLL, .count = 1 };
    }
    machine->magic = BOOT_INFO_MAGIC;
    machine->untyped_count = regions;
    is_open = script_open(bundle, machine, &script);
    free(machine);
    free(bundle);
    return is_open;
}

static void test_counts_have_limits(void **state)
{
    (void)state;
    assert_true(opens_with(BOOT_UNTYPED_MAX, SCRIPT_COMPONENTS_MAX, SCRIPT_STEPS_MAX));
    assert_false(opens_with(BOOT_UNTYPED_MAX + 1, 1, 1));
    assert_false(opens_with(1, SCRIPT_COMPONENTS_MAX + 1, 1));
    assert_false(opens_with(1, 1, SCRIPT_STEPS_MAX + 1));
}

/* Where the bundle ends there is nothing to read: the sanitizers look on. */
static void test_header_must_be_there(void **state)
{
    enum { LESS = 8 }; /* magic and version */
    struct bundle_header *bundle = calloc(1, sizeof *bundle + LESS);
    struct script script;

    (void)state;
    bundle->total_bytes = sizeof *bundle + LESS;
    bundle->manifest_offset = sizeof *bundle;
    bundle->manifest_bytes = LESS;
    memcpy(&bundle[1], &sample.header, LESS);
    assert_false(script_open(bundle, &boot, &script));
    free(bundle);
}

static void test_stays_aligned(void **state)
{
    union {
        struct sample sample;
        uint8_t bytes[sizeof(struct sample) + 4];
    } moved = { .sample = sample };

    (void)state;
    memmove(&moved.bytes[offsetof(struct sample, header) + 4], &sample.header,
            sizeof sample - offsetof(struct sample, header));
    moved.sample.bundle.manifest_offset += 4;
    moved.sample.bundle.total_bytes += 4;
    assert_false(opens(&moved.sample));
}

/* A script creates and deletes; it neither speaks nor waits, nor stops the machine. */
static void test_refuses_other_calls(void **state)
{
    static const uint8_t calls[] = { SYS_CALL,          SYS_REPLY_RECEIVE, SYS_RECEIVE,
                                     SYS_REPLY,         SYS_SIGNAL,        SYS_WAIT,
                                     SYS_VCPU_RUN,      SYS_TIMER_SET,     SYS_SHUTDOWN,
                                     SYS_CONSOLE_WRITE, SCRIPT_FILL + 1,   255 };
    struct sample damaged = sample;

    (void)state;
    for (size_t i = 0; i < sizeof calls; i++) {
        damaged.steps[5].call = calls[i];
        assert_false(opens(&damaged));
    }
}

static void test_fill_stays_in_the_bundle(void **state)
{
    struct sample damaged = sample;
    struct script_step *step = &damaged.steps[5];

    (void)state;
    *step = (struct script_step){ .call = SCRIPT_FILL,
                                  .count = 1,
                                  .argument = { 64, sizeof damaged - 64 } };
    assert_true(opens(&damaged));
    step->argument[1]++;
    assert_false(opens(&damaged));
    step->argument[0] = sizeof damaged + 1;
    step->argument[1] = 0;
    assert_false(opens(&damaged));
    step->argument[0] = 0;
    assert_true(opens(&damaged));
    step->count = 2;
    assert_false(opens(&damaged));
    step->count = 1;
    damaged.bundle.total_bytes = 0x7fffffff; /* in the bundle, but larger than the window */
    step->argument[1] = SCRIPT_WINDOW_BYTES + 1;
    assert_false(opens(&damaged));
}

/* ---- carrying out ---------------------------------------------------------------------------- */

static void test_repeats_with_growing_arguments(void **state)
{
    struct script script = open_sample();
    uint32_t failed;

    (void)state;
    assert_int_equal(script_run(&script, SCRIPT_START, &failed), STATUS_OK);
    assert_int_equal(kernel.calls, 5);
    for (unsigned i = 0; i < 3; i++) {
        assert_int_equal(kernel.number[i], SYS_UNTYPED_RETYPE);
        assert_int_equal(kernel.in[i].value[3], RETYPE_NEXT);
        assert_int_equal(kernel.in[i].value[5], 768 + i);
    }
    for (unsigned i = 0; i < 2; i++) {
        assert_int_equal(kernel.number[3 + i], SYS_SPACE_MAP);
        assert_int_equal(kernel.in[3 + i].value[0], 2);
        assert_int_equal(kernel.in[3 + i].value[1], 768 + i);
        assert_int_equal(kernel.in[3 + i].value[2], 0x40000000 + 0x200000 * i);
        assert_int_equal(kernel.in[3 + i].value[3], 3);
    }
}

/* Each life of the untrusted side is made by the same calls, at the same places, but for the
 * badge's epoch. */
static void test_builds_again_after_destroying(void **state)
{
    enum { BUILD_CALLS = 3, LIFE_CALLS };
    struct script script = open_sample();
    uint32_t failed;

    (void)state;
    for (script.epoch = 0; script.epoch < 3; script.epoch++) {
        struct syscall_registers *life = &kernel.in[script.epoch * LIFE_CALLS];

        assert_int_equal(script_run(&script, SCRIPT_BUILD, &failed), STATUS_OK);
        assert_int_equal(kernel.number[script.epoch * LIFE_CALLS], SYS_CAP_COPY);
        assert_int_equal(life[0].value[5], 7 | script.epoch << 8);
        assert_memory_equal(&life[1], &kernel.in[1], (BUILD_CALLS - 1) * sizeof life[0]);
        assert_int_equal(script_run(&script, SCRIPT_DESTROY, &failed), STATUS_OK);
        assert_int_equal(kernel.number[script.epoch * LIFE_CALLS + BUILD_CALLS], SYS_CAP_REVOKE);
        assert_int_equal(life[BUILD_CALLS].value[1], 30);
    }
    assert_int_equal(kernel.calls, 3 * LIFE_CALLS);
    kernel.answer = STATUS_NO_MEMORY; /* what the first one held did not come back */
    assert_int_equal(script_run(&script, SCRIPT_BUILD, &failed), STATUS_NO_MEMORY);
    assert_int_equal(failed, 5);
}

static void test_stops_at_the_first_failure(void **state)
{
    struct script script = open_sample();
    uint32_t failed = 0;

    (void)state;
    kernel.answer = STATUS_NO_MEMORY;
    assert_int_equal(script_run(&script, SCRIPT_START, &failed), STATUS_NO_MEMORY);
    assert_int_equal(failed, 1);
    assert_int_equal(kernel.calls, 1);
    /* In the next section polling comes first, and may find nothing. */
    assert_int_equal(script_run(&script, SCRIPT_SEAL, &failed), STATUS_NO_MEMORY);
    assert_int_equal(failed, 4);
    assert_int_equal(kernel.calls, 3);
}

static void test_empty_section(void **state)
{
    struct sample without = sample;
    struct script script;
    uint32_t failed;

    (void)state;
    without.header.sections[SCRIPT_BUILD].count = 0;
    assert_true(script_open(&without.bundle, &boot, &script));
    assert_int_equal(script_run(&script, SCRIPT_BUILD, &failed), STATUS_OK);
    assert_int_equal(kernel.calls, 0);
    assert_int_equal(script_run(&script, SCRIPT_OPEN, &failed), STATUS_OK);
    assert_int_equal(kernel.number[0], SYS_CAP_DELETE);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup(test_opens, reset),
        cmocka_unit_test_setup(test_refuses_damage, reset),
        cmocka_unit_test_setup(test_refuses_odd_forms, reset),
        cmocka_unit_test_setup(test_counts_have_limits, reset),
        cmocka_unit_test_setup(test_header_must_be_there, reset),
        cmocka_unit_test_setup(test_stays_aligned, reset),
        cmocka_unit_test_setup(test_refuses_other_calls, reset),
        cmocka_unit_test_setup(test_fill_stays_in_the_bundle, reset),
        cmocka_unit_test_setup(test_repeats_with_growing_arguments, reset),
        cmocka_unit_test_setup(test_builds_again_after_destroying, reset),
        cmocka_unit_test_setup(test_stops_at_the_first_failure, reset),
        cmocka_unit_test_setup(test_empty_section, reset),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
