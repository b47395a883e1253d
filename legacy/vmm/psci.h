/* SPDX-License-Identifier: BSD-2-Clause */
/* PSCI 1.0 (Arm DEN 0022D) for one vCPU, over HVC and SMC alike. */
#pragma once

#include <stdint.h>

#include "abi/vcpu.h"

enum psci_verdict { PSCI_RESUME, PSCI_WAIT, PSCI_OFF, PSCI_RESET, PSCI_UNKNOWN };

/* Answers in the registers (unless off or reset); PSCI_UNKNOWN was answered NOT_SUPPORTED.
 * PSCI_WAIT: the guest finds its answer when an interrupt has come. */
enum psci_verdict psci_call(struct vcpu_regs *regs);
