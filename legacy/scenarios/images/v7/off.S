/* SPDX-License-Identifier: BSD-2-Clause */
/* The smallest guest: switches itself off. PSCI SYSTEM_OFF by HVC (ARM DEN 0022, "SYSTEM_OFF"). */
    .arch_extension virt
    .text
    .global _start
_start:
    ldr r0, =0x84000008
    hvc #0
1:  wfi
    b 1b
