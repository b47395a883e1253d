/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * How capabilities go away, and the objects with them. An object ends in two steps. `destroy` is
 * constant time: nobody can use the object any more. What may take longer (waiters to wake, slots
 * to empty, bindings to cut) is left to the reaper, one bounded step at a time. The memory cannot
 * be reused before that: retype lets the reaper finish first.
 */
#pragma once

#include "kernel/cap.h"

/* Empties the slot, or leaves a tombstone when it has descendants. */
void cap_delete(struct cap *slot);

/* Bindings: a slot inside an object. Bind replaces what was bound before, with nothing for NULL. */
void cap_bind(struct cap *slot, struct cap *source, enum cap_binding binding);
void cap_unbind(struct cap *slot);

bool reaper_has_work(void);
void reaper_step(void);
/* Finishes what is dying. False: an interrupt waits, come back. */
bool reaper_drain(void);

/* A delete goes on: what it has ended is finished, step by step. */
enum status cap_finish_delete(struct thread *caller);
