/* SPDX-License-Identifier: BSD-2-Clause */
#ifndef ATTACK_MODEM_TTY_H
#define ATTACK_MODEM_TTY_H

#include <stdbool.h>

/* Opens the modem's tty raw and non-blocking for reading; -1 and a message when there is none. */
int modem_tty_open(void);
bool modem_tty_send(int tty, const char *text);

#endif
