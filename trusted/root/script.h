/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Root's script: the system calls that create what the manifest says, written by the image builder
 * (images/manifest/script.py has the same layouts). Little-endian. In the bundle there follow, one
 * after the other: the header, the regions of memory that the script relies on (struct
 * boot_untyped), the components, the steps.
 */
#pragma once

#include <stdbool.h>

#include "abi/boot.h"
#include "abi/syscall.h"

#define SCRIPT_MAGIC 0x50524353u /* "SCRP" */
#define SCRIPT_VERSION 1u

enum script_section {
    SCRIPT_OPEN,    /* take the bundle apart, and read the rest of this through its pages */
    SCRIPT_START,   /* create and start the trusted side, then root's second thread */
    SCRIPT_SEAL,    /* give up what a restart of the untrusted side does not need */
    SCRIPT_BUILD,   /* create and start the untrusted side; empty: there is none */
    SCRIPT_DESTROY, /* take its memory back, and with that everything it held */
    SCRIPT_SECTIONS
};

enum {
    SCRIPT_COMPONENTS_MAX = 32,
    SCRIPT_STEPS_MAX = 8192,
    SCRIPT_OPEN_MAX = 8,           /* steps that root copies before the bundle is taken apart */
    SCRIPT_WINDOW_VA = 0x00a00000, /* pages to be filled are mapped here, behind the bundle */
    SCRIPT_WINDOW_BYTES = 0x00200000,
    SCRIPT_SUPERVISOR = 8,  /* thread number; puts its message buffer behind the kernel's pages */
    SCRIPT_ALIGN = 8,       /* of the script in the bundle */
    SCRIPT_EPOCH_SHIFT = 8, /* DIALLER_BADGE_EPOCH_SHIFT */
};

struct script_header {
    uint32_t magic;
    uint32_t version;
    uint32_t total_bytes;
    uint32_t region_count;
    uint32_t component_count;
    uint32_t step_count;
    struct {
        uint32_t first, count;
    } sections[SCRIPT_SECTIONS];
};
_Static_assert(sizeof(struct script_header) == 64, "the script's header");

struct script_component {
    char name[16];
    uint32_t cnode; /* root's slot of its CNode, until that is given up */
    uint32_t slots;
    uint32_t is_restartable;
};
_Static_assert(sizeof(struct script_component) == 28, "one component");

/* A system call, `count` times: each time the arguments with a bit in `ones` grow by one, those
 * with a bit in `sizes` by 1 << size_shift. */
struct script_step {
    uint8_t call; /* enum syscall or enum script_call */
    uint8_t ones;
    uint8_t sizes;
    uint8_t size_shift;
    uint32_t count;
    uint32_t argument[7];
};
_Static_assert(sizeof(struct script_step) == 36, "one step");

enum script_call {
    SCRIPT_CREATE = 128, /* SYS_UNTYPED_RETYPE at the next free place */
    SCRIPT_COPY_EPOCH,   /* SYS_CAP_COPY with the number of restarts in the badge (dialler.h) */
    SCRIPT_FILL,         /* 0 offset in the bundle, 1 bytes: copies them into the window */
};

struct script {
    const struct script_header *header;
    const struct boot_untyped *regions;
    const struct script_component *components;
    const struct script_step *steps;
    const struct bundle_header *bundle;
    uint32_t epoch; /* restarts of the untrusted side so far */
};

/* False: this is no script that root can carry out on a machine with this memory. Afterwards every
 * section lies inside the steps, and every step is a call that a script may make. */
bool script_open(const struct bundle_header *bundle, const struct boot_info *boot,
                 struct script *script_out);

/* STATUS_OK, or what the first step that failed answered; its number is in *failed_out. */
enum status script_run(const struct script *script, enum script_section section,
                       uint32_t *failed_out);
