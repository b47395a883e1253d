/* SPDX-License-Identifier: BSD-2-Clause */
#ifndef INTERRUPT_H
#define INTERRUPT_H

void interrupt_init(void);
/* Take the most urgent pending interrupt and hand it to whom it concerns. */
void interrupt_take(void);

#endif
