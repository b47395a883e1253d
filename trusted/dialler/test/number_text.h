/* SPDX-License-Identifier: BSD-2-Clause */
#ifndef DIALLER_TEST_NUMBER_TEXT_H
#define DIALLER_TEST_NUMBER_TEXT_H

#include "number.h"

/* Stops the test when the text is no number. */
struct number number_of(const char *text);
const char *number_text(const struct number *n); /* valid until the next call */

#endif
