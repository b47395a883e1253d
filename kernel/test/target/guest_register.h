/* SPDX-License-Identifier: BSD-2-Clause */
/* One instruction that writes a register, as guest_registers.h of each word size lists them. */
#pragma once

#include <stdint.h>

enum guest_register_kind {
    REGISTER_KEPT,   /* another guest reads its own value, or always the same one */
    REGISTER_MOVES,  /* reads differently each time: it counts */
    REGISTER_SHARED, /* two guests could talk through it */
    OPERATION,       /* caches, TLBs, translation: there is nothing to read */
};

/* An encoding `e` is meant when (e & mask) == value. */
struct guest_register {
    uint32_t mask, value;
    enum guest_register_kind kind;
};
