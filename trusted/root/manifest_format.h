/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The manifest as root reads it: flat tables in the bundle, written by scripts/manifest and
 * completed by scripts/image (where each component's image lies, how large the guest's are).
 * Little-endian; every name is resolved to an index. scripts/manifest/tables.py writes exactly
 * these structs.
 */
#ifndef ROOT_MANIFEST_FORMAT_H
#define ROOT_MANIFEST_FORMAT_H

#include <stdint.h>

#define MANIFEST_MAGIC 0x494e414du /* "MANI" */
#define MANIFEST_VERSION 1u
#define MANIFEST_NONE 0xffffffffu /* instead of an index */

/* Capabilities that the manifest names have slots below this; memory's follow from here. */
enum { MANIFEST_FIRST_MEMORY_SLOT = 64 };

struct manifest_table {
    uint32_t offset; /* bytes from the manifest's start, multiple of 8 */
    uint32_t count;
};

enum manifest_tables {
    MANIFEST_MEMORIES, /* those with an address first, in its order */
    MANIFEST_OBJECTS,
    MANIFEST_COMPONENTS, /* [0] is root itself */
    MANIFEST_THREADS,
    MANIFEST_CAPS,
    MANIFEST_MAPS,
    MANIFEST_BINDS,
    MANIFEST_TABLES
};

struct manifest_header {
    uint32_t magic;
    uint32_t version;
    uint32_t total_bytes;
    uint32_t reserved;
    struct manifest_table tables[MANIFEST_TABLES];
};
_Static_assert(sizeof(struct manifest_header) == 72, "the manifest's header");

enum manifest_memory_kind {
    MANIFEST_ANONYMOUS = 0, /* zeroed RAM, anywhere */
    MANIFEST_RAM,           /* zeroed RAM at `base` */
    MANIFEST_IMAGE,         /* filled by the boot loader at `base` */
    MANIFEST_DEVICE,        /* registers at `base` */
    MANIFEST_BUNDLED,       /* in the bundle, `base` bytes from its start */
    MANIFEST_MEMORY_KINDS
};

struct manifest_memory {
    uint64_t base;
    uint64_t bytes; /* multiple of the page size; 0: an image that was not given */
    uint32_t kind;  /* enum manifest_memory_kind */
    uint32_t page_shift;
    uint32_t owner; /* the restartable component that it goes away with, or MANIFEST_NONE */
    uint32_t reserved;
};
_Static_assert(sizeof(struct manifest_memory) == 32, "one memory");

struct manifest_object {
    uint32_t type;      /* enum object_type of abi/syscall.h */
    uint32_t parameter; /* an interrupt's id; of a vCPU the memory with its state */
    uint32_t owner;     /* as in struct manifest_memory */
    uint32_t reserved;
};
_Static_assert(sizeof(struct manifest_object) == 16, "one object");

enum manifest_component_flags {
    MANIFEST_TRUSTED = 1 << 0,
    MANIFEST_RESTARTABLE = 1 << 1,
};

/* Where an image lies in the bundle: text, rodata, stored data one after the other. */
struct manifest_image {
    uint32_t offset; /* page aligned, from the bundle's start */
    uint32_t text_bytes;
    uint32_t rodata_bytes;
    uint32_t data_stored_bytes;
    uint32_t data_bytes; /* with bss */
    uint32_t entry;
};

struct manifest_range {
    uint32_t first;
    uint32_t count;
};

struct manifest_component {
    char name[16];
    uint32_t flags; /* enum manifest_component_flags */
    uint32_t cnode_bits;
    uint32_t pool_shift; /* log2 of a restartable component's own untyped memory, else 0 */
    uint32_t needs;      /* not started while this memory is empty; MANIFEST_NONE: always */
    struct manifest_range threads;
    struct manifest_range caps;
    struct manifest_range maps;
    struct manifest_image image;
    uint32_t reserved[2];
};
_Static_assert(sizeof(struct manifest_component) == 88, "one component");

struct manifest_thread {
    uint32_t priority;
    uint32_t budget_us; /* 0: no scheduling context of its own, it runs on its callers' */
    uint32_t period_us;
    uint32_t stack_bytes;
    uint32_t notification; /* object bound to it, or MANIFEST_NONE */
    uint32_t reserved;
};
_Static_assert(sizeof(struct manifest_thread) == 24, "one thread");

enum manifest_cap_flags {
    MANIFEST_CAP_FRAME = 1 << 0, /* `object` is a memory of one page */
    MANIFEST_CAP_EPOCH = 1 << 1, /* the badge gets the component's epoch in its upper bits */
};

struct manifest_cap {
    uint32_t slot;
    uint32_t object;
    uint32_t rights; /* enum rights */
    uint32_t badge;  /* 0: none */
    uint32_t flags;
    uint32_t reserved;
};
_Static_assert(sizeof(struct manifest_cap) == 24, "one capability");

struct manifest_map {
    uint64_t address;
    uint32_t memory;
    uint32_t attributes; /* enum map_attribute */
    uint32_t rights;     /* enum rights of the frames' capabilities */
    uint32_t guest;      /* 1: into the component's guest space, 0: into its own */
};
_Static_assert(sizeof(struct manifest_map) == 24, "one mapping");

/* A timer or an interrupt signals `badge` on a notification. */
struct manifest_bind {
    uint32_t object;
    uint32_t notification;
    uint32_t badge;
    uint32_t reserved;
};
_Static_assert(sizeof(struct manifest_bind) == 16, "one binding");

#endif
