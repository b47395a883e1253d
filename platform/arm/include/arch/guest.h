/* SPDX-License-Identifier: BSD-2-Clause */
/* The parts of a vCPU that do not depend on the word size. Only platform/ looks inside. */
#pragma once

#include <stdbool.h>
#include <stdint.h>

#include "abi/vcpu.h"

/* The guest's half of the GIC. One more list register than the page has is the timer's. */
struct vgic_state {
    uint32_t control;                   /* GICH_HCR */
    uint32_t machine;                   /* GICH_VMCR, while not in the hardware */
    uint32_t active;                    /* GICH_APR, while not in the hardware */
    uint32_t timer;                     /* the timer's list register, while not in the hardware */
    uint32_t used;                      /* list[0..used-1] are the page's interrupts */
    uint32_t list[VCPU_LIST_REGISTERS]; /* as last written to, or read from, the hardware */
};

struct vtimer_state {
    uint64_t offset;    /* CNTVOFF: the guest's time is CNTPCT less this */
    uint64_t deadline;  /* CNTV_CVAL, while not in the hardware */
    uint32_t control;   /* CNTV_CTL, while the guest does not run */
    uint8_t is_enabled; /* not 0: the guest's distributor forwards the interrupt */
};

/* The last trap, for what the VMM answers to it. */
struct guest_trap {
    abi_word virtual_address; /* FAR_EL2, HDFAR or HIFAR */
    uint32_t syndrome;        /* ESR_EL2 or HSR: one format but for EC's range and SF */
};
