/* SPDX-License-Identifier: BSD-2-Clause */
/* What tests can set and see of the fake machine. */
#pragma once

#include "arch/arch.h"

enum {
    FAKE_RAM_BASE = 0x40000000,
    FAKE_BUNDLE = 0x43e00000,
    FAKE_DEVICE = 0x09000000,
    FAKE_INTERRUPTS = 96,
    FAKE_INTERRUPT_KERNEL = 26, /* the kernel uses this one itself */
    FAKE_HZ = 1000000,          /* a tick is a microsecond */
    FAKE_FAULT_SKIP_BYTES = 4,
};
#define FAKE_RAM_BYTES (64u << 20)

struct fake {
    ticks now;
    ticks timer;             /* programmed deadline */
    bool is_pending;         /* what arch_interrupt_pending() says */
    unsigned pending_checks; /* how often it was asked */
    bool has_restarted;      /* a call was stepped back onto */
    bool is_masked[FAKE_INTERRUPTS];
    uint64_t active_space; /* of native code */
    unsigned tlb_pages;    /* invalidations */
    unsigned tlb_spaces;
    unsigned code_syncs;
    bool vcpu_refuses; /* arch_vcpu_enter() says no */
    bool vcpu_has_interrupt;
    bool vcpu_has_deadline;
    ticks vcpu_deadline;
    unsigned vcpu_enters;
    unsigned vcpu_leaves;
    unsigned vcpu_resets;
    unsigned contexts_forgotten;
    char console[4096];
    size_t console_bytes;
    unsigned machine_off;
    unsigned machine_reset;
    unsigned panic_screens;
    unsigned started;
    unsigned large_regions; /* 0: the board has no RAM that is large enough */
};

extern struct fake fake;
extern unsigned char *fake_ram;

void fake_reset(void);
const struct arch_boot *fake_board(void);
/* enum map_attribute bits of a stage 2 entry, decoded apart from the code that makes it; 0: none.
 */
unsigned fake_attributes(void *root, ipa_addr ipa);
/* arch_machine_off and _reset do not return: they jump here when a test has set it. */
#include <setjmp.h>
extern jmp_buf fake_end;
extern bool fake_end_is_set;
