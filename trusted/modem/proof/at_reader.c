/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * For any byte behind any bytes that at_reader_feed has kept:
 * T3 The reader stays sound, and nothing outside its line is touched.
 * T4 A line that is not ended says nothing; its end empties the reader. No byte is kept that could
 *    end a line. The line that is parsed ends in a NUL.
 */
#include "at.h"
#include "at_sound.h"
#include "proof.h"

struct at_reader nondet_reader(void);

enum { SHORT = 2 }; /* longer lines are parsed in at.c's own proof */

int main(void)
{
    struct at_reader reader = nondet_reader();
    const struct at_reader before = reader;
    const uint8_t byte = nondet_byte();
    const bool is_end = byte == '\r' || byte == '\n';
    struct at_answer answer;

    ASSUME(at_reader_is_sound(&reader) && (reader.length <= SHORT || !is_end));
    answer = at_reader_feed(&reader, byte);
    assert(at_reader_is_sound(&reader) && at_answer_is_sound(&answer));
    if (is_end) {
        assert(reader.length == 0 && !reader.is_too_long && reader.line[before.length] == '\0');
        REACHED(answer.kind == ANSWER_OK);
    } else {
        assert(answer.kind == ANSWER_NOTHING && reader.length <= before.length + 1);
        assert(reader.length == before.length || reader.line[before.length] != '\0');
        assert(reader.length > before.length || reader.is_too_long);
        REACHED(reader.is_too_long && !before.is_too_long);
    }
    return 0;
}
