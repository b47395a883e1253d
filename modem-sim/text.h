/* SPDX-License-Identifier: BSD-2-Clause */
/* Lines of text of bounded length, without a C library. */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum { TEXT_BYTES = 200 };

/* always ends in NUL; what does not fit is left out */
struct text {
    size_t length;
    char bytes[TEXT_BYTES];
};

void text_put(struct text *text, const char *more);
void text_put_number(struct text *text, uint64_t value, unsigned least_digits);
void text_copy(char *to, size_t room, const char *from);
bool text_is_equal(const char *a, const char *b);
size_t text_length(const char *text);
/* What follows `prefix` in `text`, or NULL. */
const char *text_after(const char *text, const char *prefix);
