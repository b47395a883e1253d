/* SPDX-License-Identifier: BSD-2-Clause */
/* What a guest is told of a processor that has everything, or what Cortex-A7 and A15 have. */
#include "identification.h"
#include "sysreg.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

static uint64_t hardware;

uint64_t test_identification(unsigned op1, unsigned crm, unsigned op2)
{
    assert_true(op1 <= 2 && crm <= 7 && op2 <= 7);
    return hardware;
}

static abi_word shown(unsigned op1, unsigned crm, unsigned op2, uint32_t value)
{
    abi_word seen;

    hardware = value;
    assert_true(identification_show(op1, crm, op2, &seen));
    return seen;
}

/* Their manuals' values, which QEMU has, too. */
static void cortex_a7_and_a15(void **state)
{
    (void)state;
    assert_int_equal(shown(0, 1, 0, 0x00001131), 0x31);       /* no ThumbEE, no Jazelle */
    assert_int_equal(shown(0, 1, 1, 0x00011011), 0x00010011); /* no Hyp mode */
    assert_int_equal(shown(0, 1, 4, 0x10201105), 0x10201105);
    assert_int_equal(shown(0, 1, 7, 0x02102211), 0x02102211);
    assert_int_equal(shown(0, 2, 0, 0x02101110), 0x02101110);
    assert_int_equal(shown(0, 2, 1, 0x13112111), 0x03112111); /* no BXJ */
    assert_int_equal(shown(0, 2, 3, 0x11112131), 0x01112131); /* no ThumbEE */
    assert_int_equal(shown(0, 0, 0, 0x413fc0f1), 0x413fc0f1); /* MIDR */
    assert_int_equal(shown(0, 0, 1, 0x8444c004), 0x8444c004); /* CTR */
    assert_int_equal(shown(1, 0, 0, 0x711fe07a), 0x711fe07a); /* CCSIDR */
    assert_int_equal(shown(1, 0, 1, 0x0a200023), 0x0a200023); /* CLIDR */
    assert_int_equal(shown(2, 0, 0, 3), 3);                   /* CSSELR */
}

/* Whichever CPU of whichever cluster it runs on. */
static void the_guests_cpu_is_number_0(void **state)
{
    (void)state;
    assert_int_equal(shown(0, 0, 5, 0x80000000), 0x80000000);
    assert_int_equal(shown(0, 0, 5, 0x80000103), 0x80000000);
    assert_int_equal(shown(0, 0, 5, 0xc0000000), 0x80000000);
}

static void debug_and_pmu_are_not_there(void **state)
{
    abi_word value = 1;

    (void)state;
    hardware = UINT32_MAX;
    assert_false(identification_show(0, 1, 2, &value)); /* ID_DFR0 */
    assert_int_equal(value, 0);
    assert_false(identification_show(0, 1, 3, &value)); /* ID_AFR0 */
    assert_false(identification_show(0, 2, 5, &value)); /* no names in ARMv7 */
    assert_false(identification_show(0, 7, 7, &value));
    assert_false(identification_show(1, 0, 2, &value));
    assert_false(identification_show(2, 0, 1, &value));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(cortex_a7_and_a15),
        cmocka_unit_test(the_guests_cpu_is_number_0),
        cmocka_unit_test(debug_and_pmu_are_not_there),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
