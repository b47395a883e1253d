/* SPDX-License-Identifier: BSD-2-Clause */
#include "audit_log.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

static struct audit_region region;

static struct audit_entry entry_of(uint32_t detail)
{
    return (struct audit_entry){ .kind = AUDIT_REQUESTED, .origin = 1, .epoch = 2, .detail = detail, .repeats = 1 };
}

static void opens_empty(void **state)
{
    /* printf 'Robin audit log 1' | sha256sum */
    static const uint8_t nothing[4] = { 0xab, 0x8a, 0xa1, 0xbb };

    (void)state;
    audit_log_open(&region);
    assert_memory_equal(region.head, nothing, sizeof nothing);
    assert_int_equal(region.magic, AUDIT_MAGIC);
    assert_int_equal(region.count, 0);
    assert_memory_equal(region.head, region.first_chain, AUDIT_HASH_BYTES);
}

static void append_fills_a_record_and_moves_the_head(void **state)
{
    struct audit_entry entry = entry_of(77);
    uint8_t before[AUDIT_HASH_BYTES];
    uint32_t head[AUDIT_HEAD_WORDS];

    (void)state;
    audit_log_open(&region);
    memcpy(before, region.head, sizeof before);
    number_append(&entry.number, 1);
    number_append(&entry.number, 1);
    number_append(&entry.number, 2);
    assert_true(audit_log_append(&region, &entry, 123456));
    assert_int_equal(region.count, 1);
    assert_int_equal(region.records[0].detail, 77);
    assert_int_equal(region.records[0].time_us, 123456);
    assert_int_equal(region.records[0].number.length, 3);
    assert_int_equal(region.records[0].number.packed[0], 0x211);
    assert_memory_not_equal(region.head, before, sizeof before);
    assert_memory_equal(region.head, region.records[0].chain, AUDIT_HASH_BYTES);
    audit_log_head(&region, head);
    assert_int_equal(head[0] >> 24, region.head[0]);
    assert_int_equal(head[3] & 0xff, region.head[15]);
}

static void refuses_what_is_no_entry(void **state)
{
    struct audit_entry good = entry_of(1), bad;

    (void)state;
    audit_log_open(&region);
    bad = good, bad.kind = 0;
    assert_false(audit_log_append(&region, &bad, 0));
    bad = good, bad.kind = AUDIT_KINDS;
    assert_false(audit_log_append(&region, &bad, 0));
    bad = good, bad.repeats = 0;
    assert_false(audit_log_append(&region, &bad, 0));
    bad = good, bad.number.length = NUMBER_SYMBOLS_MAX + 1;
    assert_false(audit_log_append(&region, &bad, 0));
    bad = good, bad.number.packed[0] = 5; /* a digit beyond the length */
    assert_false(audit_log_append(&region, &bad, 0));
    region.count = UINT32_MAX;
    assert_false(audit_log_append(&region, &good, 0));
}

static void the_ring_keeps_the_last_records(void **state)
{
    uint8_t overwritten[AUDIT_HASH_BYTES];

    (void)state;
    audit_log_open(&region);
    for (uint32_t i = 0; i < AUDIT_RECORDS; i++) {
        struct audit_entry entry = entry_of(i);

        assert_true(audit_log_append(&region, &entry, i));
    }
    memcpy(overwritten, region.records[0].chain, sizeof overwritten);
    {
        struct audit_entry entry = entry_of(4711);

        assert_true(audit_log_append(&region, &entry, 0));
    }
    assert_int_equal(region.records[0].sequence, AUDIT_RECORDS);
    assert_int_equal(region.records[1].sequence, 1);
    assert_memory_equal(region.first_chain, overwritten, sizeof overwritten);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(opens_empty),
        cmocka_unit_test(append_fills_a_record_and_moves_the_head),
        cmocka_unit_test(refuses_what_is_no_entry),
        cmocka_unit_test(the_ring_keeps_the_last_records),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
