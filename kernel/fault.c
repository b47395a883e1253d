/* SPDX-License-Identifier: BSD-2-Clause */
/* A native thread's fault: a call that the kernel makes in its name. */
#include "kernel/objects.h"

void kernel_fault(const struct arch_fault *fault)
{
    struct cpu *cpu = cpu_this();
    struct thread *thread = cpu->current;
    const struct cap *handler = &thread->binding[BINDING_THREAD_FAULT - BINDING_THREAD_CNODE];
    const abi_word pc = arch_context_pc(&thread->context);

    trace_event(TRACE_FAULT, pc, fault->address);
    if (cap_is_empty(handler)) {
        thread->hold |= HOLD_FAULT;
    } else {
        thread->fault_words[0] = fault->kind;
        thread->fault_words[1] = (abi_word)fault->address;
        thread->fault_words[2] = pc;
        thread->fault_words[3] = fault->syndrome;
        thread->is_faulting = 1;
        ipc_send(thread, handler->endpoint, handler->badge);
    }
    sched_run_next(cpu);
}
