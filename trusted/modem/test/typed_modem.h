/* SPDX-License-Identifier: BSD-2-Clause */
/* A modem that is typed by hand, so that it can misbehave in every way; and the driver's clock. */
#pragma once

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

#include "modem_driver.h"

enum { MILLISECOND = 1000, SECOND = 1000000 };

extern struct modem_driver d;
extern uint64_t now_us;
extern const struct number a_number; /* 09321 */

/* A driver whose modem said OK to all of the set-up, and nothing else. */
int typed_modem_start(void **state);
/* What the driver has written since the last look. */
const char *sent(void);
void says(const char *text);
void time_passes(uint64_t us);
void assert_exchange(const char *command, const char *answer);
enum modem_answer request(uint32_t operation, uint32_t of, uint32_t value, struct number number);
/* All zero: there is none. */
struct modem_notice next_event(void);
void drain(void);
