/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The page that a VMM shares with the kernel for each vCPU. The kernel treats
 * it as hostile: every field is read once, PSTATE is masked to what a guest may
 * have, list registers are rebuilt from number, priority and state.
 *
 * SYS_VCPU_RUN enters the guest with `regs`, and returns when something needs
 * the VMM: register 1 = enum vcpu_exit. Results that concern an exit are in
 * `exit`. A guest that waits for an interrupt (WFI) blocks in the kernel.
 */
#pragma once

#include "abi/types.h"

enum { VCPU_LIST_REGISTERS = 16, VCPU_GPRS = 31 };

enum vcpu_exit {
    VCPU_EXIT_NOTIFIED = 1, /* the thread's bound notification: register 2 = its bits */
    VCPU_EXIT_MMIO,       /* another: exit.address, width_bytes, is_write, reg, value for a write */
    VCPU_EXIT_ABORT,      /* an access with no decoded syndrome, or an instruction fetch */
    VCPU_EXIT_HVC,        /* HVC or SMC (exit.immediate); regs.pc is past the instruction */
    VCPU_EXIT_INTERRUPTS, /* every list register has drained, and the VMM asked for it */
    VCPU_EXIT_INVALID,    /* it cannot go on: the page held something that cannot be entered, or an
                             SError or FIQ came */
    /*
     * An access of 32 bits as nearly all are: exit.address, reg. The VMM does all of it: it moves
     * the value between the device and regs.gpr[exit.reg], and regs.pc over the instruction, which
     * is four bytes long. Neither needs more of the kernel than to go on.
     */
    VCPU_EXIT_LOAD_WORD,
    VCPU_EXIT_STORE_WORD,
};

/* A virtual interrupt as the VMM states it. */
enum vcpu_irq_state { VCPU_IRQ_IDLE = 0, VCPU_IRQ_PENDING = 1, VCPU_IRQ_ACTIVE = 2 };

struct vcpu_irq {
    uint16_t number;  /* virtual interrupt id, 0..1019 */
    uint8_t priority; /* 0..255, GIC's order: 0 is most urgent; low 3 bits ignored */
    uint8_t state;    /* enum vcpu_irq_state bits; written back at exit */
};

struct vcpu_regs { /* AArch64: x0..x30, pc = ELR_EL2, pstate = SPSR_EL2.
                      ARMv7: gpr[0..12] r0-r12, gpr[13..14] sp_usr lr_usr; banked ones are in the
                      kernel */
    uint64_t gpr[VCPU_GPRS];
    uint64_t pc, pstate;
};

struct vcpu_exit_info {
    uint64_t address;    /* guest-physical address of an access */
    uint64_t value;      /* what a write wants to store, masked to its width */
    uint8_t width_bytes; /* 1, 2, 4 or 8 */
    uint8_t is_write;
    uint8_t reg; /* index in gpr of a load's target; 31 = none (XZR) */
    uint8_t reserved;
    uint32_t immediate; /* of HVC or SMC */
};

/* the VMM's wishes for the next entry; the kernel clears them */
enum vcpu_flags {
    VCPU_RARE = 1 << 0,          /* part of all that an exit seldom needs */
    VCPU_COMPLETE_LOAD = 1 << 1, /* put load_value into exit.reg as the load wanted it */
    VCPU_SKIP = 1 << 2,          /* step over the instruction that exited */
    VCPU_INJECT_ABORT =
        VCPU_RARE | 1 << 3, /* synchronous external abort at EL1, for exit.address' access */
    /* Of the virtual timer's interrupt, whose list register is the kernel's: */
    VCPU_TIMER_LOAD_PENDING =
        VCPU_RARE | 1 << 4, /* with VCPU_COMPLETE_LOAD: is it pending? In bit VCPU_TIMER_BIT */
    VCPU_TIMER_LOAD_ACTIVE = VCPU_RARE | 1 << 5, /* ... active? */
    VCPU_TIMER_PEND = VCPU_RARE | 1 << 6,        /* pending once, whatever the timer says */
    VCPU_TIMER_UNPEND = VCPU_RARE | 1 << 7, /* while the timer's line is high it becomes so again */
    VCPU_TIMER_ACTIVATE = VCPU_RARE | 1 << 8,
    VCPU_TIMER_DEACTIVATE = VCPU_RARE | 1 << 9,
    VCPU_WAIT = 1 << 10, /* it waits for an interrupt, as by WFI, before it goes on */
};
enum { VCPU_TIMER_BIT = 27 };

/* Whether all of a wish is among the flags. */
static inline int vcpu_wants(uint32_t flags, enum vcpu_flags wish)
{
    return (flags & (uint32_t)wish) == (uint32_t)wish;
}

struct vcpu_page {
    struct vcpu_regs regs;
    struct vcpu_exit_info exit;
    uint32_t flags;           /* enum vcpu_flags */
    uint32_t interrupt_count; /* list registers in use: interrupts[0..count-1] */
    uint64_t load_value;      /* for VCPU_COMPLETE_LOAD */
    struct vcpu_irq interrupts[VCPU_LIST_REGISTERS];
    /* The virtual timer's interrupt (PPI 27) goes straight from kernel to guest: */
    uint8_t timer_enabled; /* the guest has enabled this interrupt in its distributor */
    uint8_t timer_priority;
    uint8_t exit_when_drained; /* VCPU_EXIT_INTERRUPTS when no list register is pending */
    uint8_t list_registers;    /* written by the kernel: how many interrupts[] it can take */
    uint32_t trapped_accesses; /* counted by the kernel: debug/PMU registers read as zero etc. */
    uint64_t virtual_offset;   /* ticks taken off the counter for the guest's CNTVCT; at reset */
};

_Static_assert(sizeof(struct vcpu_page) <= 4096, "the vCPU page is one page");
_Static_assert((int)VCPU_EXIT_STORE_WORD == (int)VCPU_EXIT_LOAD_WORD + 1,
               "a syndrome's WnR tells which");
_Static_assert(sizeof(struct vcpu_exit_info) == 24, "same layout on both word sizes");
