/* SPDX-License-Identifier: BSD-2-Clause */
/* System calls: what an operation is given, and all operations. */
#pragma once

#include "kernel/cap.h"

/* What an operation is given: who calls, and the checked capabilities of its table row. */
enum { CALL_CAPS_MAX = 5 };

struct call {
    struct thread *caller;
    struct cap *cap[CALL_CAPS_MAX];
    uint32_t next_page; /* where it was broken off, if it was */
};

/* An operation's answer when it has none yet: the caller blocks, or repeats the call. */
#define STATUS_LATER ((enum status)STATUS_COUNT)

/* What the system call table runs. */
typedef enum status syscall_operation(const struct call *call);
syscall_operation sys_call, sys_reply_receive, sys_receive, sys_reply, sys_signal, sys_wait,
    sys_poll, sys_yield, sys_vcpu_run, sys_cap_copy, sys_cap_move, sys_cap_delete, sys_cap_revoke,
    sys_cap_info, sys_untyped_retype, sys_space_map_table, sys_space_map, sys_space_unmap,
    sys_frame_address, sys_thread_configure, sys_thread_start, sys_thread_suspend,
    sys_thread_resume, sys_thread_bind, sys_sched_configure, sys_sched_bind, sys_sched_unbind,
    sys_timer_bind, sys_timer_set, sys_timer_cancel, sys_irq_get, sys_irq_bind, sys_irq_ack,
    sys_vcpu_configure, sys_vcpu_reset, sys_console_write, sys_shutdown;
