/* SPDX-License-Identifier: BSD-2-Clause */
#include "psci.h"

#include "barrier.h"
#include "secure_call.h"

enum psci_function { PSCI_SYSTEM_OFF = 0x8, PSCI_SYSTEM_RESET = 0x9 };
enum { PSCI_BASE_SMC32 = 0x84000000u }; /* DEN 0022 "Function definitions" */

static _Noreturn void call_without_return(enum psci_function function)
{
    (void)secure_call(PSCI_BASE_SMC32 | (uint32_t)function);
    for (;;) {
        barrier_wait_interrupt(); /* not implemented by the firmware: stay quiet */
    }
}

_Noreturn void psci_system_off(void)
{
    call_without_return(PSCI_SYSTEM_OFF);
}

_Noreturn void psci_system_reset(void)
{
    call_without_return(PSCI_SYSTEM_RESET);
}
