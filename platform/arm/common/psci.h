/* SPDX-License-Identifier: BSD-2-Clause */
/* Power State Coordination Interface (DEN 0022), called by SMC: the kernel is above no hypervisor. */
#ifndef PSCI_H
#define PSCI_H

_Noreturn void psci_system_off(void);
_Noreturn void psci_system_reset(void);

#endif
