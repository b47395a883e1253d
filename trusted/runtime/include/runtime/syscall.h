/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The system calls of abi/syscall.h that components make as they run, but the message calls
 * (runtime/ipc.h). What creates and configures is made by root out of its script. Capabilities are
 * slots of the caller's own CNode.
 */
#pragma once

#include <stdint.h>

#include "abi/syscall.h"
#include "runtime/arch_syscall.h"

/* Inlined, the struct never exists in memory. */
static inline enum status sys_call(enum syscall number, abi_word a0, abi_word a1, abi_word a2)
{
    struct syscall_registers r = { .value = { a0, a1, a2 } };

    arch_syscall_all((unsigned)number, &r);
    return (enum status)r.value[0];
}

static inline enum status sys_signal(cap_index notification)
{
    return sys_call(SYS_SIGNAL, notification, 0, 0);
}

static inline enum status sys_wait(cap_index notification, abi_word *bits_out)
{
    struct syscall_registers r = { .value = { notification } };

    arch_syscall_all(SYS_WAIT, &r);
    *bits_out = r.value[1];
    return (enum status)r.value[0];
}

static inline enum status sys_irq_ack(cap_index irq)
{
    return sys_call(SYS_IRQ_ACK, irq, 0, 0);
}

/* deadline: CNTPCT ticks, see clock_deadline() */
static inline enum status sys_timer_set(cap_index timer, uint64_t deadline)
{
    return sys_call(SYS_TIMER_SET, timer, (uint32_t)deadline, (uint32_t)(deadline >> 32));
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

static inline enum status sys_console_write(cap_index console, char byte)
{
    return sys_call(SYS_CONSOLE_WRITE, console, 1, (uint8_t)byte);
}

static inline enum status sys_shutdown(cap_index control, enum shutdown how)
{
    return sys_call(SYS_SHUTDOWN, control, (abi_word)how, 0);
}
