/* SPDX-License-Identifier: BSD-2-Clause */
/* Power-off and reset by PSCI calls to the firmware (ARM DEN 0022). */
#include "drivers.h"
#include "platform.h"

enum {
    PSCI_SYSTEM_OFF = 0x84000008u,
    PSCI_SYSTEM_RESET = 0x84000009u
}; /* DEN 0022 "Function definitions" */

static void end(uint64_t no_base, enum shutdown how)
{
    (void)no_base;
    firmware_call(how == SHUTDOWN_OFF ? PSCI_SYSTEM_OFF : PSCI_SYSTEM_RESET);
}

const struct power_driver psci = { .end = end };
