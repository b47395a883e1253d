/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * What the boot loader hands the kernel (the bundle) and what the kernel hands
 * root (the boot information). All fields are little-endian, fixed width.
 *
 * The bundle lies at the board's fixed physical address, loaded by U-Boot out
 * of the FIT. It starts with struct bundle_header; root's image is a flat,
 * page-aligned run of text, read-only data and data+bss (bss is stored).
 */
#pragma once

#include "abi/types.h"

#define BUNDLE_MAGIC 0x4e424f52u /* "ROBN" */
#define BUNDLE_VERSION 1u

struct bundle_header {
    uint32_t magic, version;
    uint32_t total_bytes; /* header included; <= the board's bundle region */
    uint32_t crc32;       /* of everything after the header (IEEE 802.3) */
    uint32_t root_offset; /* page aligned, from the header */
    /* page multiples: mapped r-x, r--, rw- in this order */
    uint32_t root_text_bytes, root_rodata_bytes, root_data_bytes;
    uint32_t root_entry;                      /* virtual address */
    uint32_t manifest_offset, manifest_bytes; /* opaque to the kernel */
    uint32_t reserved[5];
};
_Static_assert(sizeof(struct bundle_header) == 64, "bundle header is 64 bytes");

/* Root's address space at its first instruction (all in the lowest 1 GiB). */
enum {
    ROOT_IMAGE_VA = 0x00400000, /* text, read-only data, data */
    ROOT_STACK_VA = 0x00600000, /* one guard page below, ROOT_STACK_BYTES from here */
    ROOT_STACK_BYTES = 0x4000,
    ROOT_MESSAGE_VA = 0x00700000,   /* message buffer, rw- */
    ROOT_BOOT_INFO_VA = 0x00701000, /* struct boot_info, r-- */
    ROOT_BUNDLE_VA = 0x00800000,    /* the bundle, r--, one 2 MiB block */
};

/* Root's CNode (4096 slots) at its first instruction. Slot 0 is never used. */
enum root_slot {
    ROOT_SLOT_CNODE = 1,
    ROOT_SLOT_SPACE,
    ROOT_SLOT_THREAD,
    ROOT_SLOT_SCHED,
    ROOT_SLOT_IRQ_CONTROL,
    ROOT_SLOT_SCHED_CONTROL,
    ROOT_SLOT_CONSOLE,
    ROOT_SLOT_BUNDLE_FRAME,       /* the 2 MiB frame mapped at ROOT_BUNDLE_VA */
    ROOT_SLOT_FIRST_UNTYPED = 16, /* boot_info.untyped[i] is slot 16 + i */
    ROOT_SLOT_FIRST_FREE = 64,
};
enum { BOOT_UNTYPED_MAX = 48, ROOT_CNODE_BITS = 12 };

/* What a region of memory may become. */
enum untyped_kind {
    UNTYPED_RAM = 0, /* zeroed as it is retyped; any object */
    UNTYPED_IMAGE,   /* RAM that the boot loader filled: frames only, never zeroed */
    UNTYPED_DEVICE,  /* registers: frames only, always Device memory, never zeroed */
};

struct boot_untyped {
    uint64_t base; /* physical address, aligned to its size */
    uint8_t size_shift;
    uint8_t kind; /* enum untyped_kind */
    uint8_t reserved[6];
};

#define BOOT_INFO_MAGIC 0x49544f42u /* "BOTI" */
struct boot_info {
    uint32_t magic;
    uint32_t untyped_count;
    uint32_t counter_hz; /* CNTFRQ */
    /* CNTPCT at the kernel's first instruction */
    uint32_t kernel_entry_ticks_low, kernel_entry_ticks_high;
    uint32_t cpu_count;
    char board[16];
    char build_id[16]; /* hexadecimal, zero terminated if shorter */
    struct boot_untyped untyped[BOOT_UNTYPED_MAX];
};
_Static_assert(sizeof(struct boot_info) <= 4096, "boot information is one page");
