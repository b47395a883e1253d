/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * What a guest reads of its processor: the hardware's identification registers, as far as the table
 * of the word size, identification.inc, lets their fields through. They have fields of four bits;
 * in most of them a larger value means more, and in some F means nothing at all (DDI 0487
 * "Principles of the ID scheme for fields in ID registers").
 */
#pragma once

#include <stdbool.h>

#include "abi/types.h"

/* False, and zero: the register is not in the table. op1 < 4, crm < 8, op2 < 8. */
bool identification_show(unsigned op1, unsigned crm, unsigned op2, abi_word *value_out);
