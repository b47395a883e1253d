/* SPDX-License-Identifier: BSD-2-Clause */
/* Runs the groups of the kernel's host tests. */
#include "fixture.h"

int main(void)
{
    const int failed = cap_tests() + memory_tests() + error_tests() + ipc_tests() + thread_tests() +
                       sched_tests() + device_tests() + boot_tests() + guards_tests() +
                       guards_ipc_tests() + lifetime_tests() + bounds_tests() + random_tests();

    return failed == 0 ? 0 : 1;
}
