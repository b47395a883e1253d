/* SPDX-License-Identifier: BSD-2-Clause */
/* The table of system calls: checks the arguments that every call has, then calls its function. */
#include "kernel/objects.h"

enum { REG_NUMBER = 7, SYSCALLS = SYS_SHUTDOWN + 1 };

enum { R = RIGHT_READ, W = RIGHT_WRITE, M = RIGHT_MANAGE };

/*
 * What every call needs is checked here, by one piece of code: the operations get capabilities of
 * the right type with the right rights, in the order of this table.
 *
 *  C1  Nothing that was resolved survives a step of the reaper: a call that needs the dead finished
 *      says so here (`is_after_reaper`), and the reaper is done before its first slot is looked at.
 *      Whoever takes steps later resolves anew: it restarts its call. Only the caller stays: the
 *      memory of a thread, even of one that a step has ended, is not given away before a later
 *      call.
 */
#define CAP(reg, type, rights) { reg, OBJECT_##type, rights, NEED_CAP }
#define BIND(reg, type, rights) { reg, OBJECT_##type, rights, NEED_TO_BIND }
#define OR_NONE(reg, type, rights) { reg, OBJECT_##type, rights, NEED_OR_NONE }
#define FULL_SLOT(reg, rights) { reg, OBJECT_CNODE, rights, NEED_SLOT_FULL }
#define EMPTY_SLOT(reg, rights) { reg, OBJECT_CNODE, rights, NEED_SLOT_EMPTY }

static const struct {
    syscall_operation *run;
    struct cap_need need[CALL_CAPS_MAX];
    bool is_after_reaper;
} syscall_table[SYSCALLS] = {
    [SYS_CALL] = { sys_call, { CAP(0, ENDPOINT, W) } },
    [SYS_REPLY_RECEIVE] = { sys_reply_receive, { CAP(0, ENDPOINT, R), CAP(6, REPLY, W) } },
    [SYS_RECEIVE] = { sys_receive, { CAP(0, ENDPOINT, R), CAP(6, REPLY, W) } },
    [SYS_REPLY] = { sys_reply, { CAP(0, REPLY, W) } },
    [SYS_SIGNAL] = { sys_signal, { CAP(0, NOTIFICATION, W) } },
    [SYS_WAIT] = { sys_wait, { CAP(0, NOTIFICATION, R) } },
    [SYS_POLL] = { sys_poll, { CAP(0, NOTIFICATION, R) } },
    [SYS_YIELD] = { sys_yield, { { 0 } } },
    [SYS_VCPU_RUN] = { sys_vcpu_run, { CAP(0, VCPU, W) } },
    [SYS_CAP_COPY] = { sys_cap_copy, { FULL_SLOT(2, R), EMPTY_SLOT(0, W) } },
    [SYS_CAP_MOVE] = { sys_cap_move, { FULL_SLOT(2, R | W), EMPTY_SLOT(0, W) } },
    [SYS_CAP_DELETE] = { sys_cap_delete, { FULL_SLOT(0, W) } },
    [SYS_CAP_REVOKE] = { sys_cap_revoke, { FULL_SLOT(0, W) }, true },
    [SYS_CAP_INFO] = { sys_cap_info, { FULL_SLOT(0, R) } },
    [SYS_UNTYPED_RETYPE] = { sys_untyped_retype, { BIND(0, UNTYPED, M), EMPTY_SLOT(4, W) }, true },
    [SYS_SPACE_MAP_TABLE] = { sys_space_map_table, { CAP(0, SPACE, M), CAP(1, TABLE, M) } },
    [SYS_SPACE_MAP] = { sys_space_map, { CAP(0, SPACE, M), CAP(1, FRAME, 0) } },
    [SYS_SPACE_UNMAP] = { sys_space_unmap, { CAP(0, FRAME, 0) } },
    [SYS_FRAME_ADDRESS] = { sys_frame_address, { CAP(0, FRAME, RIGHT_DMA) } },
    [SYS_THREAD_CONFIGURE] = { sys_thread_configure,
                               { CAP(0, THREAD, M), BIND(1, CNODE, M), BIND(2, SPACE, M),
                                 OR_NONE(3, FRAME, R | W), OR_NONE(5, ENDPOINT, W) } },
    [SYS_THREAD_START] = { sys_thread_start, { CAP(0, THREAD, M) } },
    [SYS_THREAD_SUSPEND] = { sys_thread_suspend, { CAP(0, THREAD, M) } },
    [SYS_THREAD_RESUME] = { sys_thread_resume, { CAP(0, THREAD, M) } },
    [SYS_THREAD_BIND] = { sys_thread_bind, { CAP(0, THREAD, M), BIND(1, NOTIFICATION, R) } },
    [SYS_SCHED_CONFIGURE] = { sys_sched_configure, { CAP(0, SCHED_CONTROL, M), CAP(1, SCHED, M) } },
    [SYS_SCHED_BIND] = { sys_sched_bind, { CAP(0, SCHED, M), CAP(1, THREAD, M) } },
    [SYS_SCHED_UNBIND] = { sys_sched_unbind, { CAP(0, SCHED, M) } },
    [SYS_TIMER_BIND] = { sys_timer_bind,
                         { CAP(0, SCHED_CONTROL, M), CAP(1, TIMER, M), BIND(2, NOTIFICATION, W) } },
    [SYS_TIMER_SET] = { sys_timer_set, { CAP(0, TIMER, W) } },
    [SYS_TIMER_CANCEL] = { sys_timer_cancel, { CAP(0, TIMER, W) } },
    [SYS_IRQ_GET] = { sys_irq_get, { BIND(0, IRQ_CONTROL, M), EMPTY_SLOT(2, W) }, true },
    [SYS_IRQ_BIND] = { sys_irq_bind, { CAP(0, IRQ, M), BIND(1, NOTIFICATION, W) } },
    [SYS_IRQ_ACK] = { sys_irq_ack, { CAP(0, IRQ, W) } },
    [SYS_VCPU_CONFIGURE] = { sys_vcpu_configure,
                             { CAP(0, VCPU, M), BIND(1, SPACE, M), BIND(2, FRAME, 0) } },
    [SYS_VCPU_RESET] = { sys_vcpu_reset, { CAP(0, VCPU, M) } },
    [SYS_CONSOLE_WRITE] = { sys_console_write, { CAP(0, CONSOLE, W) } },
    [SYS_SHUTDOWN] = { sys_shutdown, { CAP(0, SCHED_CONTROL, M) } },
};

static enum status run(struct thread *caller, abi_word number)
{
    struct call call = { .caller = caller, .next_page = caller->next_page };
    const struct cap_need *need;

    caller->next_page = 0;
    if (number >= SYSCALLS || syscall_table[number].run == NULL) {
        return STATUS_BAD_CALL;
    }
    if (caller->is_deleting) {
        return cap_finish_delete(caller);
    }
    if (syscall_table[number].is_after_reaper && !reaper_drain()) {
        return thread_restart_call(caller);
    }
    need = syscall_table[number].need;
    for (unsigned i = 0; i < CALL_CAPS_MAX && need[i].type != OBJECT_NONE; i++) {
        const enum status status = cap_resolve(caller, &need[i], &call.cap[i]);

        if (status != STATUS_OK) {
            return status;
        }
    }
    return syscall_table[number].run(&call);
}

/* Apart, so that the fast paths need no stack frame. */
static __attribute__((noinline)) void slow_syscall(struct cpu *cpu, struct thread *caller,
                                                   abi_word number)
{
    const enum status status = run(caller, number);

    if (status != STATUS_LATER) {
        thread_result(caller, 0, (abi_word)status);
    }
    run_next(cpu);
}

void kernel_syscall(struct arch_cpu *arch)
{
    struct cpu *cpu = cpu_of(arch);
    struct thread *caller = cpu->current;
    const abi_word number = thread_arg(caller, REG_NUMBER);
    bool is_done = false;

    if (number == SYS_CALL) {
        is_done = fastpath_call(cpu, caller);
    } else if (number == SYS_REPLY_RECEIVE) {
        is_done = fastpath_reply_receive(cpu, caller);
    } else if (number == SYS_SIGNAL) {
        is_done = fastpath_signal(caller);
    } else if (number == SYS_VCPU_RUN) {
        is_done = fastpath_vcpu_run(cpu, caller);
    } else if (number == SYS_NULL) {
        thread_result(caller, 0, STATUS_OK);
        is_done = true;
    }
    if (!is_done) {
        slow_syscall(cpu, caller, number);
    }
}
