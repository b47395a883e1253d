/* SPDX-License-Identifier: BSD-2-Clause */
/* What the driver knows of the modem's calls, and what it tells the dialler of them. */
#pragma once

#include "modem_driver.h"

static inline uint32_t command_bit(enum modem_command command)
{
    return (uint32_t)1 << command;
}

bool modem_call_step(struct modem_call *call, enum call_step step);
/* An emergency call that no modem has taken yet. */
bool emergency_waits(const struct modem_driver *d);
bool emergency_is_up(const struct modem_driver *d);

void notify(struct modem_driver *d, const struct modem_call *call, enum modem_event event,
            enum modem_cause cause);
void call_gone(struct modem_driver *d, struct modem_call *call, enum modem_event event,
               enum modem_cause cause);
/* The call that is up is over for the dialler; what the modem still has is hung up. */
void call_gone_unproven(struct modem_driver *d, enum modem_event event, enum modem_cause cause);
/* Asks the modem to end the call that is up; it is over when the modem lists it no more. */
void call_hang_up(struct modem_driver *d, enum modem_cause cause);
void call_hung_up(struct modem_driver *d, bool is_ok); /* the modem answered to that */
bool call_taken(struct modem_driver *d);
void call_offered(struct modem_driver *d);
void call_tell_ringing(struct modem_driver *d);
/* The modem says that a call ended, and not which. */
void call_end_told(struct modem_driver *d, enum modem_cause cause);

void list_begin(struct modem_driver *d);
void list_line(struct modem_driver *d, const struct at_answer *line);
/* False: the modem keeps a call whatever it is told. */
bool list_end(struct modem_driver *d);
/* No list is to be had: what it should have told stays as it was said. */
void list_failed(struct modem_driver *d);
/* How long until the list is to be asked for again. */
uint64_t list_period_us(const struct modem_driver *d);
