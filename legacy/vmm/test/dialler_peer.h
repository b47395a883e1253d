/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * What happens on the other side of the dialler's port, for cases that a fake and the real dialler
 * have to pass alike (dialler_cases_test.c). A test links one of the two.
 */
#pragma once

#include <stdint.h>

#include "dialler_port.h"

void peer_reset(void);
void peer_time_passes(uint64_t us);
/* The person's answer to the open prompt; what was confirmed is taken by the modem. */
void peer_confirms(void);
void peer_refuses(void);
/* The far end of the call that is up. */
void peer_alerts(void);
void peer_answers(void);
void peer_is_busy(void);
void peer_ends(void);
/* Somebody calls; all zero: withheld. */
void peer_rings(const struct number *number);
