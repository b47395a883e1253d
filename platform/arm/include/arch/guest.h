/* SPDX-License-Identifier: BSD-2-Clause */
/* The parts of a vCPU that do not depend on the word size. Only platform/ looks inside. */
#ifndef ARCH_GUEST_H
#define ARCH_GUEST_H

#include <stdbool.h>
#include <stdint.h>

#include "abi/vcpu.h"

enum { VGIC_LIST_REGISTERS = 16 }; /* the most that a GICv2 may have is 64; 16 are used */

/* The guest's half of the GIC while it is not in the hardware. */
struct vgic_state {
    uint32_t control; /* GICH_HCR */
    uint32_t machine; /* GICH_VMCR */
    uint32_t active;  /* GICH_APR */
    uint32_t list[VGIC_LIST_REGISTERS]; /* GICH_LRn; the last one used is the timer's */
    uint32_t used;    /* list[0..used-1] come from the page */
};

struct vtimer_state {
    uint64_t offset;   /* CNTVOFF */
    uint64_t deadline; /* CNTV_CVAL, in the guest's time */
    uint32_t control;  /* CNTV_CTL */
    bool is_enabled;   /* the guest's distributor forwards the interrupt */
};

#endif
