// SPDX-License-Identifier: BSD-2-Clause
/* Executes one access that may trap, and tells how it ended (ARMv7). */
#include "probe.h"

/*
 * In: an undefined instruction or an abort, from the kernel's own mode (ARM DDI 0406, B1.9
 * "Exception descriptions": what LR holds). Out: R12 = what came of it, return after the
 * instruction, in the mode from which it came. Another exception cannot come: CPSR masks it.
 */
asm(".pushsection .text\n"
    ".arm\n"
    ".balign 32\n"
    ".global probe_vectors\n"
    "probe_vectors:\n"
    "    b .\n"
    "    b 1f\n" /* undefined instruction */
    "    b .\n"
    "    b 2f\n" /* prefetch abort */
    "    b 3f\n" /* data abort */
    "    b .\n"
    "    b .\n"
    "    b .\n"
    "1:  mov r12, #1\n"
    "    movs pc, lr\n"
    "2:  mrc p15, 0, r12, c5, c0, 1\n"
    "    orr r12, r12, #0x80000000\n"
    "    movs pc, lr\n"
    "3:  mrc p15, 0, r12, c5, c0, 0\n"
    "    orr r12, r12, #0x80000000\n"
    "    subs pc, lr, #4\n"
    ".popsection\n");

u32 probe_read(const volatile void *address, u32 *value_out)
{
    u32 syndrome, value = 0;
    struct probe_guard guard = probe_begin();

    PROBE(syndrome, "ldr %[value], [%[address]]", [value] "+r"(value), [address] "r"(address));
    probe_end(guard);
    *value_out = value;
    return syndrome;
}

u32 probe_write(volatile void *address, u32 value)
{
    u32 syndrome, unused = 0;
    struct probe_guard guard = probe_begin();

    PROBE(syndrome, "str %[value], [%[address]]",
          "+r"(unused), [address] "r"(address), [value] "r"(value));
    probe_end(guard);
    return syndrome;
}

u32 probe_odd_load(unsigned int which, const volatile void *address)
{
    u32 syndrome;
    u64 value = 0;
    struct probe_guard guard = probe_begin();

    switch (which) {
    case 0:
        PROBE(
            syndrome,
            "ldrd %Q[value], %R[value], [%[address]]", [value] "+r"(value), [address] "r"(address));
        break;
    case 1:
        PROBE(
            syndrome,
            "ldm %[address], {%Q[value], %R[value]}", [value] "+r"(value), [address] "r"(address));
        break;
    default:
        PROBE(syndrome,
              "ldr %Q[value], [%[address]], #4", [address] "+r"(address), [value] "r"(value));
        break;
    }
    probe_end(guard);
    return syndrome;
}

/* In: r0 = registers. Out: r0 = what came of it. The call may change any of r0 to r7. */
#define CALL_WITH_REGISTERS(name, instruction)     \
    u32 name(unsigned long registers[8]);          \
    asm(".pushsection .text\n"                     \
        ".arch_extension virt\n"                   \
        ".arch_extension sec\n"                    \
        ".arm\n"                                   \
        ".balign 4\n"                              \
        ".type " #name ", %function\n" #name ":\n" \
        "    push {r4-r9, r12, lr}\n"              \
        "    mov r8, r0\n"                         \
        "    mov r12, #0\n"                        \
        "    ldmia r8, {r0-r7}\n"                  \
        "    " instruction "\n"                    \
        "    str r0, [r8]\n"                       \
        "    mov r0, r12\n"                        \
        "    pop {r4-r9, r12, pc}\n"               \
        ".popsection\n")

CALL_WITH_REGISTERS(hvc_guarded, "hvc #0");
CALL_WITH_REGISTERS(smc_guarded, "smc #0");

u32 probe_hvc(unsigned long registers[8])
{
    struct probe_guard guard = probe_begin();
    u32 syndrome = hvc_guarded(registers);

    probe_end(guard);
    return syndrome;
}

u32 probe_smc(unsigned long registers[8])
{
    struct probe_guard guard = probe_begin();
    u32 syndrome = smc_guarded(registers);

    probe_end(guard);
    return syndrome;
}
