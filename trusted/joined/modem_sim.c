/* SPDX-License-Identifier: BSD-2-Clause */
#include "joined.h"

#define component_main __attribute__((visibility("default"))) joined_sim_main
#include "../../modem-sim/main.c"
