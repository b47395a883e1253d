/* SPDX-License-Identifier: BSD-2-Clause */
/* The walker on the host, for both geometries and both stages. */
#include "platform.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "abi/syscall.h"

enum { V7_BITS = 32, V8_BITS = 39, OUTPUT_BITS = 40 };
unsigned test_input_bits = V8_BITS;

/* Physical memory of the test: table n is at FIRST_TABLE + n pages. */
enum { TABLES = 8 };
#define FIRST_TABLE UINT64_C(0x8040000000) /* above 32 bits: truncation would show */
static _Alignas(ARCH_TABLE_BYTES) uint64_t memory[TABLES][512];

void *arch_memory(phys_addr pa)
{
    uint64_t offset = pa.value - FIRST_TABLE;
    assert_true(offset < sizeof memory && offset % ARCH_TABLE_BYTES == 0);
    return memory[offset / ARCH_TABLE_BYTES];
}

phys_addr arch_physical(const void *pointer)
{
    uintptr_t offset = (uintptr_t)pointer - (uintptr_t)memory;
    return (phys_addr){ FIRST_TABLE + offset };
}

static phys_addr table(unsigned n)
{
    return arch_physical(memory[n]);
}

static int clear(void **state)
{
    (void)state;
    memset(memory, 0, sizeof memory);
    return 0;
}

static const phys_addr block = { UINT64_C(0x50200000) };
static const phys_addr page = { UINT64_C(0xff12345000) };

#define READ_ONLY (UINT64_C(1) << 6 | UINT64_C(0xf) << 2)

static enum status map(uint64_t input, phys_addr pa, unsigned shift, uint64_t leaf)
{
    return pt_map(memory[0], (ipa_addr){ input }, pa, shift, leaf);
}

static enum status insert_table(uint64_t input, unsigned level, phys_addr inserted)
{
    return arch_pt_insert_table(memory[0], (ipa_addr){ input }, level, inserted);
}

/* The root of v7 is 4 entries long; what lies behind it must stay untouched. */
static void check_geometry(uint64_t input, size_t root_index)
{
    phys_addr found;
    uint64_t at_page = input + 0x200000;

    assert_int_equal(map(input, block, ARCH_BLOCK_SHIFT, 0), STATUS_NO_TABLE);
    assert_int_equal(insert_table(input, 3, table(2)), STATUS_NO_TABLE);
    assert_int_equal(insert_table(input, 2, table(1)), STATUS_OK);
    assert_int_equal(insert_table(input, 2, table(3)), STATUS_MAPPED);
    assert_int_equal(memory[0][root_index], table(1).value | 3);

    assert_int_equal(map(input, block, ARCH_BLOCK_SHIFT, READ_ONLY), STATUS_OK);
    assert_int_equal(map(input, block, ARCH_BLOCK_SHIFT, 0), STATUS_MAPPED);
    assert_int_equal(map(input + 0x1000, page, ARCH_PAGE_SHIFT, 0), STATUS_MAPPED);
    assert_int_equal(insert_table(input, 3, table(2)), STATUS_MAPPED);
    assert_true(arch_pt_lookup(memory[0], (ipa_addr){ input + 0x12345 }, &found));
    assert_int_equal(found.value, block.value + 0x12345);

    assert_int_equal(map(at_page, page, ARCH_PAGE_SHIFT, 0), STATUS_NO_TABLE);
    assert_int_equal(insert_table(at_page, 3, table(2)), STATUS_OK);
    assert_int_equal(map(at_page, block, ARCH_BLOCK_SHIFT, 0), STATUS_MAPPED);
    assert_int_equal(map(at_page, page, ARCH_PAGE_SHIFT, PT_EXECUTE_NEVER), STATUS_OK);
    assert_int_equal(memory[2][0], page.value | PT_EXECUTE_NEVER | 3);
    assert_true(arch_pt_lookup(memory[0], (ipa_addr){ at_page + 0xabc }, &found));
    assert_int_equal(found.value, page.value + 0xabc);
    assert_false(arch_pt_lookup(memory[0], (ipa_addr){ at_page + 0x1000 }, &found));
}

static void test_v8(void **state)
{
    (void)state;
    check_geometry(UINT64_C(0x7fc0000000), 511);
}

static void test_v7(void **state)
{
    (void)state;
    for (size_t i = 4; i < 512; i++) {
        memory[0][i] = 0x5a5a5a5a5a5a5a5a;
    }
    test_input_bits = V7_BITS;
    check_geometry(UINT64_C(0xc0000000), 3);
    test_input_bits = V8_BITS;
    for (size_t i = 4; i < 512; i++) {
        assert_int_equal(memory[0][i], 0x5a5a5a5a5a5a5a5a);
    }
}

static void test_input_range(void **state)
{
    const ipa_addr beyond = { 0x100000000 };
    phys_addr found;
    (void)state;
    assert_true(arch_pt_ipa_valid((ipa_addr){ 0x7ffffff000 }, ARCH_PAGE_SHIFT));
    assert_false(arch_pt_ipa_valid((ipa_addr){ 0x8000000000 }, ARCH_PAGE_SHIFT));
    assert_false(arch_pt_ipa_valid((ipa_addr){ 0x1800 }, ARCH_PAGE_SHIFT));
    assert_false(arch_pt_ipa_valid((ipa_addr){ 0x1000 }, ARCH_BLOCK_SHIFT));
    assert_false(arch_pt_ipa_valid((ipa_addr){ 0 }, 30));
    assert_int_equal(insert_table(0, 0, table(1)), STATUS_BAD_ARGUMENT);
    assert_int_equal(insert_table(0, 1, table(1)), STATUS_BAD_ARGUMENT);
    assert_int_equal(insert_table(0, 4, table(1)), STATUS_BAD_ARGUMENT);
    test_input_bits = V7_BITS;
    assert_true(arch_pt_ipa_valid((ipa_addr){ 0xfffff000 }, ARCH_PAGE_SHIFT));
    assert_false(arch_pt_ipa_valid(beyond, ARCH_PAGE_SHIFT));
    assert_int_equal(insert_table(beyond.value, 2, table(1)), STATUS_BAD_ARGUMENT);
    assert_false(arch_pt_lookup(memory[0], beyond, &found));
    test_input_bits = V8_BITS;
}

static void test_output_range(void **state)
{
    const phys_addr odd = { 0x1800 };
    const phys_addr beyond = { UINT64_C(1) << OUTPUT_BITS };
    const phys_addr page_only = { 0x1000 };
    (void)state;
    assert_int_equal(map(0, odd, ARCH_PAGE_SHIFT, 0), STATUS_BAD_ARGUMENT);
    assert_int_equal(map(0, beyond, ARCH_PAGE_SHIFT, 0), STATUS_BAD_ARGUMENT);
    assert_int_equal(map(0, page_only, ARCH_BLOCK_SHIFT, 0), STATUS_BAD_ARGUMENT);
}

/* Taking things out again, and what unmap and remove must leave alone. */
static void test_remove(void **state)
{
    (void)state;
    assert_int_equal(insert_table(0, 2, table(1)), STATUS_OK);
    assert_int_equal(insert_table(0, 3, table(2)), STATUS_OK);
    assert_int_equal(map(0x1ff000, page, ARCH_PAGE_SHIFT, 0), STATUS_OK);
    assert_int_equal(map(0x200000, block, ARCH_BLOCK_SHIFT, 0), STATUS_OK);

    arch_pt_unmap(memory[0], (ipa_addr){ 0 }, ARCH_BLOCK_SHIFT); /* a table, not a block */
    assert_int_equal(memory[1][0], table(2).value | 3);
    arch_pt_remove_table(memory[0], (ipa_addr){ 0x200000 }, 3); /* a block, not a table */
    assert_int_not_equal(memory[1][1], 0);
    arch_pt_unmap(memory[0], (ipa_addr){ 0x40000000 }, ARCH_PAGE_SHIFT); /* nothing there */
    arch_pt_unmap(memory[0], (ipa_addr){ 0x201000 }, ARCH_PAGE_SHIFT);   /* inside a block */
    assert_int_not_equal(memory[1][1], 0);

    arch_pt_unmap(memory[0], (ipa_addr){ 0x1ff000 }, ARCH_PAGE_SHIFT);
    assert_int_equal(memory[2][511], 0);
    arch_pt_unmap(memory[0], (ipa_addr){ 0x200000 }, ARCH_BLOCK_SHIFT);
    assert_int_equal(memory[1][1], 0);
    arch_pt_remove_table(memory[0], (ipa_addr){ 0 }, 3);
    assert_int_equal(memory[1][0], 0);
    arch_pt_remove_table(memory[0], (ipa_addr){ 0 }, 2);
    assert_int_equal(memory[0][0], 0);
    arch_pt_remove_table(memory[0], (ipa_addr){ 0 }, 2);
}

/* ---- stage 2 --------------------------------------------------------------------------------- */

static uint64_t leaf_of(unsigned attributes)
{
    uint64_t descriptor;
    assert_int_equal(arch_pt_map(memory[0], (ipa_addr){ 0 }, page, ARCH_PAGE_SHIFT, attributes),
                     STATUS_OK);
    descriptor = memory[2][0];
    arch_pt_unmap(memory[0], (ipa_addr){ 0 }, ARCH_PAGE_SHIFT);
    return descriptor;
}

static int with_tables(void **state)
{
    (void)clear(state);
    (void)arch_pt_insert_table(memory[0], (ipa_addr){ 0 }, 2, table(1));
    (void)arch_pt_insert_table(memory[0], (ipa_addr){ 0 }, 3, table(2));
    return 0;
}

static void test_descriptors(void **state)
{
    (void)state;
    /* AF, SH = inner, MemAttr [5:2], S2AP [7:6], XN [54] */
    assert_int_equal(leaf_of(MAP_READ), (1ull << 54) | 0x77full | page.value);
    assert_int_equal(leaf_of(MAP_READ | MAP_EXEC), 0x77full | page.value);
    assert_int_equal(leaf_of(MAP_READ | MAP_WRITE), (1ull << 54) | 0x7ffull | page.value);
    assert_int_equal(leaf_of(MAP_READ | MAP_WRITE | MAP_DEVICE),
                     (1ull << 54) | 0x7c7ull | page.value);
    assert_int_equal(leaf_of(MAP_READ | MAP_UNCACHED), (1ull << 54) | 0x757ull | page.value);
    /* Device memory is never executable. */
    assert_int_equal(leaf_of(MAP_READ | MAP_EXEC | MAP_DEVICE),
                     (1ull << 54) | 0x747ull | page.value);
}

/* Every combination, each bit from the specification's side. */
static void test_every_combination(void **state)
{
    (void)state;
    for (unsigned attributes = 0; attributes < 2 * MAP_UNCACHED; attributes++) {
        bool is_device = (attributes & MAP_DEVICE) != 0;
        uint64_t expected = page.value | 3 | 1 << 10 | 3 << 8; /* page, AF, SH */
        expected |= is_device ? 1 << 2 : (attributes & MAP_UNCACHED) != 0 ? 5 << 2 : 0xf << 2;
        expected |= (attributes & MAP_READ) != 0 ? 1 << 6 : 0;
        expected |= (attributes & MAP_WRITE) != 0 ? 1 << 7 : 0;
        expected |= (attributes & MAP_EXEC) != 0 && !is_device ? 0 : UINT64_C(1) << 54;
        assert_int_equal(leaf_of(attributes), expected);
    }
}

/* Random operations against a plain list of what should be mapped. */
static void test_random(void **state)
{
    enum { SLOTS = 1024, STEPS = 20000 }; /* two level 3 tables of pages */
    static bool is_mapped[SLOTS];
    (void)state;
    assert_int_equal(arch_pt_insert_table(memory[0], (ipa_addr){ 0x200000 }, 3, table(3)),
                     STATUS_OK);
    memset(is_mapped, 0, sizeof is_mapped);
    srand(1);
    for (unsigned step = 0; step < STEPS; step++) {
        size_t slot = (size_t)rand() % SLOTS;
        ipa_addr ipa = { slot << ARCH_PAGE_SHIFT };
        phys_addr pa = { UINT64_C(0x9000000000) + (slot << ARCH_PAGE_SHIFT) };
        phys_addr found;
        if (rand() % 2 == 0) {
            assert_int_equal(arch_pt_map(memory[0], ipa, pa, ARCH_PAGE_SHIFT, MAP_READ),
                             is_mapped[slot] ? STATUS_MAPPED : STATUS_OK);
            is_mapped[slot] = true;
        } else {
            arch_pt_unmap(memory[0], ipa, ARCH_PAGE_SHIFT);
            is_mapped[slot] = false;
        }
        slot = (size_t)rand() % SLOTS;
        ipa.value = slot << ARCH_PAGE_SHIFT;
        assert_int_equal(arch_pt_lookup(memory[0], ipa, &found), is_mapped[slot]);
        if (is_mapped[slot]) {
            assert_int_equal(found.value, UINT64_C(0x9000000000) + ipa.value);
        }
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup(test_v8, clear),
        cmocka_unit_test_setup(test_v7, clear),
        cmocka_unit_test_setup(test_input_range, clear),
        cmocka_unit_test_setup(test_output_range, clear),
        cmocka_unit_test_setup(test_remove, clear),
        cmocka_unit_test_setup(test_descriptors, with_tables),
        cmocka_unit_test_setup(test_every_combination, with_tables),
        cmocka_unit_test_setup(test_random, with_tables),
    };
    return cmocka_run_group_tests_name("page_table", tests, NULL, NULL);
}
