/* SPDX-License-Identifier: BSD-2-Clause */
/* Boards whose panel knows where a finger is draw no pointer. */
#include "pointer.h"

bool pointer_translate(struct server *s, struct input_event *e)
{
    (void)s, (void)e;
    return true;
}
void pointer_lift(struct server *s)
{
    (void)s;
}
void pointer_lay(struct server *s)
{
    (void)s;
}
