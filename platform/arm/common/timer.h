/* SPDX-License-Identifier: BSD-2-Clause */
/* The hypervisor's one-shot timer (CNTHP). */
#ifndef TIMER_H
#define TIMER_H

void timer_stop(void);

#endif
