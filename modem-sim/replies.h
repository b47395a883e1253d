/* SPDX-License-Identifier: BSD-2-Clause */
/* The commands whose answer never changes, as one table. */
#ifndef MODEM_SIM_REPLIES_H
#define MODEM_SIM_REPLIES_H

#include "at_command.h"

/* NULL: ERROR. "": just OK. Otherwise an information text, then OK. */
const char *reply_fixed(const struct at_command *command);

#endif
