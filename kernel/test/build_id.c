/* SPDX-License-Identifier: BSD-2-Clause */
#include "kernel/objects.h"

const char kernel_build_id[17] = "0123456789abcdef";
