/* SPDX-License-Identifier: BSD-2-Clause */
/* Tests of the audit log: rings, chain, bounds. */
#include "audit_log.h"
#include "dialler.h"
#include "display.h"
#include "modem.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

static struct audit_region region;

static struct audit_entry entry_of(uint32_t detail)
{
    return (struct audit_entry){
        .kind = AUDIT_REQUESTED, .origin = 1, .epoch = 2, .detail = detail, .repeats = 1
    };
}

static const struct audit_record *record_of(enum audit_ring_name ring, uint32_t index)
{
    return &region.records[region.rings[ring].first + index];
}

static void opens_empty(void **state)
{
    /* printf 'Robin audit log 2, ring 0' | sha256sum, and so on with 1 */
    static const uint8_t nothing[AUDIT_RINGS][4] = { { 0xc6, 0x52, 0xab, 0xd2 },
                                                     { 0x75, 0x46, 0x41, 0x99 } };

    (void)state;
    memset(&region, 0xa5, sizeof region);
    audit_log_open(&region);
    assert_int_equal(region.magic, AUDIT_MAGIC);
    assert_int_equal(audit_log_count(&region), 0);
    for (unsigned i = 0; i < AUDIT_RINGS; i++) {
        assert_memory_equal(region.rings[i].chain, nothing[i], sizeof nothing[i]);
        assert_memory_equal(region.rings[i].chain, region.rings[i].first_chain, AUDIT_HASH_BYTES);
    }
    for (unsigned i = 0; i < AUDIT_RECORDS; i++) {
        assert_memory_equal(&region.records[i], &(struct audit_record){ 0 },
                            sizeof region.records[i]);
    }
}

/* Each field has a value of its own: one that is lost or swapped shows. */
static void append_fills_a_whole_record_and_moves_the_head(void **state)
{
    const struct audit_entry entry = {
        .kind = AUDIT_CONFIRMED,
        .origin = 1,
        .epoch = 0x11223344,
        .detail = 0x55667788,
        .repeats = 9,
        .number = { 20, { 0x11223344, 0x55667788, 0x9990, 0, 0 } },
    };
    struct audit_record wanted = {
        .sequence = 1,
        .kind = AUDIT_CONFIRMED,
        .time_us = 0x123456789a,
        .origin = 1,
        .epoch = 0x11223344,
        .detail = 0x55667788,
        .number = { 20, { 0x11223344, 0x55667788, 0x9990, 0, 0 } },
        .repeats = 9,
    };
    const struct audit_entry boot = { .kind = AUDIT_BOOT, .repeats = 1 };
    uint8_t before[AUDIT_HASH_BYTES];
    uint32_t head[AUDIT_HEAD_WORDS];

    (void)state;
    audit_log_open(&region);
    assert_true(audit_log_append(&region, &boot, 3));
    memcpy(before, region.head, sizeof before);
    assert_true(audit_log_append(&region, &entry, 0x123456789a));
    memcpy(wanted.chain, region.rings[AUDIT_RING_CALLS].chain, sizeof wanted.chain);
    assert_memory_equal(record_of(AUDIT_RING_CALLS, 1), &wanted, sizeof wanted);
    assert_int_equal(audit_log_count(&region), 2);
    assert_memory_not_equal(region.head, before, sizeof before);
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
    region.rings[AUDIT_RING_CALLS].count = UINT32_MAX;
    assert_false(audit_log_append(&region, &good, 0));
}

static void only_the_dialler_is_served(void **state)
{
    const struct audit_append append = { .operation = AUDIT_APPEND, .entry = entry_of(4) };
    abi_word words[MESSAGE_LENGTH(append)];
    struct audit_message m = { .words = words, .length = MESSAGE_LENGTH(append) };
    struct audit_appended appended;

    (void)state;
    audit_log_open(&region);
    message_put(words, &append, MESSAGE_LENGTH(append));
    for (abi_word badge = 0; badge < 32; badge++) {
        m.badge = badge;
        audit_log_answer(&region, &m, 9, &appended);
        assert_int_equal(appended.answer, badge == AUDIT_BADGE_DIALLER ? AUDIT_OK : AUDIT_INVALID);
        assert_int_equal(appended.count, badge < AUDIT_BADGE_DIALLER ? 0 : 1);
        assert_int_equal(appended.head[0] >> 24, region.head[0]);
    }
    m.badge = AUDIT_BADGE_DIALLER;
    m.length--;
    audit_log_answer(&region, &m, 9, &appended);
    assert_int_equal(appended.answer, AUDIT_INVALID);
}

static void a_ring_keeps_its_last_records(void **state)
{
    uint8_t overwritten[AUDIT_HASH_BYTES];
    struct audit_entry entry;

    (void)state;
    audit_log_open(&region);
    for (uint32_t i = 0; i < AUDIT_OTHER_RECORDS; i++) {
        entry = entry_of(i);
        assert_true(audit_log_append(&region, &entry, i));
    }
    memcpy(overwritten, record_of(AUDIT_RING_OTHER, 0)->chain, sizeof overwritten);
    entry = entry_of(4711);
    assert_true(audit_log_append(&region, &entry, 0));
    assert_int_equal(record_of(AUDIT_RING_OTHER, 0)->sequence, AUDIT_OTHER_RECORDS);
    assert_int_equal(record_of(AUDIT_RING_OTHER, 1)->sequence, 1);
    assert_memory_equal(region.rings[AUDIT_RING_OTHER].first_chain, overwritten,
                        sizeof overwritten);
}

static void no_flood_drops_a_call(void **state)
{
    const struct audit_entry sent = { .kind = AUDIT_SENT,
                                      .origin = 1,
                                      .epoch = 1,
                                      .detail = 1,
                                      .repeats = 1,
                                      .number = { 3, { 0x211 } } };
    struct audit_record before;

    (void)state;
    audit_log_open(&region);
    assert_true(audit_log_append(&region, &sent, 5));
    before = *record_of(AUDIT_RING_CALLS, 0);
    for (uint32_t i = 0; i < 10 * AUDIT_RECORDS; i++) {
        const struct audit_entry noise = { .kind = 1 + i % (AUDIT_KINDS - 1),
                                           .detail = DIAL_OUTCOME_WITHDRAWN,
                                           .origin = ORIGIN_LEGACY,
                                           .repeats = 1 };

        if (audit_log_ring(&noise) == AUDIT_RING_OTHER) {
            assert_true(audit_log_append(&region, &noise, 5));
        }
    }
    assert_int_equal(region.rings[AUDIT_RING_CALLS].count, 1);
    assert_memory_equal(record_of(AUDIT_RING_CALLS, 0), &before, sizeof before);
}

/* An incoming call has an epoch of its own from its first ring. */
static void an_answered_call_is_kept(void **state)
{
    const struct audit_entry answered = { .kind = AUDIT_RESULT,
                                          .origin = ORIGIN_NETWORK,
                                          .epoch = 7,
                                          .repeats = 1,
                                          .detail = MODEM_EVENT_ACTIVE << 8 };

    (void)state;
    assert_int_equal(audit_log_ring(&answered), AUDIT_RING_CALLS);
}

/* What the person decided, and what became of it, is of the calls; nothing that others cause at
 * will. */
static void each_entry_has_its_ring(void **state)
{
    static const struct {
        enum audit_kind kind;
        uint32_t origin, detail;
        bool has_number;
        enum audit_ring_name ring;
    } table[] = {
        { AUDIT_BOOT, 0, 0, false, AUDIT_RING_CALLS },
        { AUDIT_REQUESTED, ORIGIN_LEGACY, 0, true, AUDIT_RING_OTHER },
        { AUDIT_SHOWN, ORIGIN_LEGACY, 0, true, AUDIT_RING_OTHER },
        { AUDIT_CONFIRMED, ORIGIN_LEGACY, 0, true, AUDIT_RING_CALLS },
        { AUDIT_CONFIRMED, ORIGIN_USER, 0, true, AUDIT_RING_CALLS },
        { AUDIT_REFUSED, ORIGIN_LEGACY, DIAL_OUTCOME_REFUSED, true, AUDIT_RING_CALLS },
        { AUDIT_REFUSED, ORIGIN_USER, DIAL_OUTCOME_FAILED | REASON_NO_MODEM << 8, true,
          AUDIT_RING_CALLS },
        { AUDIT_REFUSED, ORIGIN_NETWORK, DIAL_OUTCOME_FAILED | REASON_RINGING << 8, true,
          AUDIT_RING_OTHER },
        { AUDIT_REFUSED, ORIGIN_LEGACY, DIAL_OUTCOME_TIMED_OUT, true, AUDIT_RING_OTHER },
        { AUDIT_REFUSED, ORIGIN_LEGACY, DIAL_OUTCOME_WITHDRAWN, true, AUDIT_RING_OTHER },
        { AUDIT_REFUSED, ORIGIN_NETWORK, DIAL_OUTCOME_DECLINED, true, AUDIT_RING_OTHER },
        { AUDIT_SENT, ORIGIN_LEGACY, 1, true, AUDIT_RING_CALLS },
        { AUDIT_RESULT, ORIGIN_LEGACY, MODEM_EVENT_ENDED << 8 | 1, true, AUDIT_RING_CALLS },
        { AUDIT_RESULT, ORIGIN_USER, MODEM_EVENT_TAKEN << 8, true, AUDIT_RING_CALLS },
        { AUDIT_RESULT, ORIGIN_USER, MODEM_EVENT_LOST << 8, false,
          AUDIT_RING_OTHER }, /* of no call */
        { AUDIT_RESULT, ORIGIN_NETWORK, MODEM_EVENT_ACTIVE << 8, false,
          AUDIT_RING_OTHER }, /* likewise */
        { AUDIT_RESULT, ORIGIN_NETWORK, MODEM_EVENT_ENDED << 8, true, AUDIT_RING_OTHER },
        { AUDIT_REJECTED, ORIGIN_LEGACY, 0, true, AUDIT_RING_OTHER },
        { AUDIT_VIOLATION, ORIGIN_LEGACY, 0, false, AUDIT_RING_OTHER },
        { AUDIT_LEGACY_RESTARTED, ORIGIN_LEGACY, 0, false, AUDIT_RING_OTHER },
        { AUDIT_BLOCKED, ORIGIN_USER, 1, false, AUDIT_RING_CALLS },
    };

    (void)state;
    for (size_t i = 0; i < sizeof table / sizeof table[0]; i++) {
        struct audit_entry entry = { .kind = table[i].kind,
                                     .origin = table[i].origin,
                                     .detail = table[i].detail,
                                     .repeats = 1 };

        if (table[i].has_number) {
            number_append(&entry.number, 1);
        }
        assert_int_equal(audit_log_ring(&entry), table[i].ring);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(opens_empty),
        cmocka_unit_test(append_fills_a_whole_record_and_moves_the_head),
        cmocka_unit_test(refuses_what_is_no_entry),
        cmocka_unit_test(only_the_dialler_is_served),
        cmocka_unit_test(a_ring_keeps_its_last_records),
        cmocka_unit_test(no_flood_drops_a_call),
        cmocka_unit_test(an_answered_call_is_kept),
        cmocka_unit_test(each_entry_has_its_ring),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
