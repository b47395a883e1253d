/* SPDX-License-Identifier: BSD-2-Clause */
#pragma once

enum { MEM_KEYBOARD_VA = 0x1000, MEM_MOUSE_VA = 0x2000 };
enum { CAP_DISPLAY, CAP_NOTIFICATION, CAP_IRQ_KEYBOARD, CAP_IRQ_MOUSE };
