/* SPDX-License-Identifier: BSD-2-Clause */
/* Derivation, deletion, revocation. */
#include "fixture.h"

static abi_word info_type(unsigned index)
{
    OK(SYS_CAP_INFO, ROOT_SLOT_CNODE, index);
    return result(1) & 0xff;
}

static void copies_shrink(void **state)
{
    (void)state;
    copy(ENDPOINT, FREE, RIGHT_READ | RIGHT_WRITE, 7);
    OK(SYS_CAP_INFO, ROOT_SLOT_CNODE, FREE);
    assert_int_equal(result(1), OBJECT_ENDPOINT | (RIGHT_READ | RIGHT_WRITE) << 8 | 3 << 16);
    assert_int_equal(result(2), 7);
    copy(FREE, FREE + 1, RIGHTS_ALL, 0);
    OK(SYS_CAP_INFO, ROOT_SLOT_CNODE, FREE + 1);
    assert_int_equal(result(1), OBJECT_ENDPOINT | (RIGHT_READ | RIGHT_WRITE) << 8 | 4 << 16);
    assert_int_equal(result(2), 7);
}

static void info_names_objects_not_addresses(void **state)
{
    abi_word id;

    (void)state;
    OK(SYS_CAP_INFO, ROOT_SLOT_CNODE, FRAME);
    id = result(3);
    assert_int_equal(result(2), 12);
    OK(SYS_CAP_INFO, ROOT_SLOT_CNODE, FRAME + WEAK);
    assert_int_equal(result(3), id);
    OK(SYS_CAP_INFO, ROOT_SLOT_CNODE, LARGE_FRAME);
    assert_int_not_equal(result(3), id);
    assert_int_equal(result(2), 21);
    assert_true(result(3) < 1000);
}

static void move_keeps_the_place_in_the_tree(void **state)
{
    (void)state;
    copy(ENDPOINT, FREE, RIGHTS_ALL, 0);
    copy(FREE, FREE + 1, RIGHTS_ALL, 0);
    OK(SYS_CAP_MOVE, ROOT_SLOT_CNODE, FREE + 2, ROOT_SLOT_CNODE, FREE);
    assert_true(cap_is_empty(slot(FREE)));
    OK(SYS_CAP_REVOKE, ROOT_SLOT_CNODE, FREE + 2);
    assert_true(cap_is_empty(slot(FREE + 1)));
    assert_int_equal(info_type(FREE + 2), OBJECT_ENDPOINT);
    retype(RAM_2, OBJECT_ENDPOINT, 0, FREE + 1);
    OK(SYS_CAP_MOVE, ROOT_SLOT_CNODE, FREE + 3, ROOT_SLOT_CNODE, FREE + 1);
    OK(SYS_CAP_REVOKE, ROOT_SLOT_CNODE, RAM_2);
    assert_true(cap_is_empty(slot(FREE + 3)));
}

/* What a revocation ends takes the revoking thread along: the call goes no further than that. */
static void revoking_the_own_memory_ends_the_caller(void **state)
{
    (void)state;
    SYS(SYS_CAP_REVOKE, ROOT_SLOT_CNODE, RAM);
    assert_true(current() != root());
    assert_null(current());
}

static void a_deleted_parent_is_a_tombstone(void **state)
{
    (void)state;
    copy(ENDPOINT, FREE, RIGHTS_ALL, 0);
    copy(FREE, FREE + 1, RIGHTS_ALL, 0);
    OK(SYS_CAP_DELETE, ROOT_SLOT_CNODE, FREE);
    FAILS(STATUS_BAD_CAP, SYS_CAP_INFO, ROOT_SLOT_CNODE, FREE);
    FAILS(STATUS_BAD_CAP, SYS_CAP_DELETE, ROOT_SLOT_CNODE, FREE);
    FAILS(STATUS_BAD_CAP, SYS_CALL, FREE);
    FAILS(STATUS_SLOT_IN_USE, SYS_CAP_COPY, ROOT_SLOT_CNODE, FREE, ROOT_SLOT_CNODE, NOTE);
    OK(SYS_CAP_DELETE, ROOT_SLOT_CNODE, FREE + 1);
    copy(NOTE, FREE, RIGHTS_ALL, 0);
}

static void an_object_ends_with_its_original(void **state)
{
    (void)state;
    copy(SPACE, FREE, RIGHTS_ALL, 0);
    OK(SYS_CAP_DELETE, ROOT_SLOT_CNODE, SPACE);
    assert_int_equal(info_type(FREE), OBJECT_SPACE); /* the copy keeps it alive */
    OK(SYS_SPACE_MAP_TABLE, FREE, TABLE, 0, 2);
    OK(SYS_CAP_DELETE, ROOT_SLOT_CNODE, SPACE + WEAK);
    OK(SYS_CAP_DELETE, ROOT_SLOT_CNODE, FREE);
    assert_true(cap_is_empty(slot(SPACE)));
    assert_null(space_of_mapping(slot(TABLE)->frame.mapping));
}

/* P: revoke takes no more than one deletion between two looks at the interrupt line. */
static void revoking_ten_thousand_is_preemptible(void **state)
{
    enum { CNODES = 3, SLOTS = 4096, COPIES = 10000 };
    unsigned made = 0;

    (void)state;
    for (unsigned c = 0; c < CNODES; c++) {
        retype(RAM_2, OBJECT_CNODE, 12, FREE + c);
    }
    /* Not by system calls, whose invariant checks would take minutes here. */
    for (unsigned i = 1; i < SLOTS; i++) {
        for (unsigned c = 0; c < CNODES && made < COPIES; c++) {
            struct cap *parent =
                made % 5 == 0 || c == 0 ? slot(ENDPOINT) : &slot(FREE)->cnode->slots[i];

            cap_derive(&slot(FREE + c)->cnode->slots[i], parent, RIGHTS_ALL, 1);
            made++;
        }
    }
    assert_int_equal(made, COPIES);
    fake.is_pending = true;
    OK(SYS_CAP_REVOKE, ROOT_SLOT_CNODE, ENDPOINT);
    assert_true(fixture_restarts >= COPIES);
    fake.is_pending = false;
    assert_false(cap_has_descendants(slot(ENDPOINT)));
}

static void a_cnode_takes_what_came_from_its_slots(void **state)
{
    (void)state;
    OK(SYS_CAP_MOVE, CNODE, 3, ROOT_SLOT_CNODE, NOTE);
    OK(SYS_CAP_DELETE, ROOT_SLOT_CNODE, NOTE + WEAK);
    OK(SYS_CAP_COPY, ROOT_SLOT_CNODE, FREE, CNODE, 3, RIGHTS_ALL, 0);
    OK(SYS_CAP_COPY, ROOT_SLOT_CNODE, FREE + 1, ROOT_SLOT_CNODE, FREE, RIGHTS_ALL, 0);
    OK(SYS_CAP_DELETE, ROOT_SLOT_CNODE, CNODE + WEAK);
    fake.is_pending = true;
    OK(SYS_CAP_DELETE, ROOT_SLOT_CNODE, CNODE);
    assert_true(fixture_restarts > 2);
    fake.is_pending = false;
    assert_true(cap_is_empty(slot(FREE)) && cap_is_empty(slot(FREE + 1)));
    assert_true(cap_is_empty(slot(CNODE)));
}

/* CNodes in each other's slots, and one that holds the memory it is made of. */
static void cnodes_in_a_circle_end(void **state)
{
    (void)state;
    retype(RAM_2, OBJECT_UNTYPED, 16, FREE);
    retype(FREE, OBJECT_CNODE, 4, FREE + 1);
    retype(FREE, OBJECT_CNODE, 4, FREE + 2);
    OK(SYS_CAP_COPY, FREE + 1, 5, ROOT_SLOT_CNODE, FREE + 2, RIGHTS_ALL, 0);
    OK(SYS_CAP_COPY, FREE + 2, 6, ROOT_SLOT_CNODE, FREE + 1, RIGHTS_ALL, 0);
    OK(SYS_CAP_MOVE, FREE + 1, 7, ROOT_SLOT_CNODE, FREE);
    OK(SYS_CAP_MOVE, FREE + 2, 7, ROOT_SLOT_CNODE, FREE + 1); /* its own grandparent's child */
    fake.is_pending = true;
    OK(SYS_CAP_DELETE, ROOT_SLOT_CNODE, FREE + 2); /* a tombstone: copies exist */
    fake.is_pending = false;
    OK(SYS_CAP_REVOKE, ROOT_SLOT_CNODE, RAM_2);
    assert_false(cap_has_descendants(slot(RAM_2)));
    assert_false(reaper_has_work());
    assert_int_equal(slot(RAM_2)->untyped.watermark, 0);
}

static void delete_of_a_parent_waits_for_its_last_child(void **state)
{
    (void)state;
    retype(RAM_2, OBJECT_UNTYPED, 16, FREE);
    retype(FREE, OBJECT_ENDPOINT, 0, FREE + 1);
    OK(SYS_CAP_DELETE, ROOT_SLOT_CNODE, FREE);
    assert_int_not_equal(slot(RAM_2)->untyped.watermark, 0);
    OK(SYS_CAP_DELETE, ROOT_SLOT_CNODE, FREE + 1);
    assert_int_equal(slot(RAM_2)->untyped.watermark, 0);
}

static void root_may_delete_itself(void **state)
{
    (void)state;
    SYS(SYS_CAP_DELETE, ROOT_SLOT_CNODE, ROOT_SLOT_THREAD);
    assert_null(current());
    assert_null(cpu()->arch.context);
    assert_true(fake.active_space == arch_space_none());
    assert_int_equal(fake.contexts_forgotten, 1);
}

/* Root's CNode holds its own capability: revoked, then deleted, it goes with all that is in it. */
static void a_cnode_may_contain_itself(void **state)
{
    (void)state;
    OK(SYS_CAP_REVOKE, ROOT_SLOT_CNODE, ROOT_SLOT_CNODE); /* the thread's binding */
    FAILS(STATUS_BAD_CAP, SYS_SIGNAL, NOTE);
    cap_delete(slot(ROOT_SLOT_CNODE));
    while (reaper_has_work()) {
        reaper_step();
    }
    for (unsigned i = 0; i < 1u << ROOT_CNODE_BITS; i++) {
        assert_true(cap_is_empty(slot(i)));
    }
}

static int nothing(void **state)
{
    (void)state;
    return 0;
}

int cap_tests(void)
{
    const struct CMUnitTest tests[] = {
        TEST(copies_shrink),
        TEST(info_names_objects_not_addresses),
        TEST(move_keeps_the_place_in_the_tree),
        TEST(revoking_the_own_memory_ends_the_caller),
        TEST(a_deleted_parent_is_a_tombstone),
        TEST(an_object_ends_with_its_original),
        TEST(revoking_ten_thousand_is_preemptible),
        TEST(a_cnode_takes_what_came_from_its_slots),
        TEST(cnodes_in_a_circle_end),
        TEST(delete_of_a_parent_waits_for_its_last_child),
        cmocka_unit_test_setup_teardown(root_may_delete_itself, fixture_objects, fixture_end),
        cmocka_unit_test_setup_teardown(a_cnode_may_contain_itself, fixture_objects, nothing),
    };

    return cmocka_run_group_tests_name("capabilities", tests, NULL, NULL);
}
