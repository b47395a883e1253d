/* SPDX-License-Identifier: BSD-2-Clause */
/* The <string.h> that BearSSL includes, for compilers that come without a C library. */
#ifndef AUDIT_FREESTANDING_STRING_H
#define AUDIT_FREESTANDING_STRING_H

#include "runtime/memory.h"

size_t strlen(const char *text); /* declared for BearSSL's headers; nothing linked here calls it */

#endif
