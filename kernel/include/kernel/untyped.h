/* SPDX-License-Identifier: BSD-2-Clause */
/* Memory that is no object yet. */
#ifndef KERNEL_UNTYPED_H
#define KERNEL_UNTYPED_H

#include "kernel/cap.h"

/* Forgets what was given away; the last child has gone. */
void untyped_reset(struct cap *untyped);
/* For boot, which knows that there is room: an object, and a page that no capability names. */
void untyped_make(struct cap *untyped, struct cap *slot, enum object_type type,
                  abi_word parameter);
void *untyped_take_page(struct cap *untyped);

syscall_operation sys_untyped_retype;

#endif
