/* SPDX-License-Identifier: BSD-2-Clause */
/* The panel, as far as the kernel touches it: at boot and at the end. */
#ifndef SCREEN_H
#define SCREEN_H

void screen_init(void); /* on and dark, if the board has one */

#endif
