/* SPDX-License-Identifier: BSD-2-Clause */
/* Exits as the kernel hands them over, PSCI, what is reported, and the loader. */
#include <string.h>

#include "check.h"
#include "fake_dialler.h"
#include "loader.h"
#include "machine_bench.h"

static enum machine_verdict hypercall(uint64_t function, uint64_t first, uint64_t second)
{
    bench_page.regs.gpr[0] = function;
    bench_page.regs.gpr[1] = first;
    bench_page.regs.gpr[2] = second;
    bench_page.exit.immediate = 0;
    return machine_exit(&bench, VCPU_EXIT_HVC);
}

static void psci(void **state)
{
    (void)state;
    const struct {
        uint64_t function, first, second;
        int64_t answer;
    } rows[] = {
        { 0x84000000, 0, 0, 0x10000 },
        { 0xffffffff84000000, 0, 0, 0x10000 }, /* only W0 names the function */
        { 0x84000001, 0, 0, 0 },
        { 0xc4000001, 0, 0, 0 },
        { 0xc4000003, 0, 0, -4 },
        { 0x84000003, 0, 0, -4 },
        { 0xc4000003, 1, 0, -2 },
        { 0xc4000003, UINT64_C(1) << 32, 0, -2 },
        { 0x84000003, UINT64_C(1) << 32, 0, -4 }, /* upper half of an SMC32 argument */
        { 0xc4000004, 0, 0, 0 },
        { 0xc4000004, 0, 1, -2 },
        { 0xc4000004, 7, 0, -2 },
        { 0x84000006, 0, 0, 2 },
        { 0x8400000a, 0x84000009, 0, 0 },
        { 0x8400000a, 0x84000012, 0, -1 },
        { 0x8400000a, 0xc4000008, 0, -1 },
        { 0xc4000000, 0, 0, -1 },
        { 0x80000000, 0, 0, -1 },
        { 0, 0, 0, -1 },
        { UINT64_MAX, 0, 0, -1 },
    };
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        bench_power_on();
        assert_int_equal(hypercall(rows[i].function, rows[i].first, rows[i].second), MACHINE_RUN);
        assert_int_equal((int64_t)bench_page.regs.gpr[0], rows[i].answer);
        assert_int_equal(bench_page.flags,
                         (rows[i].function & 0xbfffffff) == 0x84000001 ? VCPU_WAIT : 0);
    }
    assert_int_equal(hypercall(0x84000008, 0, 0), MACHINE_OFF);
    assert_int_equal(hypercall(0x84000009, 0, 0), MACHINE_RESET);
    assert_int_equal(hypercall(0x84000002, 0, 0), MACHINE_OFF);
}

static void other_calls_are_not_supported_and_reported(void **state)
{
    (void)state;
    bench_power_on();
    bench_page.exit.immediate = 7; /* not SMCCC: even SYSTEM_OFF is nothing there */
    bench_page.regs.gpr[0] = 0x84000008;
    assert_int_equal(machine_exit(&bench, VCPU_EXIT_HVC), MACHINE_RUN);
    assert_int_equal(bench_page.regs.gpr[0], UINT64_MAX);
    assert_int_equal(fake_dialler.reports, 1);
    assert_int_equal(fake_dialler.report, REPORT_HYPERCALL);
    assert_int_equal(fake_dialler.report_address, 0x84000008);
}

static void what_is_not_there_is_an_abort(void **state)
{
    (void)state;
    const uint64_t addresses[] = { 0,
                                   0x04000000,
                                   0x08010000,
                                   0x08030000,
                                   0x08040000,
                                   0x09001000,
                                   0x09010000,
                                   0x09020000,
                                   0x09030000,
                                   0x0a000400,
                                   0x0a003000,
                                   0x50160000,
                                   UINT64_C(0x4000000000),
                                   UINT64_MAX - 3 };
    for (size_t i = 0; i < sizeof(addresses) / sizeof(addresses[0]); i++) {
        bench_power_on();
        assert_false(guest_can_load(addresses[i], 4));
        assert_int_equal(bench_page.flags, VCPU_INJECT_ABORT);
        assert_false(guest_can_store(addresses[i], 4, 0));
        assert_int_equal(fake_dialler.report, REPORT_MEMORY);
        assert_int_equal(fake_dialler.report_address, addresses[i]);
        assert_int_equal(bench.reports.counts[REPORT_MEMORY], 2);
    }
    bench_page.flags = 0;
    assert_int_equal(machine_exit(&bench, VCPU_EXIT_ABORT), MACHINE_RUN);
    assert_int_equal(bench_page.flags, VCPU_INJECT_ABORT);
    assert_int_equal(machine_exit(&bench, VCPU_EXIT_INVALID), MACHINE_BROKEN);
}

static void loads_are_completed_and_stepped_over(void **state)
{
    (void)state;
    bench_power_on();
    assert_int_equal(guest_load(MACHINE_CONSOLE + 0x18, 4), 0x97);
    assert_int_equal(bench_page.flags, 0); /* a word has been moved by the VMM itself */
    guest_store(MACHINE_CONSOLE, 4, 'x');
    assert_int_equal(bench_page.flags, 0);
    assert_int_equal(guest_load(MACHINE_CONSOLE + 0x18, 1), 0x97);
    assert_int_equal(bench_page.flags, VCPU_SKIP | VCPU_COMPLETE_LOAD);
    guest_store(MACHINE_CONSOLE, 1, 'y');
    assert_int_equal(bench_page.flags, VCPU_SKIP);
    assert_string_equal(bench_console(), "xy");
}

static void flash_is_there_when_firmware_is(void **state)
{
    (void)state;
    bench_power_on();
    assert_false(guest_can_load(0x04000000, 4));
    for (unsigned life = 0; life < 2; life++) { /* a reset adds it again */
        machine_add_flash(&bench);
        assert_int_equal(guest_load(0, 4), 0);
        assert_int_equal(guest_load(0x04000001, 1), 0);
        assert_int_equal(guest_load(0x07fffffc, 4), 0);
        guest_store(0x04000000, 4, 0x98);
        assert_int_equal(guest_load(0x04000000, 4), 0);
    }
    assert_false(guest_can_load(0x08030000, 4));
}

static void reports_are_bounded(void **state)
{
    (void)state;
    bench_power_on();
    for (uint32_t i = 0; i < 100000; i++) {
        (void)guest_can_load(0, 4);
    }
    assert_int_equal(fake_dialler.reports, REPORT_BURST);
    assert_int_equal(bench.reports.counts[REPORT_MEMORY], 100000);
    fake_dialler.now_us += UINT64_C(1000) * REPORT_INTERVAL_MS;
    (void)guest_can_load(0, 4);
    (void)guest_can_load(0, 4);
    assert_int_equal(fake_dialler.reports, REPORT_BURST + 1);
    fake_dialler.now_us += UINT64_C(1000000000000); /* a long rest is worth one burst */
    for (uint32_t i = 0; i < 100; i++) {
        (void)guest_can_load(0, 4);
    }
    assert_int_equal(fake_dialler.reports, 2 * REPORT_BURST + 1);
}

static void reset_puts_every_device_back(void **state)
{
    (void)state;
    bench_power_on();
    struct machine *fresh = &(struct machine){ 0 };
    *fresh = bench;
    guest_store(MACHINE_GICD, 4, 1);
    guest_store(MACHINE_GICD + 0x104, 4, UINT32_MAX);
    guest_store(MACHINE_CONSOLE + 0x38, 4, 0x7ff);
    guest_store(MACHINE_CONSOLE, 4, 'x');
    guest_store(MACHINE_MODEM, 4, 'A');
    guest_store(MACHINE_TOUCH + 0x70, 4, 3);
    machine_reset(&bench);
    guest_sync();
    assert_int_equal(bench_page.interrupt_count, 0);
    bench.modem.line.text[0] = 0; /* stale text of an empty line */
    bench.bus.last = fresh->bus.last;
    assert_memory_equal(&bench, fresh, sizeof(bench));
}

/* ---- loader ---------------------------------------------------------------------------------- */

enum { LOADED_RAM = 0x10000000 };
static struct guest_info info;
static uint8_t kernel[256], initrd[64], dtb[64];
static struct guest_memory ram;
static struct vcpu_regs regs;

static struct loader_images images(void)
{
    return (struct loader_images){ .info = &info,
                                   .kernel = kernel,
                                   .initrd = initrd,
                                   .dtb = dtb,
                                   .kernel_room = sizeof(kernel),
                                   .initrd_room = sizeof(initrd),
                                   .dtb_room = sizeof(dtb) };
}

static int set_up_images(void **state)
{
    (void)state;
    memset(kernel, 'k', sizeof(kernel));
    memset(initrd, 'i', sizeof(initrd));
    memset(dtb, 0, sizeof(dtb));
    memcpy(dtb, "\xd0\x0d\xfe\xed\0\0\0\x40", 8);
    memset(kernel + 8, 0, 16);
    kernel[9] = 0x10;  /* text_offset 0x1000 */
    kernel[18] = 0x20; /* image_size 0x200000 */
    memcpy(kernel + 56, "ARMd", 4);
    info = (struct guest_info){ .magic = GUEST_INFO_MAGIC,
                                .kernel_kind = GUEST_KERNEL_IMAGE,
                                .kernel_bytes = sizeof(kernel),
                                .initrd_bytes = sizeof(initrd),
                                .dtb_bytes = sizeof(dtb) };
    return 0;
}

static enum loader_result load(void)
{
    const struct loader_images given = images();
    regs = (struct vcpu_regs){ .pc = 1 };
    return loader_load(&given, &ram, &regs);
}

static void a_linux_image_goes_to_its_text_offset(void **state)
{
    (void)state;
    assert_int_equal(load(), LOADER_OK);
    assert_int_equal(regs.pc, 0x40001000);
    assert_int_equal(regs.pstate, 0x3c5);
    assert_int_equal(regs.gpr[0], 0x4fe00000);
    assert_memory_equal(ram.start + 0x1000, kernel, sizeof(kernel));
    assert_memory_equal(ram.start + 0x08000000, initrd, sizeof(initrd));
    assert_memory_equal(ram.start + 0x0fe00000, dtb, sizeof(dtb));
}

static void an_image_without_offset_goes_where_qemu_puts_it(void **state)
{
    (void)state;
    kernel[9] = 0;
    assert_int_equal(load(), LOADER_OK);
    assert_int_equal(regs.pc, 0x40200000);
}

static void a_raw_image_goes_to_0x80000(void **state)
{
    (void)state;
    info.kernel_kind = GUEST_KERNEL_RAW;
    assert_int_equal(load(), LOADER_OK);
    assert_int_equal(regs.pc, 0x40080000);
    assert_int_equal(regs.gpr[0], 0x40000000); /* the device tree, at RAM's base */
    assert_memory_equal(ram.start, dtb, sizeof(dtb));
}

/* The largest that is before the kernel, and one byte more. */
static void a_raw_images_device_tree_ends_before_it(void **state)
{
    static uint8_t large[0x80001] = "\xd0\x0d\xfe\xed\0\0\0\x40";
    struct loader_images given = images();

    (void)state;
    given.dtb = large;
    given.dtb_room = sizeof(large);
    info.kernel_kind = GUEST_KERNEL_RAW;
    info.dtb_bytes = 0x80000;
    assert_int_equal(loader_load(&given, &ram, &regs), LOADER_OK);
    assert_memory_equal(ram.start + 0x80000, kernel, sizeof(kernel));
    info.dtb_bytes++;
    assert_int_equal(loader_load(&given, &ram, &regs), LOADER_TOO_LARGE);
}

static void an_old_image_without_size_too(void **state)
{
    (void)state;
    kernel[18] = 0;
    assert_int_equal(load(), LOADER_OK);
    assert_int_equal(regs.pc, 0x40080000);
}

static void bad_images_are_refused_with_a_reason(void **state)
{
    (void)state;
    info.kernel_bytes++;
    assert_int_equal(load(), LOADER_TOO_LARGE);
    set_up_images(NULL);
    info.initrd_bytes = UINT32_MAX;
    assert_int_equal(load(), LOADER_TOO_LARGE);
    set_up_images(NULL);
    kernel[19] = 0x08; /* image_size into the initrd */
    assert_int_equal(load(), LOADER_TOO_LARGE);
    kernel[19] = 0;
    kernel[11] = 0x09; /* text_offset behind the initrd's start */
    assert_int_equal(load(), LOADER_TOO_LARGE);
    info.initrd_bytes = 0;
    assert_int_equal(load(), LOADER_OK); /* without one there is room */
    set_up_images(NULL);
    memset(kernel + 8, 0xff, 16); /* sums that would wrap */
    assert_int_equal(load(), LOADER_TOO_LARGE);
    set_up_images(NULL);
    kernel[56] = 0;
    assert_int_equal(load(), LOADER_BAD_HEADER);
    set_up_images(NULL);
    info.kernel_bytes = 63;
    assert_int_equal(load(), LOADER_BAD_HEADER);
    set_up_images(NULL);
    info.kernel_kind = 77;
    assert_int_equal(load(), LOADER_BAD_HEADER);
    set_up_images(NULL);
    dtb[0] = 0;
    assert_int_equal(load(), LOADER_BAD_DTB);
    set_up_images(NULL);
    dtb[6] = 1;
    assert_int_equal(load(), LOADER_BAD_DTB);
    set_up_images(NULL);
    info.magic = 0;
    assert_int_equal(load(), LOADER_NO_IMAGES);
    assert_int_equal(regs.pc, 1); /* nothing was done */
    for (int i = 0; i < LOADER_RESULTS; i++) {
        assert_non_null(loader_message((enum loader_result)i));
    }
}

static int set_up_ram(void **state)
{
    (void)state;
    ram = (struct guest_memory){ .base = MACHINE_RAM,
                                 .bytes = LOADED_RAM,
                                 .start = test_calloc(1, LOADED_RAM) };
    return ram.start == NULL;
}

static int free_ram(void **state)
{
    (void)state;
    test_free(ram.start);
    return 0;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(psci),
        cmocka_unit_test(other_calls_are_not_supported_and_reported),
        cmocka_unit_test(what_is_not_there_is_an_abort),
        cmocka_unit_test(loads_are_completed_and_stepped_over),
        cmocka_unit_test(flash_is_there_when_firmware_is),
        cmocka_unit_test(reports_are_bounded),
        cmocka_unit_test(reset_puts_every_device_back),
        cmocka_unit_test_setup(a_linux_image_goes_to_its_text_offset, set_up_images),
        cmocka_unit_test_setup(an_image_without_offset_goes_where_qemu_puts_it, set_up_images),
        cmocka_unit_test_setup(a_raw_image_goes_to_0x80000, set_up_images),
        cmocka_unit_test_setup(a_raw_images_device_tree_ends_before_it, set_up_images),
        cmocka_unit_test_setup(an_old_image_without_size_too, set_up_images),
        cmocka_unit_test_setup(bad_images_are_refused_with_a_reason, set_up_images),
    };
    return cmocka_run_group_tests(tests, set_up_ram, free_ram);
}
