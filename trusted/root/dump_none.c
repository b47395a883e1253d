/* SPDX-License-Identifier: BSD-2-Clause */
/* The root that is shipped prints no capability graph; see test/dump.c. */
#include "root.h"

void dump_components(const struct script *script, bool restartable)
{
    (void)script;
    (void)restartable;
}

void dump_root(const struct script *script)
{
    (void)script;
}
