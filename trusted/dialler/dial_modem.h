/* SPDX-License-Identifier: BSD-2-Clause */
/* What the modem driver reports, and what it does not take. */
#pragma once

#include "dial_machine.h"

void dial_modem(struct dial_machine *m, const struct dial_input *in, struct dial_actions *out);
void dial_not_taken(struct dial_machine *m, enum dial_reason reason, struct dial_actions *out);
