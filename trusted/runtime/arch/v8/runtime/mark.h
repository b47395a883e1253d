/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Marks for measuring: hint instructions without a meaning, that the bench's
 * emulator plugin recognises wherever they run. On hardware they are NOPs
 * (Arm ARM DDI 0487, C6.2 "HINT": unallocated encodings execute as NOP).
 */
#pragma once

/* The dialler can take a number from the keypad. */
static inline void mark_trusted_ready(void)
{
    __asm__ volatile("hint 0x70" ::: "memory");
}

/* Every pixel of a prompt is in scan-out memory. */
static inline void mark_prompt_on_panel(void)
{
    __asm__ volatile("hint 0x71" ::: "memory");
}

/* A VMM has its guest's memory, and has done nothing yet. */
static inline void mark_vmm_begins(void)
{
    __asm__ volatile("hint 0x75" ::: "memory");
}
