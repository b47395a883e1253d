/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Marks for measuring: hint instructions without a meaning, that the bench's
 * emulator plugin recognises wherever they run. On hardware they are NOPs
 * (Arm ARM DDI 0487, C6.2 "HINT": unallocated encodings execute as NOP).
 */
#ifndef RUNTIME_MARK_H
#define RUNTIME_MARK_H

#include "mark_arch.h" /* RUNTIME_MARK(number), in runtime/arch/v8 or v7 */

/* The dialler can take a number from the keypad. */
static inline void mark_trusted_ready(void)
{
    RUNTIME_MARK(0x70);
}

/* Every pixel of a prompt is in scan-out memory. */
static inline void mark_prompt_on_panel(void)
{
    RUNTIME_MARK(0x71);
}

#endif
