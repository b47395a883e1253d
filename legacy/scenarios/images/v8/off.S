/* SPDX-License-Identifier: BSD-2-Clause */
/* The smallest guest: switches itself off. PSCI SYSTEM_OFF by HVC (ARM DEN 0022, "SYSTEM_OFF"). */
    .text
    .global _start
_start:
    ldr w0, =0x84000008
    hvc #0
1:  wfi
    b 1b
