/* SPDX-License-Identifier: BSD-2-Clause */
/* cmocka's own prerequisites, in its order. */
#ifndef VMM_TEST_CHECK_H
#define VMM_TEST_CHECK_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#endif
