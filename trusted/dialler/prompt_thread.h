/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The display answers a prompt when the user has decided. A thread of its own
 * waits for that, so that the dialler stays awake. The two threads take turns on
 * one question and one answer; the notifications order them.
 */
#ifndef DIALLER_PROMPT_THREAD_H
#define DIALLER_PROMPT_THREAD_H

#include "dial_machine.h"

void prompt_ask(const struct dial_call *call);        /* main thread: the other one is at rest */
void prompt_take_answer(struct dial_input *input_out);/* main thread: after DIALLER_SIGNAL_PROMPT */
_Noreturn void prompt_thread_run(void);

#endif
