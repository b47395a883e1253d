/* SPDX-License-Identifier: BSD-2-Clause */
/* Memory that is no object yet. */
#ifndef KERNEL_UNTYPED_H
#define KERNEL_UNTYPED_H

#include "kernel/cap.h"

/* Forgets what was given away; the last child has gone. */
void untyped_reset(struct cap *untyped);
enum status sys_untyped_retype(struct thread *caller, struct cap *const *cap);

#endif
