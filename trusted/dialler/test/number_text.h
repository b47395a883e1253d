/* SPDX-License-Identifier: BSD-2-Clause */
#pragma once

#include "number.h"

/* Stops the test when the text is no number. */
struct number number_of(const char *text);
const char *number_text(const struct number *n); /* valid until the next call */
