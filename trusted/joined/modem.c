/* SPDX-License-Identifier: BSD-2-Clause */
/* The shipped modem driver component, joined to the others in one host program. */
#include "joined.h"

#define component_main __attribute__((visibility("default"))) joined_modem_main
#include "../modem/main.c"
