/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * A hostile guest out of bytes: register accesses anywhere in and around the
 * devices, rings and descriptors in its RAM, AT text, acknowledged interrupts.
 * One entry point, for libFuzzer (link fuzz.c alone) and for fuzz_test.c.
 */
#pragma once

#include <stddef.h>
#include <stdint.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);
