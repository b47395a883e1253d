/* SPDX-License-Identifier: BSD-2-Clause */
/* What at.c keeps and answers, for its proof and for its host test. */
#pragma once

#include "at.h"

static inline bool at_reader_is_sound(const struct at_reader *reader)
{
    return reader->length < AT_LINE_BYTES;
}

static inline bool at_answer_is_sound(const struct at_answer *answer)
{
    const bool is_call = answer->kind == ANSWER_CALL;

    return (unsigned)answer->kind < ANSWERS &&
           (answer->number.length == 0 || (is_call && answer->has_number)) &&
           (answer->number.length == 0 || number_is_valid(&answer->number)) &&
           (is_call || (!answer->is_incoming && !answer->has_number && !answer->is_emergency));
}
