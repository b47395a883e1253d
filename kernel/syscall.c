/* SPDX-License-Identifier: BSD-2-Clause */
#include "kernel/syscall.h"

#include "kernel/console.h"
#include "kernel/ipc.h"
#include "kernel/objects.h"
#include "kernel/trace.h"

enum { REG_NUMBER = 7, SYSCALLS = SYS_SHUTDOWN + 1 };

enum {
    R = RIGHT_READ,
    W = RIGHT_WRITE,
    M = RIGHT_MANAGE,
    OR_NONE = NEED_OR_NONE,
    FULL = NEED_SLOT_FULL,
    EMPTY = NEED_SLOT_EMPTY
};

/*
 * What every call needs is checked here, by one piece of code: the operations get capabilities of
 * the right type with the right rights, in the order of this table. { register, type, rights, how }
 */
static const struct {
    syscall_operation *run;
    struct cap_need need[CALL_CAPS_MAX];
} syscall_table[SYSCALLS] = {
    [SYS_CALL] = { sys_call, { { 0, OBJECT_ENDPOINT, W, 0 } } },
    [SYS_REPLY_RECEIVE] = { sys_reply_receive,
                            { { 0, OBJECT_ENDPOINT, R, 0 }, { 6, OBJECT_REPLY, W, 0 } } },
    [SYS_RECEIVE] = { sys_receive, { { 0, OBJECT_ENDPOINT, R, 0 }, { 6, OBJECT_REPLY, W, 0 } } },
    [SYS_REPLY] = { sys_reply, { { 0, OBJECT_REPLY, W, 0 } } },
    [SYS_SIGNAL] = { sys_signal, { { 0, OBJECT_NOTIFICATION, W, 0 } } },
    [SYS_WAIT] = { sys_wait, { { 0, OBJECT_NOTIFICATION, R, 0 } } },
    [SYS_POLL] = { sys_poll, { { 0, OBJECT_NOTIFICATION, R, 0 } } },
    [SYS_YIELD] = { sys_yield, { { 0 } } },
    [SYS_VCPU_RUN] = { sys_vcpu_run, { { 0, OBJECT_VCPU, W, 0 } } },
    [SYS_CAP_COPY] = { sys_cap_copy,
                       { { 2, OBJECT_CNODE, R, FULL }, { 0, OBJECT_CNODE, W, EMPTY } } },
    [SYS_CAP_MOVE] = { sys_cap_move,
                       { { 2, OBJECT_CNODE, R | W, FULL }, { 0, OBJECT_CNODE, W, EMPTY } } },
    [SYS_CAP_DELETE] = { sys_cap_delete, { { 0, OBJECT_CNODE, W, FULL } } },
    [SYS_CAP_REVOKE] = { sys_cap_revoke, { { 0, OBJECT_CNODE, W, FULL } } },
    [SYS_CAP_INFO] = { sys_cap_info, { { 0, OBJECT_CNODE, R, FULL } } },
    [SYS_UNTYPED_RETYPE] = { sys_untyped_retype,
                             { { 0, OBJECT_UNTYPED, M, 0 }, { 4, OBJECT_CNODE, W, EMPTY } } },
    [SYS_SPACE_MAP_TABLE] = { sys_space_map_table,
                              { { 0, OBJECT_SPACE, M, 0 }, { 1, OBJECT_TABLE, M, 0 } } },
    [SYS_SPACE_MAP] = { sys_space_map, { { 0, OBJECT_SPACE, M, 0 }, { 1, OBJECT_FRAME, 0, 0 } } },
    [SYS_SPACE_UNMAP] = { sys_space_unmap, { { 0, OBJECT_FRAME, 0, 0 } } },
    [SYS_FRAME_ADDRESS] = { sys_frame_address, { { 0, OBJECT_FRAME, RIGHT_DMA, 0 } } },
    [SYS_THREAD_CONFIGURE] = { sys_thread_configure,
                               { { 0, OBJECT_THREAD, M, 0 },
                                 { 1, OBJECT_CNODE, M, 0 },
                                 { 2, OBJECT_SPACE, M, 0 },
                                 { 3, OBJECT_FRAME, R | W, OR_NONE },
                                 { 5, OBJECT_ENDPOINT, W, OR_NONE } } },
    [SYS_THREAD_START] = { sys_thread_start, { { 0, OBJECT_THREAD, M, 0 } } },
    [SYS_THREAD_SUSPEND] = { sys_thread_suspend, { { 0, OBJECT_THREAD, M, 0 } } },
    [SYS_THREAD_RESUME] = { sys_thread_resume, { { 0, OBJECT_THREAD, M, 0 } } },
    [SYS_THREAD_BIND] = { sys_thread_bind,
                          { { 0, OBJECT_THREAD, M, 0 }, { 1, OBJECT_NOTIFICATION, R, 0 } } },
    [SYS_SCHED_CONFIGURE] = { sys_sched_configure,
                              { { 0, OBJECT_SCHED_CONTROL, M, 0 }, { 1, OBJECT_SCHED, M, 0 } } },
    [SYS_SCHED_BIND] = { sys_sched_bind, { { 0, OBJECT_SCHED, M, 0 }, { 1, OBJECT_THREAD, M, 0 } } },
    [SYS_SCHED_UNBIND] = { sys_sched_unbind, { { 0, OBJECT_SCHED, M, 0 } } },
    [SYS_TIMER_BIND] = { sys_timer_bind,
                         { { 0, OBJECT_SCHED_CONTROL, M, 0 },
                           { 1, OBJECT_TIMER, M, 0 },
                           { 2, OBJECT_NOTIFICATION, W, 0 } } },
    [SYS_TIMER_SET] = { sys_timer_set, { { 0, OBJECT_TIMER, W, 0 } } },
    [SYS_TIMER_CANCEL] = { sys_timer_cancel, { { 0, OBJECT_TIMER, W, 0 } } },
    [SYS_IRQ_GET] = { sys_irq_get,
                      { { 0, OBJECT_IRQ_CONTROL, M, 0 }, { 2, OBJECT_CNODE, W, EMPTY } } },
    [SYS_IRQ_BIND] = { sys_irq_bind,
                       { { 0, OBJECT_IRQ, M, 0 }, { 1, OBJECT_NOTIFICATION, W, 0 } } },
    [SYS_IRQ_ACK] = { sys_irq_ack, { { 0, OBJECT_IRQ, W, 0 } } },
    [SYS_VCPU_CONFIGURE] = { sys_vcpu_configure,
                             { { 0, OBJECT_VCPU, M, 0 },
                               { 1, OBJECT_SPACE, M, 0 },
                               { 2, OBJECT_FRAME, 0, 0 } } },
    [SYS_VCPU_RESET] = { sys_vcpu_reset, { { 0, OBJECT_VCPU, M, 0 } } },
    [SYS_CONSOLE_WRITE] = { sys_console_write, { { 0, OBJECT_CONSOLE, W, 0 } } },
    [SYS_SHUTDOWN] = { sys_shutdown, { { 0, OBJECT_SCHED_CONTROL, M, 0 } } },
};

enum status syscall_restart(struct thread *caller)
{
    arch_context_restart_call(&caller->context);
    return STATUS_LATER;
}

static enum status run(struct thread *caller, abi_word number)
{
    struct call call = { .caller = caller };

    if (number >= SYSCALLS || syscall_table[number].run == NULL) {
        return STATUS_BAD_CALL;
    }
    if (caller->is_deleting) {
        return cap_finish_delete(caller);
    }
    for (unsigned i = 0; i < CALL_CAPS_MAX && syscall_table[number].need[i].type != OBJECT_NONE; i++) {
        const enum status status = cap_resolve(caller, &syscall_table[number].need[i],
                                               &call.cap[i]);

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
    sched_run_next(cpu);
}

void kernel_syscall(void)
{
    struct cpu *cpu = cpu_this();
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
