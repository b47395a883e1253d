/* SPDX-License-Identifier: BSD-2-Clause */
#pragma once

_Static_assert(offsetof(struct arch_context, pc) == offsetof(struct vcpu_page, regs.pc),
               "threads and guests share one trap entry");

#define OWN_OFFSETS(define)                                 \
    define(FRAME_X30, offsetof(struct arch_context, x[30])) \
        define(VCPU_ENTRY_SP, offsetof(struct arch_vcpu, entry.sp)) define(CLASS_SVC, EC_SVC)
