/* SPDX-License-Identifier: BSD-2-Clause */
/* The fake dialler as the peer of the cases that the real one passes, too. */
#include "dialler_peer.h"
#include "fake_dialler.h"

void peer_reset(void)
{
    fake_dialler_reset();
    fake_dialler.now_us = 1000000;
}

void peer_time_passes(uint64_t us)
{
    fake_dialler.now_us += us;
}

void peer_confirms(void)
{
    fake_dialler_set(DIAL_STATE_DIALLING, DIAL_OUTCOME_NONE);
}

void peer_refuses(void)
{
    fake_dialler_set(DIAL_STATE_NONE, DIAL_OUTCOME_REFUSED);
}

void peer_alerts(void)
{
    fake_dialler_set(DIAL_STATE_ALERTING, DIAL_OUTCOME_NONE);
}

void peer_answers(void)
{
    fake_dialler_set(DIAL_STATE_ACTIVE, DIAL_OUTCOME_NONE);
}

void peer_is_busy(void)
{
    fake_dialler_set(DIAL_STATE_NONE, DIAL_OUTCOME_BUSY);
}

void peer_ends(void)
{
    fake_dialler_set(DIAL_STATE_NONE, DIAL_OUTCOME_ENDED);
}

void peer_rings(const struct number *number)
{
    fake_dialler_ring(number);
}
