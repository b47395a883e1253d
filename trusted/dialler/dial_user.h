/* SPDX-License-Identifier: BSD-2-Clause */
/* What the person does at the panel: decisions about prompts, the keypad, the call's page. */
#pragma once

#include "dial_machine.h"

void dial_decision(struct dial_machine *m, const struct dial_input *in, struct dial_actions *out);
void dial_user(struct dial_machine *m, const struct dial_input *in, struct dial_actions *out);
