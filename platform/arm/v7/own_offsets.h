/* SPDX-License-Identifier: BSD-2-Clause */
#pragma once

#include "board.h"
#include "platform.h"

_Static_assert(offsetof(struct arch_context, pc) == 0 &&
                   offsetof(struct arch_context, thread_pointer) == 12,
               "the rarely saved registers are loaded and stored together");

#define OWN_OFFSETS(define)                                                 \
    define(CONTEXT_X, offsetof(struct arch_context, x));                    \
    define(VCPU_TRAPPED, offsetof(struct arch_vcpu, entry.trapped));        \
    define(VCPU_LR, offsetof(struct arch_vcpu, entry.trapped[13]));         \
    define(VCPU_PSTATE, offsetof(struct arch_vcpu, entry.pstate));          \
    define(BOARD_DISTRIBUTOR, offsetof(struct board, gic.distributor));     \
    define(BOARD_CPU_INTERFACE, offsetof(struct board, gic.cpu_interface)); \
    define(BOARD_COUNTER_HZ, offsetof(struct board, timer.counter_hz));     \
    define(MODE_FIELD, MODE_MASK);                                          \
    define(MODE_HYP, PSTATE_NEVER);                                         \
    define(PSR_THUMB, PSR_T);                                               \
    define(CLASS_FETCH, EC_INSTRUCTION_ABORT);                              \
    define(HSR_SVC_0, (uint32_t)EC_SVC << ESR_EC_SHIFT | ESR_IL)
