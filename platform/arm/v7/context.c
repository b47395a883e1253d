/* SPDX-License-Identifier: BSD-2-Clause */
/* Native threads' registers. See vectors.S for which of them are in memory when. */
#include "arch/arch.h"
#include "cpu_area.h"
#include "sysreg.h"

enum { INSTRUCTION_BYTES = 4, CALL_BYTES_THUMB = 2 };

void arch_context_start(struct arch_context *context, abi_word pc, abi_word sp, abi_word argument)
{
    *context = (struct arch_context){
        .x = { argument }, .pc = pc, .pstate = MODE_USR, .sp = sp
    };
    arch_context_forget(context); /* what the hardware holds of it is void */
}

void arch_context_forget(struct arch_context *context)
{
    struct arch_cpu *local = arch_cpu_this();

    if (local->resident == context) {
        arch_cpu_expect_change(local);
        local->resident = NULL;
    }
}

/* Components are ARM code (Thumb only inside the compiler's library, which does not fault). */
void arch_context_skip_instruction(struct arch_context *context)
{
    context->pc += INSTRUCTION_BYTES;
}

/* Called while the caller's SPSR is still in the hardware or just saved: SVC #0 has a length of
 * its own in Thumb state, and components are ARM code. */
void arch_context_restart_call(struct arch_context *context)
{
    context->pc -= INSTRUCTION_BYTES;
}

abi_word arch_context_pc(const struct arch_context *context)
{
    return context->pc;
}
