/* SPDX-License-Identifier: BSD-2-Clause */
/* The shipped audit component, joined to the others in one host program. */
#include "joined.h"

#define component_main __attribute__((visibility("default"))) joined_audit_main
#include "../audit/main.c"
