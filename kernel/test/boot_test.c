/* SPDX-License-Identifier: BSD-2-Clause */
/* The bundle's checks, what root begins with, and the panic. */
#include "fixture.h"

enum { BYTES = 4 * 4096, REGION = 1 << 21 };

static unsigned char bundle[BYTES];

static struct bundle_header *good(void)
{
    struct bundle_header *h = (struct bundle_header *)(void *)bundle;

    *h = (struct bundle_header){
        .magic = BUNDLE_MAGIC,
        .version = BUNDLE_VERSION,
        .total_bytes = BYTES,
        .root_offset = 4096,
        .root_text_bytes = 4096,
        .root_rodata_bytes = 4096,
        .root_data_bytes = 4096,
        .root_entry = ROOT_IMAGE_VA,
    };
    h->crc32 = bundle_crc32(bundle + sizeof(*h), BYTES - (uint32_t)sizeof(*h));
    return h;
}

static void the_checksum_is_ieee(void **state)
{
    (void)state;
    assert_int_equal(bundle_crc32((const unsigned char *)"123456789", 9), 0xcbf43926);
}

static void a_wrong_bundle_is_named(void **state)
{
    (void)state;
    assert_null(bundle_check(good(), REGION));
#define REFUSED(field, value, word)                             \
    do {                                                        \
        struct bundle_header *h = good();                       \
        h->field = (value);                                     \
        assert_non_null(bundle_check(h, REGION));               \
        assert_non_null(strstr(bundle_check(h, REGION), word)); \
    } while (0)
    REFUSED(magic, 1, "magic");
    REFUSED(version, 2, "version");
    REFUSED(total_bytes, 10, "size");
    REFUSED(total_bytes, REGION + 1, "size");
    REFUSED(total_bytes, BYTES - 1, "checksum");
    REFUSED(crc32, 7, "checksum");
    REFUSED(root_offset, 100, "aligned");
    REFUSED(root_text_bytes, 100, "aligned");
    REFUSED(root_offset, 8192, "fit");
    REFUSED(root_data_bytes, 0xfffff000, "fit");
    REFUSED(root_entry, ROOT_IMAGE_VA - 4, "entry");
    REFUSED(root_entry, ROOT_IMAGE_VA + 4096, "entry");
}

static unsigned mapped(abi_word va, phys_addr *pa_out)
{
    void *table = slot(ROOT_SLOT_SPACE)->space->root_table;

    return arch_pt_lookup(table, (ipa_addr){ va }, pa_out)
               ? fake_attributes(table, (ipa_addr){ va })
               : 0;
}

static void root_begins_with_what_the_abi_says(void **state)
{
    phys_addr pa;
    const struct boot_info *info;

    (void)state;
    assert_int_equal(root()->context.pc, ROOT_IMAGE_VA + 8);
    assert_int_equal(root()->context.sp, ROOT_STACK_VA + ROOT_STACK_BYTES);
    assert_int_equal(mapped(ROOT_IMAGE_VA, &pa), MAP_READ | MAP_EXEC);
    assert_memory_equal(arch_memory(pa), (unsigned char *)arch_memory(fake_board()->bundle) + 4096,
                        4096);
    assert_int_equal(mapped(ROOT_IMAGE_VA + 4096, &pa), MAP_READ);
    assert_int_equal(mapped(ROOT_IMAGE_VA + 8192, &pa), MAP_READ | MAP_WRITE);
    assert_int_equal(mapped(ROOT_IMAGE_VA + 12288, &pa), 0);
    assert_int_equal(mapped(ROOT_STACK_VA - 4096, &pa), 0);
    assert_int_equal(mapped(ROOT_STACK_VA, &pa), MAP_READ | MAP_WRITE);
    assert_int_equal(mapped(ROOT_BUNDLE_VA, &pa), MAP_READ);
    assert_int_equal(mapped(ROOT_MESSAGE_VA, &pa), MAP_READ | MAP_WRITE);
    assert_ptr_equal(root()->message, arch_memory(pa));
    assert_int_equal(mapped(ROOT_BOOT_INFO_VA, &pa), MAP_READ);
    info = arch_memory(pa);
    assert_int_equal(info->magic, BOOT_INFO_MAGIC);
    assert_int_equal(info->untyped_count, 5);
    assert_int_equal(info->counter_hz, FAKE_HZ);
    assert_int_equal(info->kernel_entry_ticks_high, 1);
    assert_string_equal(info->board, "fake");
    assert_int_equal(info->untyped[1].size_shift, 24);
    assert_int_equal(slot(RAM)->untyped.shift, 25);
    assert_int_equal(slot(ROOT_SLOT_BUNDLE_FRAME)->type, OBJECT_FRAME);
    assert_int_equal(frame_shift(slot(ROOT_SLOT_BUNDLE_FRAME)), 21);
}

static void no_bundle_no_boot(void **state)
{
    (void)state;
    fake_reset();
    memset(arch_memory(fake_board()->bundle), 0, 64);
    fake_end_is_set = true;
    if (setjmp(fake_end) == 0) {
        boot_run(fake_board());
        fail();
    }
    fake_end_is_set = false;
    assert_int_equal(fake.machine_off, 1);
    assert_non_null(strstr(fake.console, "cannot boot: there is no bundle"));
}

static void no_memory_no_boot(void **state)
{
    (void)state;
    fake.large_regions = 0;
    fake.console_bytes = 0;
    fake_end_is_set = true;
    if (setjmp(fake_end) == 0) {
        boot_run(fake_board());
        fail();
    }
    fake_end_is_set = false;
    assert_non_null(strstr(fake.console, "no region of RAM"));
}

static void a_panic_tells_and_resets(void **state)
{
    static const struct panic_register registers[] = { { "pc", 0x1234 }, { "sp", 0x5678 } };

    (void)state;
    trace_event("fault", 0xabc, 0xdef);
    fake_end_is_set = true;
    for (unsigned i = 0; i < 2; i++) {
        if (setjmp(fake_end) == 0) {
            kernel_panic("a test", registers, 2);
        }
    }
    fake_end_is_set = false;
    assert_int_equal(fake.machine_reset, 2);
    assert_int_equal(fake.panic_screens, 1); /* the second time only resets */
    assert_non_null(strstr(fake.console, "KERNEL PANIC: a test"));
    assert_non_null(strstr(fake.console, kernel_build_id));
    assert_non_null(strstr(fake.console, "0000000000001234"));
    assert_non_null(strstr(fake.console, "  a 0000000000000abc  b 0000000000000def\n"));
}

int boot_tests(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_checksum_is_ieee),
        cmocka_unit_test(a_wrong_bundle_is_named),
        TEST(root_begins_with_what_the_abi_says),
        cmocka_unit_test(no_bundle_no_boot),
        cmocka_unit_test_setup_teardown(no_memory_no_boot, fixture_boot, fixture_end),
        TEST(a_panic_tells_and_resets),
    };

    return cmocka_run_group_tests_name("boot", tests, NULL, NULL);
}
