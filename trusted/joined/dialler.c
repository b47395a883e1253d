/* SPDX-License-Identifier: BSD-2-Clause */
/* The shipped dialler component, joined to the others in one host program. */
#include "joined.h"

#define component_main __attribute__((visibility("default"))) joined_dialler_main
#include "../dialler/main.c"
