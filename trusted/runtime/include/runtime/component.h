/* SPDX-License-Identifier: BSD-2-Clause */
#pragma once

/* The component's own code starts here, once on each of its threads (0 = main); it never returns:
 * a return is a fault that root sees. */
void component_main(unsigned thread);

/* Our own invariant is broken: stop this thread in a way that root sees and logs. */
_Noreturn void component_fail(void);
