/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Functions of the command table. A function answers AT_RESULTS to a form of the command that is
 * not its own; the table's row then answers with its text.
 */
#pragma once

#include "vmodem.h"

typedef enum at_result at_function_t(struct vmodem *modem, const struct at_command *command);

at_function_t run_dial;
at_function_t run_clcc;
at_function_t run_hang_up;
at_function_t run_chld;
at_function_t run_answer;
at_function_t run_vts;

static inline bool is_form(const struct at_command *command, enum at_form form)
{
    return command->form == form;
}
