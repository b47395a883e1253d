/* SPDX-License-Identifier: BSD-2-Clause */
/* Native threads' registers; vectors.S says which of them are in memory when. */
#include "platform.h"
#include "sysreg.h"

enum { INSTRUCTION_BYTES = 4 };

void arch_context_start(struct arch_context *context, abi_word pc, abi_word sp, abi_word argument)
{
    *context = (struct arch_context){ .pc = pc, .pstate = PSTATE_USER, .sp = sp };
    context->x[0] = argument;
    arch_context_forget(context); /* what the hardware holds of it is void */
}

void arch_context_forget(struct arch_context *context)
{
    struct arch_cpu *cpu = arch_cpu_local();
    if (cpu->resident == context) {
        cpu_expect_change(cpu);
        cpu->resident = NULL;
    }
}

abi_word arch_context_pc(const struct arch_context *context)
{
    return arch_cpu_local()->resident == context ? hyp_read(elr) : context->pc;
}

void arch_context_step(struct arch_context *context, int instructions)
{
    abi_word pc = arch_context_pc(context) + (abi_word)(instructions * INSTRUCTION_BYTES);
    if (arch_cpu_local()->resident == context) {
        hyp_write(elr, pc);
    } else {
        context->pc = pc;
    }
}
