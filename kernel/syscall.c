/* SPDX-License-Identifier: BSD-2-Clause */
#include "kernel/syscall.h"

#include "kernel/cnode.h"
#include "kernel/console.h"
#include "kernel/cpu.h"
#include "kernel/frame.h"
#include "kernel/ipc.h"
#include "kernel/irq.h"
#include "kernel/notification.h"
#include "kernel/sched.h"
#include "kernel/space.h"
#include "kernel/thread.h"
#include "kernel/timer.h"
#include "kernel/trace.h"
#include "kernel/untyped.h"
#include "kernel/vcpu.h"

enum { REG_NUMBER = 7, SYSCALLS = SYS_SHUTDOWN + 1 };

static enum status sys_null(struct thread *caller)
{
    (void)caller;
    return STATUS_OK;
}

static enum status (*const syscall_table[SYSCALLS])(struct thread *caller) = {
    [SYS_CALL] = sys_call,
    [SYS_REPLY_RECEIVE] = sys_reply_receive,
    [SYS_RECEIVE] = sys_receive,
    [SYS_REPLY] = sys_reply,
    [SYS_SIGNAL] = sys_signal,
    [SYS_WAIT] = sys_wait,
    [SYS_POLL] = sys_poll,
    [SYS_YIELD] = sys_yield,
    [SYS_NULL] = sys_null,
    [SYS_VCPU_RUN] = sys_vcpu_run,
    [SYS_CAP_COPY] = sys_cap_copy,
    [SYS_CAP_MOVE] = sys_cap_move,
    [SYS_CAP_DELETE] = sys_cap_delete,
    [SYS_CAP_REVOKE] = sys_cap_revoke,
    [SYS_CAP_INFO] = sys_cap_info,
    [SYS_UNTYPED_RETYPE] = sys_untyped_retype,
    [SYS_SPACE_MAP_TABLE] = sys_space_map_table,
    [SYS_SPACE_MAP] = sys_space_map,
    [SYS_SPACE_UNMAP] = sys_space_unmap,
    [SYS_FRAME_ADDRESS] = sys_frame_address,
    [SYS_THREAD_CONFIGURE] = sys_thread_configure,
    [SYS_THREAD_START] = sys_thread_start,
    [SYS_THREAD_SUSPEND] = sys_thread_suspend,
    [SYS_THREAD_RESUME] = sys_thread_resume,
    [SYS_THREAD_BIND] = sys_thread_bind,
    [SYS_SCHED_CONFIGURE] = sys_sched_configure,
    [SYS_SCHED_BIND] = sys_sched_bind,
    [SYS_SCHED_UNBIND] = sys_sched_unbind,
    [SYS_TIMER_BIND] = sys_timer_bind,
    [SYS_TIMER_SET] = sys_timer_set,
    [SYS_TIMER_CANCEL] = sys_timer_cancel,
    [SYS_IRQ_GET] = sys_irq_get,
    [SYS_IRQ_BIND] = sys_irq_bind,
    [SYS_IRQ_ACK] = sys_irq_ack,
    [SYS_VCPU_CONFIGURE] = sys_vcpu_configure,
    [SYS_VCPU_RESET] = sys_vcpu_reset,
    [SYS_CONSOLE_WRITE] = sys_console_write,
    [SYS_SHUTDOWN] = sys_shutdown,
};

enum status syscall_restart(struct thread *caller)
{
    caller->is_restarted = 1;
    arch_context_restart_call(&caller->context);
    return STATUS_LATER;
}

static void slow_syscall(struct cpu *cpu, struct thread *caller, abi_word number)
{
    enum status status = STATUS_BAD_CALL;

    if (number < SYSCALLS && syscall_table[number] != NULL) {
        status = syscall_table[number](caller);
    }
    if (status != STATUS_LATER) {
        caller->is_restarted = 0;
        thread_result(caller, 0, (abi_word)status);
    }
    sched_run_next(cpu);
}

void kernel_syscall(void)
{
    struct cpu *cpu = cpu_this();
    struct thread *caller = cpu->current;
    const abi_word number = thread_arg(caller, REG_NUMBER);

    if (number == SYS_CALL ? fastpath_call(cpu, caller)
                           : number == SYS_REPLY_RECEIVE && fastpath_reply_receive(cpu, caller)) {
        return;
    }
    slow_syscall(cpu, caller, number);
}
