/* SPDX-License-Identifier: BSD-2-Clause */
/* The fuzzer's entry point, fed with a fixed sequence: the same bytes in every run. */
#include "check.h"
#include "fake_dialler.h"
#include "fuzz.h"

enum { RUNS = 3000, RUN_BYTES = 2048 };

static uint64_t generator = 88172645463325252u;

static uint8_t next_byte(void) /* xorshift64 */
{
    generator ^= generator << 13;
    generator ^= generator >> 7;
    generator ^= generator << 17;
    return (uint8_t)(generator >> 32);
}

static void a_hostile_guest_breaks_nothing(void **state)
{
    (void)state;
    uint8_t bytes[RUN_BYTES];
    uint64_t dials = 0;
    uint64_t reports = 0;
    for (int run = 0; run < RUNS; run++) {
        for (int i = 0; i < RUN_BYTES; i++) {
            bytes[i] = next_byte();
        }
        assert_int_equal(LLVMFuzzerTestOneInput(bytes, sizeof(bytes)), 0);
        dials += fake_dialler.dials;
        reports += fake_dialler.reports;
    }
    assert_true(dials > 0); /* it gets as far as that: the fuzzer is not blind */
    assert_true(reports > 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_hostile_guest_breaks_nothing),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
