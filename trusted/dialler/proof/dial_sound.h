/* SPDX-License-Identifier: BSD-2-Clause */
/* What every step of the dialler keeps, for its proof (an induction) and for its host test. */
#pragma once

#include "dial_machine.h"

enum { BACK_OFF_FAILURES = 6 };

static inline bool dial_call_is_sound(const struct dial_machine *m, const struct dial_call *c)
{
    return (unsigned)c->phase < PHASES && (unsigned)c->origin < ORIGINS &&
           (!c->is_untaken || c->plan.is_emergency) &&
           ((c->token & MODEM_TOKEN_INCOMING) != 0 || c->token <= m->last_token);
}

static inline bool dial_request_is_sound(const struct dial_machine *m)
{
    return (m->request.phase == PHASE_IDLE && m->request.owner == NULL) ||
           (m->request.phase == PHASE_PROMPT && m->prompt_is_out && m->request.owner != NULL);
}

/* What was confirmed waits for a call's end only, and for the number that was shown. */
static inline bool dial_confirmation_is_sound(const struct dial_machine *m)
{
    return !m->confirmation.is_open ||
           (m->confirmation.call.phase == PHASE_PROMPT && m->call.phase != PHASE_IDLE &&
            number_is_equal(&m->confirmation.number, &m->confirmation.call.plan.number));
}

static inline bool dial_back_off_is_sound(const struct dial_machine *m)
{
    bool is_sound = true;

    for (unsigned i = 0; i < DIAL_CALLERS; i++) {
        is_sound = is_sound && m->callers[i].back_off[0].failures < BACK_OFF_FAILURES &&
                   m->callers[i].back_off[1].failures < BACK_OFF_FAILURES;
    }
    return is_sound;
}

static inline bool dial_is_sound(const struct dial_machine *m)
{
    return dial_call_is_sound(m, &m->call) && dial_call_is_sound(m, &m->second) &&
           dial_call_is_sound(m, &m->request) && dial_call_is_sound(m, &m->confirmation.call) &&
           m->last_token <= MODEM_TOKEN_OWN_MAX && m->call.phase != PHASE_PROMPT &&
           (m->second.phase == PHASE_IDLE || m->second.phase == PHASE_INCOMING ||
            m->second.phase == PHASE_ENDING) &&
           dial_request_is_sound(m) && dial_confirmation_is_sound(m) && dial_back_off_is_sound(m);
}
