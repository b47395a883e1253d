/* SPDX-License-Identifier: BSD-2-Clause */
#pragma once

_Static_assert(offsetof(struct arch_context, pc) == offsetof(struct vcpu_page, regs.pc),
               "threads and guests share one trap entry");
_Static_assert(offsetof(struct guest_entry, tpidr) == offsetof(struct guest_entry, sp) + 8 &&
                   offsetof(struct guest_entry, pstate) == offsetof(struct guest_entry, pc) + 8,
               "loaded and stored in pairs");

#define OWN_OFFSETS(define)                                      \
    define(FRAME_X30, offsetof(struct arch_context, x[30]));     \
    define(VCPU_ENTRY_SP, offsetof(struct arch_vcpu, entry.sp)); \
    define(CLASS_SVC, EC_SVC)
