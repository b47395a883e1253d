/* SPDX-License-Identifier: BSD-2-Clause */
/* What the modem driver reports, and what it does not take. */
#pragma once

#include "dial_machine.h"

void dial_modem(struct dial_machine *m, const struct dial_input *in, struct dial_actions *out);
/* REASON_NONE: it did. `answer` is the driver's, or MESSAGE_NONE. */
enum dial_reason dial_why_not_taken(uint32_t operation, uint32_t answer);
void dial_not_taken(struct dial_machine *m, const struct dial_input *in, struct dial_actions *out);
