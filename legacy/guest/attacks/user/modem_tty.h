/* SPDX-License-Identifier: BSD-2-Clause */
#pragma once

#include <stdbool.h>

/* Opens the modem's tty raw and non-blocking for reading; -1 and a message when there is none. */
int modem_tty_open(void);
bool modem_tty_send(int tty, const char *text);
