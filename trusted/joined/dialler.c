/* SPDX-License-Identifier: BSD-2-Clause */
#include "joined.h"

#define component_main __attribute__((visibility("default"))) joined_dialler_main
#include "../dialler/main.c"
