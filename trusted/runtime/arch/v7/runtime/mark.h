/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Marks for measuring: hint instructions without a meaning, that the bench's
 * emulator plugin recognises wherever they run. On hardware they are NOPs
 * (DDI 0406, A5.2.11 "MSR (immediate), and hints": unallocated hints execute as NOP).
 */
#pragma once

/* The dialler can take a number from the keypad. */
static inline void mark_trusted_ready(void)
{
    __asm__ volatile(".inst 0xe320f070" ::: "memory");
}

/* Every pixel of a prompt is in scan-out memory. */
static inline void mark_prompt_on_panel(void)
{
    __asm__ volatile(".inst 0xe320f071" ::: "memory");
}

/* A VMM has its guest's memory, and has done nothing yet. */
static inline void mark_vmm_begins(void)
{
    __asm__ volatile(".inst 0xe320f075" ::: "memory");
}
