/* SPDX-License-Identifier: BSD-2-Clause */
/* Untyped memory, frames, tables, spaces. */
#include "fixture.h"

enum { IPA = 0x00400000 };

static bool is_zero(const unsigned char *memory, size_t bytes)
{
    for (size_t i = 0; i < bytes; i++) {
        if (memory[i] != 0) {
            return false;
        }
    }
    return true;
}

static unsigned char *frame_bytes(unsigned index)
{
    return arch_memory((phys_addr){ (uint64_t)slot(index)->frame.page << 12 });
}

static void ram_is_zeroed_in_steps(void **state)
{
    (void)state;
    fake.is_pending = true;
    retype(RAM_2, OBJECT_FRAME, 21, FREE);
    fake.is_pending = false;
    assert_int_equal(fixture_restarts, 511); /* 4 KiB a step; the last needs no look */
    assert_true(is_zero(frame_bytes(FREE), 2u << 20));
}

static void used_memory_comes_back_zeroed(void **state)
{
    (void)state;
    retype(RAM_2, OBJECT_FRAME, 12, FREE);
    memset(frame_bytes(FREE), 0xff, 4096);
    OK(SYS_CAP_DELETE, ROOT_SLOT_CNODE, FREE);
    retype(RAM_2, OBJECT_FRAME, 12, FREE + 1);
    assert_int_equal(slot(FREE + 1)->frame.page, (FAKE_RAM_BASE + (32u << 20)) >> 12);
    assert_true(is_zero(frame_bytes(FREE + 1), 4096));
}

static void image_and_device_memory_is_left_alone(void **state)
{
    unsigned char before[64];

    (void)state;
    OK(SYS_CAP_DELETE, ROOT_SLOT_CNODE, ROOT_SLOT_BUNDLE_FRAME);
    memcpy(before, arch_memory(fake_board()->bundle), sizeof(before));
    retype(IMAGE, OBJECT_FRAME, 12, FREE);
    assert_memory_equal(before, frame_bytes(FREE), sizeof(before));
    OK(SYS_FRAME_ADDRESS, DEVICE_FRAME);
    assert_int_equal(result(1), FAKE_DEVICE);
    assert_int_equal(result(2), 0);
    assert_int_equal(result(3), 12);
}

static void offset_places_and_only_forward(void **state)
{
    (void)state;
    OK(SYS_UNTYPED_RETYPE, RAM_2, OBJECT_FRAME, 12, 0x5000, ROOT_SLOT_CNODE, FREE);
    assert_int_equal(slot(FREE)->frame.page, (FAKE_RAM_BASE + (32u << 20) + 0x5000) >> 12);
    FAILS(STATUS_NO_MEMORY, SYS_UNTYPED_RETYPE, RAM_2, OBJECT_FRAME, 12, 0x4000, ROOT_SLOT_CNODE,
          FREE + 1);
    OK(SYS_UNTYPED_RETYPE, RAM_2, OBJECT_FRAME, 21, RETYPE_NEXT, ROOT_SLOT_CNODE, FREE + 1);
    assert_int_equal(slot(FREE + 1)->frame.page & 0x1ff, 0);
}

/* Aligned up, the next free place of a small untyped lies behind its end. */
static void a_large_frame_does_not_fit_a_small_untyped(void **state)
{
    uint32_t watermark;

    (void)state;
    retype(RAM_SMALL, OBJECT_ENDPOINT, 0, FREE);
    watermark = slot(RAM_SMALL)->untyped.watermark;
    assert_in_range(watermark, 1, 4095);
    FAILS(STATUS_NO_MEMORY, SYS_UNTYPED_RETYPE, RAM_SMALL, OBJECT_FRAME, 21, RETYPE_NEXT,
          ROOT_SLOT_CNODE, FREE + 1);
    FAILS(STATUS_NO_MEMORY, SYS_UNTYPED_RETYPE, RAM_SMALL, OBJECT_UNTYPED, 30, RETYPE_NEXT,
          ROOT_SLOT_CNODE, FREE + 1);
    assert_true(cap_is_empty(slot(FREE + 1)));
    assert_int_equal(slot(RAM_SMALL)->untyped.watermark, watermark);
}

static void no_memory_for_any_object(void **state)
{
    static const struct {
        enum object_type type;
        abi_word parameter;
    } object[] = {
        { OBJECT_UNTYPED, 12 },     { OBJECT_CNODE, 4 }, { OBJECT_ENDPOINT, 0 },
        { OBJECT_NOTIFICATION, 0 }, { OBJECT_REPLY, 0 }, { OBJECT_THREAD, 0 },
        { OBJECT_SCHED, 0 },        { OBJECT_SPACE, 0 }, { OBJECT_TABLE, 0 },
        { OBJECT_FRAME, 12 },       { OBJECT_VCPU, 0 },  { OBJECT_TIMER, 0 },
    };

    (void)state;
    /* 4 KiB less 64 bytes: only the smallest objects, until those are too many as well. */
    retype(RAM_SMALL, OBJECT_FRAME, 12, FREE);
    for (unsigned i = 0; i < sizeof(object) / sizeof(object[0]); i++) {
        FAILS(STATUS_NO_MEMORY, SYS_UNTYPED_RETYPE, RAM_SMALL, (abi_word)object[i].type,
              object[i].parameter, RETYPE_NEXT, ROOT_SLOT_CNODE, FREE + 1);
        assert_true(cap_is_empty(slot(FREE + 1)));
    }
    OK(SYS_CAP_DELETE, ROOT_SLOT_CNODE, FREE);
    for (unsigned i = 0; i < 64; i++) {
        const abi_word status = SYS(SYS_UNTYPED_RETYPE, RAM_SMALL, OBJECT_NOTIFICATION, 0,
                                    RETYPE_NEXT, ROOT_SLOT_CNODE, FREE + i);

        assert_int_equal(status, STATUS_OK);
    }
    FAILS(STATUS_NO_MEMORY, SYS_UNTYPED_RETYPE, RAM_SMALL, OBJECT_NOTIFICATION, 0, RETYPE_NEXT,
          ROOT_SLOT_CNODE, FREE + 64);
}

static void spaces_run_out_with_a_status(void **state)
{
    unsigned count = 0;

    (void)state;
    while (SYS(SYS_UNTYPED_RETYPE, RAM_2, OBJECT_SPACE, SPACE_NATIVE, RETYPE_NEXT, ROOT_SLOT_CNODE,
               FREE + count) == STATUS_OK) {
        count++;
    }
    assert_int_equal(count, VMID_LAST - 3); /* root's and two of the fixture's exist */
    assert_int_equal(result(0), STATUS_NO_MEMORY);
    OK(SYS_CAP_DELETE, ROOT_SLOT_CNODE, FREE + 7);
    retype(RAM, OBJECT_SPACE, SPACE_GUEST, FREE + 7);
}

static void map_tables(unsigned space, unsigned table_2, unsigned table_3)
{
    retype(RAM_2, OBJECT_TABLE, 0, table_2);
    retype(RAM_2, OBJECT_TABLE, 0, table_3);
    OK(SYS_SPACE_MAP_TABLE, space, table_2, IPA, 2);
    OK(SYS_SPACE_MAP_TABLE, space, table_3, IPA, 3);
}

static bool is_mapped(unsigned space, unsigned frame, ipa_addr ipa)
{
    phys_addr pa;

    return arch_pt_lookup(slot(space)->space->root_table, ipa, &pa) &&
           pa.value >> 12 == slot(frame)->frame.page;
}

static void map_and_unmap(void **state)
{
    const unsigned syncs = fake.code_syncs;

    (void)state;
    map_tables(SPACE, FREE, FREE + 1);
    OK(SYS_SPACE_MAP, SPACE, FRAME, IPA, MAP_READ | MAP_WRITE);
    assert_true(is_mapped(SPACE, FRAME, (ipa_addr){ IPA }));
    FAILS(STATUS_MAPPED, SYS_SPACE_MAP, SPACE, FRAME, IPA + 4096, MAP_READ);
    OK(SYS_SPACE_UNMAP, FRAME);
    assert_false(is_mapped(SPACE, FRAME, (ipa_addr){ IPA }));
    assert_int_equal(fake.tlb_pages, 1);
    FAILS(STATUS_NOT_BOUND, SYS_SPACE_UNMAP, FRAME);
    OK(SYS_SPACE_MAP, SPACE, FRAME, IPA, MAP_READ | MAP_EXEC);
    assert_int_equal(fake.code_syncs, syncs + 1);
    OK(SYS_SPACE_MAP, SPACE, LARGE_FRAME, IPA + (2u << 20), MAP_READ | MAP_WRITE);
    OK(SYS_SPACE_MAP, SPACE, DEVICE_FRAME, IPA + 0x2000, MAP_READ | MAP_WRITE);
}

static void delete_and_revoke_unmap(void **state)
{
    (void)state;
    map_tables(SPACE, FREE, FREE + 1);
    copy(FRAME, FREE + 2, RIGHT_READ, 0);
    OK(SYS_SPACE_MAP, SPACE, FREE + 2, IPA, MAP_READ);
    OK(SYS_SPACE_MAP, SPACE, FRAME, IPA + 4096, MAP_READ | MAP_WRITE);
    OK(SYS_CAP_REVOKE, ROOT_SLOT_CNODE, FRAME);
    assert_false(is_mapped(SPACE, FRAME, (ipa_addr){ IPA }));
    assert_true(is_mapped(SPACE, FRAME, (ipa_addr){ IPA + 4096 }));
    copy(FRAME, FREE + 2, RIGHT_READ, 0);
    OK(SYS_CAP_DELETE, ROOT_SLOT_CNODE, FRAME); /* a tombstone, but without authority */
    assert_false(is_mapped(SPACE, FRAME, (ipa_addr){ IPA + 4096 }));
}

/* The entries go with the table; a frame that was there must not unmap its successor. */
static void a_revoked_table_takes_its_entries(void **state)
{
    (void)state;
    map_tables(SPACE, FREE, FREE + 1);
    retype(RAM_2, OBJECT_FRAME, 12, FREE + 2);
    OK(SYS_SPACE_MAP, SPACE, FRAME, IPA, MAP_READ);
    OK(SYS_CAP_DELETE, ROOT_SLOT_CNODE, FREE + 1);
    assert_false(is_mapped(SPACE, FRAME, (ipa_addr){ IPA }));
    FAILS(STATUS_NO_TABLE, SYS_SPACE_MAP, SPACE, FREE + 2, IPA, MAP_READ);
    OK(SYS_SPACE_MAP_TABLE, SPACE, TABLE, IPA, 3);
    OK(SYS_SPACE_MAP, SPACE, FREE + 2, IPA, MAP_READ);
    OK(SYS_SPACE_UNMAP, FRAME);
    assert_true(is_mapped(SPACE, FREE + 2, (ipa_addr){ IPA }));
}

static void a_dead_space_frees_frames_and_tables(void **state)
{
    (void)state;
    retype(RAM_2, OBJECT_SPACE, SPACE_NATIVE, FREE + 5);
    map_tables(FREE + 5, FREE, FREE + 1);
    OK(SYS_SPACE_MAP, FREE + 5, FRAME, IPA, MAP_READ);
    OK(SYS_CAP_DELETE, ROOT_SLOT_CNODE, FREE + 5);
    FAILS(STATUS_NOT_BOUND, SYS_SPACE_UNMAP, FRAME);
    /* The tables can serve another space, and bring nothing from the old one along. */
    OK(SYS_SPACE_MAP_TABLE, SPACE, FREE, IPA, 2);
    OK(SYS_SPACE_MAP_TABLE, SPACE, FREE + 1, IPA, 3);
    assert_false(is_mapped(SPACE, FRAME, (ipa_addr){ IPA }));
    OK(SYS_SPACE_MAP, SPACE, FRAME, IPA, MAP_READ);
}

static void frames_in_guests_may_be_written_and_run(void **state)
{
    (void)state;
    map_tables(GUEST_SPACE, FREE, FREE + 1);
    OK(SYS_SPACE_MAP, GUEST_SPACE, FRAME, IPA, MAP_READ | MAP_WRITE | MAP_EXEC);
}

/* The topmost GiB of 40-bit physical addresses: neither page numbers nor sums may lose bits, and
 * sizes near 4 GiB may not wrap. */
static void memory_above_4_gib_keeps_its_bits(void **state)
{
    enum { TOP_PAGE = 0xffc0000, GIB = 1 << 30, LAST_BLOCK = GIB - (2 << 20) };
    struct cap *untyped = slot(DEVICE);

    (void)state;
    untyped->untyped.page = TOP_PAGE;
    untyped->untyped.shift = 30;
    FAILS(STATUS_BAD_ARGUMENT, SYS_UNTYPED_RETYPE, DEVICE, OBJECT_FRAME, 12, GIB, ROOT_SLOT_CNODE,
          FREE);
    FAILS(STATUS_BAD_ARGUMENT, SYS_UNTYPED_RETYPE, DEVICE, OBJECT_FRAME, 12, 0xfffff000,
          ROOT_SLOT_CNODE, FREE);
    OK(SYS_UNTYPED_RETYPE, DEVICE, OBJECT_FRAME, 21, LAST_BLOCK, ROOT_SLOT_CNODE, FREE);
    assert_true(frame_physical(slot(FREE)).value == 0xffffe00000);
    OK(SYS_FRAME_ADDRESS, FREE);
    assert_int_equal(result(1), 0xffe00000);
    assert_int_equal(result(2), 0xff);
    FAILS(STATUS_NO_MEMORY, SYS_UNTYPED_RETYPE, DEVICE, OBJECT_FRAME, 12, RETYPE_NEXT,
          ROOT_SLOT_CNODE, FREE + 1);
}

int memory_tests(void)
{
    const struct CMUnitTest tests[] = {
        TEST(ram_is_zeroed_in_steps),
        TEST(used_memory_comes_back_zeroed),
        TEST(image_and_device_memory_is_left_alone),
        TEST(offset_places_and_only_forward),
        TEST(a_large_frame_does_not_fit_a_small_untyped),
        TEST(no_memory_for_any_object),
        TEST(memory_above_4_gib_keeps_its_bits),
        TEST(spaces_run_out_with_a_status),
        TEST(map_and_unmap),
        TEST(delete_and_revoke_unmap),
        TEST(a_revoked_table_takes_its_entries),
        TEST(a_dead_space_frees_frames_and_tables),
        TEST(frames_in_guests_may_be_written_and_run),
    };

    return cmocka_run_group_tests_name("memory", tests, NULL, NULL);
}
