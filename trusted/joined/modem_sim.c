/* SPDX-License-Identifier: BSD-2-Clause */
/* The simulated modem, joined to the modem driver by two rings. */
#include "joined.h"

#define component_main __attribute__((visibility("default"))) joined_sim_main
#include "../../modem-sim/main.c"
