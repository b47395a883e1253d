/* SPDX-License-Identifier: BSD-2-Clause */
/* What VMMs ask for. */
#pragma once

#include "dial_machine.h"

void dial_legacy(struct dial_machine *m, const struct dial_input *in, struct dial_actions *out);
void dial_legacy_restarted(struct dial_machine *m, struct dial_actions *out);
/* The open request came to nothing: the next one of its owner has to wait. */
void dial_legacy_failed(struct dial_machine *m, enum dial_fault fault);
