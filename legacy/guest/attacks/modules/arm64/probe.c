// SPDX-License-Identifier: BSD-2-Clause
/* Executes one access that may trap, and tells how it ended (ARMv8). */
#include "probe.h"

/*
 * In: any exception from the kernel's own level. Out: x17 = ESR_EL1, return after the
 * instruction. Clobbers: x16. An SError or interrupt cannot come: DAIF masks them.
 */
asm(".pushsection .text\n"
    ".balign 2048\n"
    ".global probe_vectors\n"
    "probe_vectors:\n"
    ".rept 16\n"
    ".balign 128\n"
    "    mrs x17, esr_el1\n"
    "    mrs x16, elr_el1\n"
    "    add x16, x16, #4\n"
    "    msr elr_el1, x16\n"
    "    eret\n"
    ".endr\n"
    ".balign 128\n"
    ".popsection\n");

u32 probe_read(const volatile void *address, u32 *value_out)
{
    u64 syndrome;
    u32 value = 0;
    struct probe_guard guard = probe_begin();

    PROBE(syndrome, "ldr %w[value], [%[address]]", [value] "+r"(value), [address] "r"(address));
    probe_end(guard);
    *value_out = value;
    return (u32)syndrome;
}

u32 probe_write(volatile void *address, u32 value)
{
    u64 syndrome;
    u32 unused = 0;
    struct probe_guard guard = probe_begin();

    PROBE(syndrome, "str %w[value], [%[address]]",
          "+r"(unused), [address] "r"(address), [value] "r"(value));
    probe_end(guard);
    return (u32)syndrome;
}

u32 probe_odd_load(unsigned int which, const volatile void *address)
{
    u64 syndrome;
    u64 value = 0;
    struct probe_guard guard = probe_begin();

    if (which == 0) {
        PROBE(syndrome,
              "ldp %w[value], wzr, [%[address]]", [value] "+r"(value), [address] "r"(address));
    } else {
        PROBE(syndrome, "ldr wzr, [%[address]], #4", [address] "+r"(address), [value] "r"(value));
    }
    probe_end(guard);
    return (u32)syndrome;
}

#define CALL_WITH_REGISTERS(instruction)                                                         \
    register u64 x0 asm("x0") = registers[0];                                                    \
    register u64 x1 asm("x1") = registers[1];                                                    \
    register u64 x2 asm("x2") = registers[2];                                                    \
    register u64 x3 asm("x3") = registers[3];                                                    \
    register u64 x4 asm("x4") = registers[4];                                                    \
    register u64 x5 asm("x5") = registers[5];                                                    \
    register u64 x6 asm("x6") = registers[6];                                                    \
    register u64 x7 asm("x7") = registers[7];                                                    \
    u64 syndrome;                                                                                \
    asm volatile("mov x17, #0\n\t" instruction "\n\tmov %[esr], x17"                             \
                 : [esr] "=r"(syndrome), "+r"(x0), "+r"(x1), "+r"(x2), "+r"(x3), "+r"(x4),       \
                   "+r"(x5), "+r"(x6), "+r"(x7)                                                  \
                 :                                                                               \
                 : "x8", "x9", "x10", "x11", "x12", "x13", "x14", "x15", "x16", "x17", "memory", \
                   "cc");                                                                        \
    registers[0] = x0;                                                                           \
    return (u32)syndrome

static u32 hvc_guarded(unsigned long registers[8])
{
    CALL_WITH_REGISTERS("hvc #0");
}

static u32 smc_guarded(unsigned long registers[8])
{
    CALL_WITH_REGISTERS("smc #0");
}

u32 probe_hvc(unsigned long registers[8])
{
    struct probe_guard guard = probe_begin();
    u32 syndrome = hvc_guarded(registers);

    probe_end(guard);
    return (u32)syndrome;
}

u32 probe_smc(unsigned long registers[8])
{
    struct probe_guard guard = probe_begin();
    u32 syndrome = smc_guarded(registers);

    probe_end(guard);
    return (u32)syndrome;
}
