/* SPDX-License-Identifier: BSD-2-Clause */
/* The last number that a plan was made for, and the plan's own. */
#pragma once

#include "number.h"

extern struct number planned, planned_for;
