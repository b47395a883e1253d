/* SPDX-License-Identifier: BSD-2-Clause */
/* A build id for host tests. */
#include "kernel/objects.h"

const char kernel_build_id[17] = "0123456789abcdef";
