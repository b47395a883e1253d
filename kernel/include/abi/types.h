/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The words that kernel and components exchange. Nothing here depends on the
 * word size but `abi_word`, which is a general-purpose register.
 */
#pragma once

#include <stdint.h>

typedef uintptr_t abi_word; /* one general-purpose register: 32 or 64 bits */
typedef uint32_t cap_index; /* a slot number in the component's own CNode */

/* Every system call answers with one of these in the first register. */
enum status {
    STATUS_OK = 0,
    STATUS_BAD_CALL,     /* no system call has this number */
    STATUS_BAD_CAP,      /* the slot is outside the CNode, or holds nothing */
    STATUS_BAD_TYPE,     /* the capability names another kind of object */
    STATUS_BAD_RIGHTS,   /* the capability lacks a right that the operation needs */
    STATUS_BAD_ARGUMENT, /* a number out of range, not aligned, or not allowed here */
    STATUS_SLOT_IN_USE,  /* the destination slot holds a capability or a tombstone */
    STATUS_NO_MEMORY,    /* the untyped (or a fixed kernel table) has no room left */
    STATUS_NO_TABLE,     /* mapping needs a page table that is not there */
    STATUS_MAPPED,       /* something is mapped there, or the frame is mapped already */
    STATUS_BUSY,         /* the object is in use and the operation needs it idle */
    STATUS_NOT_BOUND,    /* the operation needs something bound or configured first */
    STATUS_REVOKED,      /* the object went away while the caller was blocked on it */
    STATUS_TOO_DEEP,     /* the derivation tree may not grow deeper here */
    STATUS_WOULD_BLOCK,  /* polling found nothing */
    STATUS_TOO_LONG,     /* the message is longer than the receiver can take */
    STATUS_COUNT
};

_Static_assert(sizeof(enum status) == sizeof(uint32_t), "status is 32 bits on both word sizes");
