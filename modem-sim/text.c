/* SPDX-License-Identifier: BSD-2-Clause */
/* Lines of text of bounded length, without a C library. */
#include "text.h"

void text_put(struct text *text, const char *more)
{
    while (*more != '\0' && text->length < TEXT_BYTES - 1) {
        text->bytes[text->length++] = *more++;
    }
    text->bytes[text->length] = '\0';
}

void text_put_number(struct text *text, uint64_t value, unsigned least_digits)
{
    char digits[21];
    size_t at = sizeof digits - 1;

    digits[at] = '\0';
    while (at > 0 && (value > 0 || least_digits > 0 || digits[at] == '\0')) {
        digits[--at] = (char)('0' + value % 10);
        value /= 10;
        least_digits -= least_digits > 0;
    }
    text_put(text, digits + at);
}

void text_copy(char *to, size_t room, const char *from)
{
    size_t n = 0;

    for (; n + 1 < room && from[n] != '\0'; n++) {
        to[n] = from[n];
    }
    to[n] = '\0';
}

bool text_is_equal(const char *a, const char *b)
{
    while (*a != '\0' && *a == *b) {
        a++;
        b++;
    }
    return *a == *b;
}

size_t text_length(const char *text)
{
    size_t n = 0;

    while (text[n] != '\0') {
        n++;
    }
    return n;
}

const char *text_after(const char *text, const char *prefix)
{
    while (*prefix != '\0') {
        if (*text++ != *prefix++) {
            return NULL;
        }
    }
    return text;
}
