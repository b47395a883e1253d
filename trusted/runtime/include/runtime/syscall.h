/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * One wrapper for each system call of abi/syscall.h but the message calls (runtime/ipc.h).
 * `cnode` arguments are capabilities to a CNode, `slot` an index in it; all other capabilities
 * are slots of the caller's own CNode.
 */
#ifndef RUNTIME_SYSCALL_H
#define RUNTIME_SYSCALL_H

#include <stdint.h>

#include "abi/syscall.h"
#include "runtime/arch_syscall.h"

/* ---- notifications and time ----------------------------------------------------------------- */

static inline enum status sys_signal(cap_index notification)
{
    return arch_syscall_1(SYS_SIGNAL, notification);
}

static inline enum status sys_wait(cap_index notification, abi_word *bits_out)
{
    struct syscall_registers r = { .value = { notification } };

    arch_syscall_all(SYS_WAIT, &r);
    *bits_out = r.value[1];
    return (enum status)r.value[0];
}

static inline enum status sys_poll(cap_index notification, abi_word *bits_out)
{
    struct syscall_registers r = { .value = { notification } };

    arch_syscall_all(SYS_POLL, &r);
    *bits_out = r.value[1];
    return (enum status)r.value[0];
}

static inline enum status sys_yield(void)
{
    return arch_syscall_0(SYS_YIELD);
}

static inline enum status sys_null(void)
{
    return arch_syscall_0(SYS_NULL);
}

/* *exit_out is an enum vcpu_exit, *bits_out the notification's bits with VCPU_EXIT_NOTIFIED. */
static inline enum status sys_vcpu_run(cap_index vcpu, abi_word *exit_out, abi_word *bits_out)
{
    return arch_syscall_1_gives_2(SYS_VCPU_RUN, vcpu, exit_out, bits_out);
}

/* ---- capabilities --------------------------------------------------------------------------- */

static inline enum status sys_cap_copy(cap_index to_cnode, cap_index to_slot, cap_index from_cnode,
                                       cap_index from_slot, uint32_t rights, abi_word badge)
{
    return arch_syscall_7(SYS_CAP_COPY, to_cnode, to_slot, from_cnode, from_slot, rights, badge, 0);
}

static inline enum status sys_cap_move(cap_index to_cnode, cap_index to_slot, cap_index from_cnode,
                                       cap_index from_slot)
{
    return arch_syscall_4(SYS_CAP_MOVE, to_cnode, to_slot, from_cnode, from_slot);
}

static inline enum status sys_cap_delete(cap_index cnode, cap_index slot)
{
    return arch_syscall_4(SYS_CAP_DELETE, cnode, slot, 0, 0);
}

static inline enum status sys_cap_revoke(cap_index cnode, cap_index slot)
{
    return arch_syscall_4(SYS_CAP_REVOKE, cnode, slot, 0, 0);
}

struct cap_info {
    uint32_t type;   /* enum object_type */
    uint32_t rights; /* enum rights */
    uint32_t depth;
    abi_word badge_or_size;
    abi_word object; /* the same for two capabilities to one object */
};

static inline enum status sys_cap_info(cap_index cnode, cap_index slot, struct cap_info *info_out)
{
    struct syscall_registers r = { .value = { cnode, slot } };

    arch_syscall_all(SYS_CAP_INFO, &r);
    info_out->type = (uint32_t)(r.value[1] & 0xff);
    info_out->rights = (uint32_t)(r.value[1] >> 8 & 0xff);
    info_out->depth = (uint32_t)(r.value[1] >> 16 & 0xff);
    info_out->badge_or_size = r.value[2];
    info_out->object = r.value[3];
    return (enum status)r.value[0];
}

static inline enum status sys_untyped_retype(cap_index untyped, enum object_type type,
                                             abi_word parameter, abi_word offset,
                                             cap_index to_cnode, cap_index to_slot)
{
    return arch_syscall_7(SYS_UNTYPED_RETYPE, untyped, (abi_word)type, parameter, offset, to_cnode,
                          to_slot, 0);
}

/* ---- memory --------------------------------------------------------------------------------- */

static inline enum status sys_space_map_table(cap_index space, cap_index table, abi_word ipa,
                                              unsigned level)
{
    return arch_syscall_4(SYS_SPACE_MAP_TABLE, space, table, ipa, level);
}

static inline enum status sys_space_map(cap_index space, cap_index frame, abi_word ipa,
                                        uint32_t attributes)
{
    return arch_syscall_4(SYS_SPACE_MAP, space, frame, ipa, attributes);
}

static inline enum status sys_space_unmap(cap_index frame)
{
    return arch_syscall_1(SYS_SPACE_UNMAP, frame);
}

static inline enum status sys_frame_address(cap_index frame, uint64_t *physical_out,
                                            unsigned *shift_out)
{
    struct syscall_registers r = { .value = { frame } };

    arch_syscall_all(SYS_FRAME_ADDRESS, &r);
    *physical_out = (uint32_t)r.value[1] | (uint64_t)(uint32_t)r.value[2] << 32;
    *shift_out = (unsigned)r.value[3];
    return (enum status)r.value[0];
}

/* ---- threads, scheduling contexts, timers --------------------------------------------------- */

static inline enum status sys_thread_configure(cap_index thread, cap_index cnode, cap_index space,
                                               cap_index message_frame, uint32_t message_offset,
                                               cap_index fault_endpoint, unsigned priority)
{
    return arch_syscall_7(SYS_THREAD_CONFIGURE, thread, cnode, space, message_frame, message_offset,
                          fault_endpoint, priority);
}

static inline enum status sys_thread_start(cap_index thread, abi_word pc, abi_word sp,
                                           abi_word argument)
{
    return arch_syscall_4(SYS_THREAD_START, thread, pc, sp, argument);
}

static inline enum status sys_thread_suspend(cap_index thread)
{
    return arch_syscall_1(SYS_THREAD_SUSPEND, thread);
}

static inline enum status sys_thread_resume(cap_index thread)
{
    return arch_syscall_1(SYS_THREAD_RESUME, thread);
}

static inline enum status sys_thread_bind(cap_index thread, cap_index notification)
{
    return arch_syscall_4(SYS_THREAD_BIND, thread, notification, 0, 0);
}

static inline enum status sys_sched_configure(cap_index control, cap_index sched,
                                              uint32_t budget_us, uint32_t period_us)
{
    return arch_syscall_4(SYS_SCHED_CONFIGURE, control, sched, budget_us, period_us);
}

static inline enum status sys_sched_bind(cap_index sched, cap_index thread)
{
    return arch_syscall_4(SYS_SCHED_BIND, sched, thread, 0, 0);
}

static inline enum status sys_sched_unbind(cap_index sched)
{
    return arch_syscall_1(SYS_SCHED_UNBIND, sched);
}

static inline enum status sys_timer_bind(cap_index control, cap_index timer, cap_index notification)
{
    return arch_syscall_4(SYS_TIMER_BIND, control, timer, notification, 0);
}

/* deadline: CNTPCT ticks, see clock_deadline() */
static inline enum status sys_timer_set(cap_index timer, uint64_t deadline)
{
    return arch_syscall_4(SYS_TIMER_SET, timer, (uint32_t)deadline, (uint32_t)(deadline >> 32), 0);
}

static inline enum status sys_timer_cancel(cap_index timer)
{
    return arch_syscall_1(SYS_TIMER_CANCEL, timer);
}

/* ---- interrupts, virtual CPUs, the machine -------------------------------------------------- */

static inline enum status sys_irq_get(cap_index control, uint32_t interrupt, cap_index to_cnode,
                                      cap_index to_slot)
{
    return arch_syscall_4(SYS_IRQ_GET, control, interrupt, to_cnode, to_slot);
}

static inline enum status sys_irq_bind(cap_index irq, cap_index notification)
{
    return arch_syscall_4(SYS_IRQ_BIND, irq, notification, 0, 0);
}

static inline enum status sys_irq_ack(cap_index irq)
{
    return arch_syscall_1(SYS_IRQ_ACK, irq);
}

static inline enum status sys_vcpu_configure(cap_index vcpu, cap_index guest_space,
                                             cap_index state_frame)
{
    return arch_syscall_4(SYS_VCPU_CONFIGURE, vcpu, guest_space, state_frame, 0);
}

static inline enum status sys_vcpu_reset(cap_index vcpu)
{
    return arch_syscall_1(SYS_VCPU_RESET, vcpu);
}

/* At most 16 bytes a call; the rest is the caller's loop. */
static inline enum status sys_console_write(cap_index console, const char *text, unsigned count)
{
    abi_word words[4] = { 0 };

    for (unsigned i = 0; i < count && i < 16; i++)
        words[i / sizeof(abi_word)] |= (abi_word)(uint8_t)text[i] << (8 * (i % sizeof(abi_word)));
    return arch_syscall_7(SYS_CONSOLE_WRITE, console, count, words[0], words[1], words[2], words[3],
                          0);
}

static inline enum status sys_shutdown(cap_index control, enum shutdown how)
{
    return arch_syscall_4(SYS_SHUTDOWN, control, (abi_word)how, 0, 0);
}

#endif
