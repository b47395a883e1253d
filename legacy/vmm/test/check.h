/* SPDX-License-Identifier: BSD-2-Clause */
/* cmocka's own prerequisites, in its order. */
#pragma once

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
