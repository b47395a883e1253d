/* SPDX-License-Identifier: BSD-2-Clause */
/* Where an ARMv7 kernel goes and how it is entered. What the loader refuses whatever the
 * architecture: machine_test.c. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "loader.h"

enum { RAM_BYTES = 0x10000000, KERNEL_BYTES = 0x200, MAGIC = 0x24, START = 0x28, END = 0x2c };

static struct guest_info info;
static uint8_t kernel[KERNEL_BYTES], initrd[64], dtb[64];
static struct guest_memory ram;
static struct vcpu_regs regs;

static int set_up_ram(void **state)
{
    (void)state;
    ram = (struct guest_memory){ .base = 0x40000000,
                                 .bytes = RAM_BYTES,
                                 .start = calloc(1, RAM_BYTES) };
    return ram.start == NULL;
}

static int tear_down_ram(void **state)
{
    (void)state;
    free(ram.start);
    return 0;
}

static int set_up_zimage(void **state)
{
    static const uint8_t header[] = { 0x18, 0x28, 0x6f, 0x01, 0x00, 0x10, 0, 0, 0x00, 0x12, 0, 0 };
    (void)state;
    memset(kernel, 'k', sizeof(kernel));
    memcpy(kernel + MAGIC, header, sizeof(header)); /* from 0x1000 to 0x1200: the whole file */
    memcpy(dtb, "\xd0\x0d\xfe\xed\0\0\0\x40", 8);
    info = (struct guest_info){ .magic = GUEST_INFO_MAGIC,
                                .kernel_kind = GUEST_KERNEL_IMAGE,
                                .kernel_bytes = sizeof(kernel),
                                .initrd_bytes = sizeof(initrd),
                                .dtb_bytes = sizeof(dtb) };
    return 0;
}

static enum loader_result load(void)
{
    const struct loader_images images = { .info = &info,
                                          .kernel = kernel,
                                          .initrd = initrd,
                                          .dtb = dtb,
                                          .kernel_room = 0x08000000,
                                          .initrd_room = sizeof(initrd),
                                          .dtb_room = sizeof(dtb) };
    regs = (struct vcpu_regs){ .pc = 1 };
    return loader_load(&images, &ram, &regs);
}

static void a_zimage_goes_where_qemu_puts_it(void **state)
{
    (void)state;
    assert_int_equal(load(), LOADER_OK);
    assert_int_equal(regs.pc, 0x40010000);
    assert_memory_equal(ram.start + 0x00010000, kernel, sizeof(kernel));
    assert_memory_equal(ram.start + 0x0fe00000, dtb, sizeof(dtb));
}

/* Documentation/arm/booting.rst: r0 = 0, r1 = machine type, r2 = device tree; SVC, A, I and F
 * masked. */
static void it_is_entered_as_linux_wants_it(void **state)
{
    (void)state;
    assert_int_equal(load(), LOADER_OK);
    assert_int_equal(regs.gpr[0], 0);
    assert_int_equal(regs.gpr[1], 0xffffffff);
    assert_int_equal(regs.gpr[2], 0x4fe00000);
    assert_int_equal(regs.pstate, 0x1d3);
}

static void a_raw_image_goes_to_0x80000(void **state)
{
    (void)state;
    info.kernel_kind = GUEST_KERNEL_RAW;
    assert_int_equal(load(), LOADER_OK);
    assert_int_equal(regs.pc, 0x40080000);
    assert_int_equal(regs.gpr[2], 0x40000000); /* the device tree, at RAM's base */
    assert_memory_equal(ram.start, dtb, sizeof(dtb));
}

static void a_damaged_header_is_refused(void **state)
{
    (void)state;
    kernel[MAGIC] ^= 1;
    assert_int_equal(load(), LOADER_BAD_HEADER);
    set_up_zimage(NULL);
    kernel[END]++; /* a byte more than there is */
    assert_int_equal(load(), LOADER_BAD_HEADER);
    set_up_zimage(NULL);
    kernel[START + 1] = 0x20; /* ends before it starts */
    assert_int_equal(load(), LOADER_BAD_HEADER);
    set_up_zimage(NULL);
    info.kernel_bytes = 0x2f; /* not even a header */
    assert_int_equal(load(), LOADER_BAD_HEADER);
    assert_int_equal(regs.pc, 1);
}

/* File, and the megabyte that it unpacks with, end where the RAM disk starts. */
static void one_that_does_not_fit_is_refused(void **state)
{
    (void)state;
    info.kernel_bytes = 0x08000000 - 0x00010000 - 0x00100000 + 1;
    assert_int_equal(load(), LOADER_TOO_LARGE);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup(a_zimage_goes_where_qemu_puts_it, set_up_zimage),
        cmocka_unit_test_setup(it_is_entered_as_linux_wants_it, set_up_zimage),
        cmocka_unit_test_setup(a_raw_image_goes_to_0x80000, set_up_zimage),
        cmocka_unit_test_setup(a_damaged_header_is_refused, set_up_zimage),
        cmocka_unit_test_setup(one_that_does_not_fit_is_refused, set_up_zimage),
    };
    return cmocka_run_group_tests(tests, set_up_ram, tear_down_ram);
}
