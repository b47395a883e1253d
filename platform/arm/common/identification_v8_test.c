/* SPDX-License-Identifier: BSD-2-Clause */
/* What a guest is told of a processor that has everything, nothing, or what today's cores have. */
#include "identification.h"
#include "sysreg.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

static uint64_t hardware;

uint64_t test_identification(unsigned op1, unsigned crm, unsigned op2)
{
    assert_true(op1 == 0 && crm >= 1 && crm <= 7 && op2 <= 7);
    return hardware;
}

static abi_word shown(unsigned crm, unsigned op2, uint64_t value)
{
    abi_word seen;

    hardware = value;
    (void)identification_show(0, crm, op2, &seen);
    return seen;
}

/* Of fields that begin at `shift`, on a host of 32 bits, too. */
static void assert_field(unsigned crm, unsigned op2, unsigned shift, unsigned value, unsigned seen)
{
    const uint64_t limited = shown(crm, op2, (uint64_t)value << shift);

    assert_int_equal(limited, (abi_word)((uint64_t)seen << shift));
}

static void what_traps_or_is_not_there_is_hidden(void **state)
{
    static const struct {
        unsigned crm, op2, shift, most;
    } fields[] = {
        { 4, 0, 0, 2 },  /* ID_AA64PFR0_EL1.EL0: AArch32 programs may be */
        { 4, 0, 4, 1 },  /* EL1: a 32-bit kernel cannot be */
        { 4, 0, 8, 0 },  /* EL2 */
        { 4, 0, 12, 0 }, /* EL3 */
        { 4, 0, 24, 0 }, /* GIC: no system registers */
        { 4, 0, 28, 0 }, /* RAS */
        { 4, 0, 32, 0 }, /* SVE */
        { 4, 0, 44, 0 }, /* AMU */
        { 4, 0, 48, 0 }, /* DIT */
        { 4, 1, 4, 0 },  /* ID_AA64PFR1_EL1.SSBS */
        { 4, 1, 8, 0 },  /* MTE */
        { 4, 1, 24, 0 }, /* SME */
        { 5, 0, 0, 6 },  /* ID_AA64DFR0_EL1.DebugVer */
        { 5, 0, 4, 0 },  /* TraceVer */
        { 5, 0, 8, 0 },  /* PMUVer */
        { 5, 0, 12, 0 }, /* BRPs: one */
        { 5, 0, 20, 0 }, /* WRPs: one */
        { 5, 0, 32, 0 }, /* PMSVer */
        { 6, 1, 4, 0 },  /* ID_AA64ISAR1_EL1.APA */
        { 6, 1, 8, 0 },  /* API */
        { 6, 1, 24, 0 }, /* GPA */
        { 6, 1, 28, 0 }, /* GPI */
        { 7, 0, 0, 2 },  /* ID_AA64MMFR0_EL1.PARange: 40 bits */
        { 7, 1, 8, 0 },  /* ID_AA64MMFR1_EL1.VH */
        { 7, 1, 16, 0 }, /* LO */
        { 7, 1, 20, 0 }, /* PAN */
        { 7, 2, 4, 0 },  /* ID_AA64MMFR2_EL1.UAO */
        { 7, 2, 24, 0 }, /* NV */
        { 1, 0, 12, 0 }, /* ID_PFR0_EL1.State3: ThumbEE */
        { 1, 1, 4, 0 },  /* ID_PFR1_EL1.Security */
        { 1, 1, 12, 0 }, /* Virtualization */
        { 1, 4, 24, 0 }, /* ID_MMFR0_EL1.FCSE */
        { 2, 3, 28, 0 }, /* ID_ISAR3_EL1.T2EE */
    };

    (void)state;
    for (size_t i = 0; i < sizeof(fields) / sizeof(fields[0]); i++) {
        for (unsigned value = 0; value <= 0xf; value++) {
            assert_field(fields[i].crm, fields[i].op2, fields[i].shift, value,
                         value < fields[i].most ? value : fields[i].most);
        }
    }
}

static void what_is_there_is_told(void **state)
{
    (void)state;
    assert_field(4, 0, 16, 0xf, 0xf); /* ID_AA64PFR0_EL1.FP: F means that there is none */
    assert_field(4, 0, 16, 1, 1);
    assert_field(6, 0, 4, 2, 2);      /* ID_AA64ISAR0_EL1.AES */
    assert_field(7, 0, 28, 0xf, 0xf); /* ID_AA64MMFR0_EL1.TGran4 */
    assert_field(1, 4, 20, 2, 2);     /* ID_MMFR0_EL1.AuxReg */
    assert_field(3, 1, 8, 3, 3);      /* MVFR1_EL1 */
}

/* Cortex-A53, A57 and A72: their manuals' values, which QEMU has, too. */
static void the_cores_of_today(void **state)
{
    (void)state;
    assert_int_equal(shown(4, 0, 0x00002222), 0x12);
    assert_int_equal(shown(5, 0, 0x10305106), 6);
    assert_int_equal(shown(6, 0, 0x00011120), 0x11120);
    assert_int_equal(shown(7, 0, 0x00001122), 0x122); /* A53; no secure memory apart: SNSMem */
    assert_int_equal(shown(7, 0, 0x00001124), 0x122); /* A57, A72: 44 bits */
    assert_int_equal(shown(1, 0, 0x00000131), 0x131);
    assert_int_equal(shown(1, 1, 0x00011011), 0x10001);
    assert_int_equal(shown(1, 4, 0x10201105), 0x10201105);
}

static void an_unknown_register_is_zero(void **state)
{
    static const uint8_t unknown[][2] = { { 1, 2 }, { 1, 3 }, { 2, 6 }, { 3, 4 }, { 4, 1 },
                                          { 4, 4 }, { 5, 1 }, { 6, 2 }, { 7, 3 }, { 7, 7 } };

    (void)state;
    hardware = UINT64_MAX;
    for (size_t i = 0; i < sizeof(unknown) / sizeof(unknown[0]); i++) {
        abi_word value = 1;

        assert_false(identification_show(0, unknown[i][0], unknown[i][1], &value));
        assert_int_equal(value, 0);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_traps_or_is_not_there_is_hidden),
        cmocka_unit_test(what_is_there_is_told),
        cmocka_unit_test(the_cores_of_today),
        cmocka_unit_test(an_unknown_register_is_zero),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
