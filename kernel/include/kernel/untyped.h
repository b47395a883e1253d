/* SPDX-License-Identifier: BSD-2-Clause */
/* Memory that is no object yet, for boot, which knows that there is room. */
#pragma once

#include "kernel/cap.h"

void untyped_make(struct cap *untyped, struct cap *slot, enum object_type type, abi_word parameter);
/* A page that no capability names. */
void *untyped_take_page(struct cap *untyped);
