/* SPDX-License-Identifier: BSD-2-Clause */
/* The commands whose answer never changes, as one table. */
#pragma once

#include "at_command.h"

/* NULL: ERROR. "": just OK. Otherwise an information text, then OK. */
const char *reply_fixed(const struct at_command *command);
