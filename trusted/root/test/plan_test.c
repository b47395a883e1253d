/* SPDX-License-Identifier: BSD-2-Clause */
/* What root computes from the manifest: on a small manifest made here, and on damaged ones. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "abi/syscall.h"
#include "plan.h"

enum { TRUSTED = 1, UNTRUSTED = 2, LOG = 0, GUEST_RAM = 1, VIEW = 2, SERVICE = 0, FAULTS = 1,
       SIGNAL = 2, CLOCK = 3 };

/* Laid out as scripts/manifest writes it: the header, then the tables. */
struct sample {
    struct manifest_header header;
    struct manifest_memory memories[3];
    struct manifest_object objects[4];
    struct manifest_component components[3];
    struct manifest_thread threads[4];
    struct manifest_cap caps[4];
    struct manifest_map maps[4];
    struct manifest_bind binds[1];
};

#define ROWS(member) (sizeof(((struct sample *)0)->member) / sizeof(((struct sample *)0)->member[0]))
#define TABLE(member) { offsetof(struct sample, member), ROWS(member) }

static const struct sample sample = {
    .header = { .magic = MANIFEST_MAGIC, .version = MANIFEST_VERSION,
                .total_bytes = sizeof(struct sample),
                .tables = { TABLE(memories), TABLE(objects), TABLE(components), TABLE(threads),
                            TABLE(caps), TABLE(maps), TABLE(binds) } },
    .memories = {
        [LOG] = { .base = 0x41000000, .bytes = 0x10000, .kind = MANIFEST_RAM, .page_shift = 12,
                  .owner = MANIFEST_NONE },
        [GUEST_RAM] = { .base = 0x50000000, .bytes = 0x400000, .kind = MANIFEST_RAM,
                        .page_shift = 21, .owner = UNTRUSTED },
        [VIEW] = { .base = 0x41200000, .bytes = 0x200000, .kind = MANIFEST_RAM, .page_shift = 21,
                   .owner = MANIFEST_NONE },
    },
    .objects = {
        [SERVICE] = { .type = OBJECT_ENDPOINT, .owner = MANIFEST_NONE },
        [FAULTS] = { .type = OBJECT_ENDPOINT, .owner = MANIFEST_NONE },
        [SIGNAL] = { .type = OBJECT_NOTIFICATION, .owner = MANIFEST_NONE },
        [CLOCK] = { .type = OBJECT_TIMER, .owner = UNTRUSTED },
    },
    .components = {
        { .name = "root", .flags = MANIFEST_TRUSTED, .needs = MANIFEST_NONE,
          .threads = { 0, 1 }, .caps = { 0, 1 } },
        { .name = "server", .flags = MANIFEST_TRUSTED, .needs = MANIFEST_NONE,
          .threads = { 1, 2 }, .caps = { 1, 1 }, .maps = { 0, 2 } },
        { .name = "guest", .flags = MANIFEST_RESTARTABLE, .needs = GUEST_RAM, .pool_shift = 20,
          .threads = { 3, 1 }, .caps = { 2, 2 }, .maps = { 2, 2 } },
    },
    .threads = { { .stack_bytes = 0x2000, .notification = MANIFEST_NONE },
                 { .stack_bytes = 0x4000, .notification = SIGNAL },
                 { .stack_bytes = 0x1000, .notification = MANIFEST_NONE },
                 { .stack_bytes = 0x2000, .notification = SIGNAL } },
    .caps = { { .slot = 64, .object = FAULTS, .rights = RIGHT_READ },
              { .slot = 1, .object = SERVICE, .rights = RIGHT_READ },
              { .slot = 1, .object = SERVICE, .rights = RIGHT_WRITE, .badge = 7,
                .flags = MANIFEST_CAP_EPOCH },
              { .slot = 2, .object = SIGNAL, .rights = RIGHT_READ } },
    .maps = { { .memory = LOG, .rights = RIGHT_READ | RIGHT_WRITE },
              { .memory = VIEW, .rights = RIGHT_READ },
              { .memory = VIEW, .rights = RIGHT_READ | RIGHT_WRITE, .guest = 1 },
              { .memory = GUEST_RAM, .rights = RIGHT_READ | RIGHT_WRITE | RIGHT_EXEC } },
    .binds = { { .object = CLOCK, .notification = SIGNAL, .badge = 1 } },
};

static const struct boot_info boot = {
    .untyped_count = 4,
    .untyped = { { .base = 0x40000000, .size_shift = 22, .kind = UNTYPED_RAM },
                 { .base = 0x41000000, .size_shift = 24, .kind = UNTYPED_RAM },
                 { .base = 0x48000000, .size_shift = 27, .kind = UNTYPED_IMAGE },
                 { .base = 0x50000000, .size_shift = 28, .kind = UNTYPED_RAM } },
};

static struct plan open_sample(void)
{
    struct plan plan;

    assert_true(plan_open(&sample, sizeof sample, &plan));
    return plan;
}

/* ---- opening -------------------------------------------------------------------------------- */

static void test_opens(void **state)
{
    struct plan plan = open_sample();

    (void)state;
    assert_int_equal(plan.count[MANIFEST_COMPONENTS], 3);
    assert_string_equal(plan.components[2].name, "guest");
    assert_int_equal(plan.count[MANIFEST_CAPS], 4);
}

static bool opens(const struct sample *damaged)
{
    struct plan plan;

    return plan_open(damaged, sizeof *damaged, &plan);
}

/* Each damage alone must be found. */
static void test_refuses_damage(void **state)
{
    struct sample damaged;
    uint32_t *const places[] = {
        &damaged.header.magic, &damaged.header.version, &damaged.header.total_bytes,
        &damaged.header.tables[MANIFEST_MEMORIES].offset,
        &damaged.header.tables[MANIFEST_CAPS].count,
        &damaged.header.tables[MANIFEST_MAPS].count, &damaged.header.tables[MANIFEST_BINDS].offset,
        &damaged.memories[0].kind, &damaged.memories[0].page_shift, &damaged.memories[1].owner,
        &damaged.objects[3].owner, &damaged.components[1].threads.first,
        &damaged.components[1].caps.count, &damaged.components[2].maps.first,
        &damaged.components[2].needs, &damaged.threads[1].notification, &damaged.caps[0].object,
        &damaged.maps[3].memory, &damaged.binds[0].object, &damaged.binds[0].notification,
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
    struct plan plan;

    (void)state;
    assert_false(plan_open(&damaged, sizeof(struct manifest_header) - 1, &plan));
    assert_false(plan_open(&damaged, sizeof damaged - 8, &plan));
    damaged.memories[0].bytes += 8;
    assert_false(opens(&damaged));
    damaged = sample;
    damaged.objects[0].type = OBJECT_VCPU;
    damaged.objects[0].parameter = 3;
    assert_false(opens(&damaged));
    damaged = sample;
    memset(damaged.components[0].name, 'x', sizeof damaged.components[0].name);
    assert_false(opens(&damaged));
    damaged = sample;
    damaged.header.tables[MANIFEST_COMPONENTS].count = 0;
    assert_false(opens(&damaged));
}

/* ---- memory --------------------------------------------------------------------------------- */

static void test_regions(void **state)
{
    struct plan plan = open_sample();
    struct manifest_memory memory = sample.memories[LOG];
    uint32_t region;

    (void)state;
    assert_int_equal(plan_pages(&sample.memories[LOG]), 16);
    assert_int_equal(plan_pages(&sample.memories[GUEST_RAM]), 2);
    assert_true(plan_region_of(&boot, &memory, &region));
    assert_int_equal(region, 1);
    memory.kind = MANIFEST_IMAGE; /* there is no image memory at that address */
    assert_false(plan_region_of(&boot, &memory, &region));
    memory.base = 0x48000000;
    assert_true(plan_region_of(&boot, &memory, &region));
    assert_int_equal(region, 2);
    memory.base = 0x4fff8000; /* begins inside, ends outside */
    assert_false(plan_region_of(&boot, &memory, &region));
    assert_true(plan_is_general(&plan, &boot, 0));
    assert_false(plan_is_general(&plan, &boot, 1)); /* the log is in it */
    assert_false(plan_is_general(&plan, &boot, 2)); /* not RAM to be cleared */
    assert_false(plan_is_general(&plan, &boot, 3));
}

static void test_startable(void **state)
{
    struct sample without = sample;
    struct plan plan;

    (void)state;
    without.memories[GUEST_RAM].bytes = 0;
    assert_true(plan_open(&without, sizeof without, &plan));
    assert_true(plan_is_startable(&plan, TRUSTED));
    assert_false(plan_is_startable(&plan, UNTRUSTED));
    plan = open_sample();
    assert_true(plan_is_startable(&plan, UNTRUSTED));
    assert_true(plan_is_restartable(&plan, UNTRUSTED));
    assert_false(plan_is_restartable(&plan, TRUSTED));
    assert_int_equal(plan_restartable_count(&plan), 1);
}

static void test_stacks(void **state)
{
    struct plan plan = open_sample();
    const struct manifest_component *server = &plan.components[TRUSTED];

    (void)state;
    assert_int_equal(plan_stack_top(&plan, server, 0), 0x00604000);
    assert_int_equal(plan_stack_top(&plan, server, 1), 0x00621000);
}

/* ---- authority ------------------------------------------------------------------------------ */

/* Root keeps exactly what a restart gives away again, and no right more. */
static void test_kept_rights(void **state)
{
    struct plan plan = open_sample();

    (void)state;
    assert_int_equal(plan_kept_object_rights(&plan, SERVICE), RIGHT_WRITE); /* not to receive */
    assert_int_equal(plan_kept_object_rights(&plan, FAULTS), 0);
    assert_int_equal(plan_kept_object_rights(&plan, SIGNAL), RIGHT_READ | RIGHT_WRITE);
    assert_int_equal(plan_kept_memory_rights(&plan, LOG), 0);
    assert_int_equal(plan_kept_memory_rights(&plan, VIEW), RIGHT_READ | RIGHT_WRITE);
}

static void test_object_of_slot(void **state)
{
    struct plan plan = open_sample();
    uint32_t object;

    (void)state;
    assert_true(plan_object_of(&plan, 0, 64, &object));
    assert_int_equal(object, FAULTS);
    assert_true(plan_object_of(&plan, UNTRUSTED, 2, &object));
    assert_int_equal(object, SIGNAL);
    assert_false(plan_object_of(&plan, TRUSTED, 2, &object));
}

static void test_badges(void **state)
{
    (void)state;
    assert_int_equal(plan_badge(&sample.caps[2], 0), 7);
    assert_int_equal(plan_badge(&sample.caps[2], 3), 0x307);
    assert_int_equal(plan_badge(&sample.caps[1], 3), 0);
    for (uint32_t component = 0; component < PLAN_COMPONENTS_MAX; component++) {
        for (uint32_t thread = 0; thread < PLAN_THREADS_MAX; thread++) {
            assert_int_not_equal(plan_fault_badge(component, thread), 0);
            assert_int_equal(plan_fault_component(plan_fault_badge(component, thread)), component);
        }
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_opens),
        cmocka_unit_test(test_refuses_damage),
        cmocka_unit_test(test_refuses_odd_forms),
        cmocka_unit_test(test_regions),
        cmocka_unit_test(test_startable),
        cmocka_unit_test(test_stacks),
        cmocka_unit_test(test_kept_rights),
        cmocka_unit_test(test_object_of_slot),
        cmocka_unit_test(test_badges),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
