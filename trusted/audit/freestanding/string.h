/* SPDX-License-Identifier: BSD-2-Clause */
/* The <string.h> that BearSSL includes, for compilers that come without a C library. */
#pragma once

#include "runtime/memory.h"

size_t strlen(const char *text); /* declared for BearSSL's headers; nothing linked here calls it */
