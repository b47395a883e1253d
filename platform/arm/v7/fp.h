/* SPDX-License-Identifier: BSD-2-Clause */
/* FP and SIMD registers: guests only, exchanged at a guest's first use (CPTR_EL2.TFP). */
#ifndef FP_H
#define FP_H

#include "arch/arch.h"

void fp_reset(struct fp_state *state);
/* The guest that runs wants them. */
void fp_give(struct arch_vcpu *vcpu);

/* fp_registers.S; the trap must be open */
void fp_save(struct fp_state *state);
void fp_load(const struct fp_state *state);

#endif
