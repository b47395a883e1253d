/* SPDX-License-Identifier: BSD-2-Clause */
#include "fixture.h"

int main(void)
{
    return cap_tests() + memory_tests() + error_tests() + ipc_tests() + thread_tests() +
                       sched_tests() + device_tests() + boot_tests() + random_tests() ==
                   0
               ? 0
               : 1;
}
