/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The pointer of a relative device: where it is, and its picture on the panel. Nobody else can move
 * it or draw it. A board whose touch panel knows where a finger is links pointer_none.c.
 */
#pragma once

#include "server.h"

/* What the device says becomes a touch, or the end of one, where the pointer is. False: it moved,
 * no more. */
bool pointer_translate(struct server *s, struct input_event *e);
/* All that is painted is painted between these two: without the pointer, and with it. */
void pointer_lift(struct server *s);
void pointer_lay(struct server *s);
