/* SPDX-License-Identifier: BSD-2-Clause */
/* What the dial machine's own files share. */
#ifndef DIALLER_DIAL_STEPS_H
#define DIALLER_DIAL_STEPS_H

#include "dial_machine.h"

#include <stddef.h>

/* Why a request came to nothing: a guest that takes requests back, or whose user says no, waits longer each time. */
enum dial_fault { FAULT_OF_GUEST = 0, FAULT_OF_NOBODY };

/* dial_log.c */
void dial_log(const struct dial_call *call, struct dial_actions *out, enum audit_kind kind, uint32_t detail);
void dial_log_limited(struct dial_limiter *l, uint64_t now_us, const struct dial_entry *e, struct dial_actions *out);
void dial_log_flush(struct dial_limiter *l, uint64_t now_us, struct dial_actions *out);

/* dial_machine.c */
bool dial_take_step(struct dial_machine *m, struct dial_call *call, enum dial_transition step);
void dial_withdraw(struct dial_machine *m, enum dial_fault fault, struct dial_actions *out);
void dial_hang_up(struct dial_machine *m, struct dial_actions *out);
void dial_forget_next(struct dial_machine *m, struct dial_actions *out);
void dial_confirmed(struct dial_machine *m, const struct dial_call *call, const struct number *shown,
                    enum dial_transition step, struct dial_actions *out);

/* dial_user.c, dial_legacy.c */
void dial_user(struct dial_machine *m, const struct dial_input *in, struct dial_actions *out);
void dial_legacy(struct dial_machine *m, const struct dial_input *in, struct dial_actions *out);
void dial_legacy_restarted(struct dial_machine *m, struct dial_actions *out);
void dial_legacy_failed(struct dial_machine *m, enum dial_fault fault);

#endif
