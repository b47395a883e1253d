/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * System calls. Register n is Xn on AArch64 and Rn on ARMv7; the instruction is
 * SVC #0. Register 7 holds the number; registers 0..6 the arguments as listed.
 * On return register 0 is an `enum status`, registers 1..6 the results as
 * listed. Registers 8 and up are preserved; registers not listed as results are
 * preserved too, except after receive and call, where 1..6 are all results.
 *
 * `cap` arguments are slot numbers of the caller's own CNode. Operations that
 * fill or empty a slot name it by a pair (cnode, slot): `cnode` is a capability
 * to the CNode, slot its index.
 */
#pragma once

#include "abi/types.h"

enum syscall {
    /* --- IPC and time, the hot ones --------------------------------------- */
    SYS_CALL = 0,      /* 0 endpoint 1 info 2..5 words      -> as SYS_RECEIVE (badge 0) */
    SYS_REPLY_RECEIVE, /* 0 endpoint 1 info 2..5 words 6 reply cap: answer who waits on
                          the reply object (if any), then receive as SYS_RECEIVE */
    SYS_RECEIVE,       /* 0 endpoint 6 reply cap            -> 1 info 2..5 words 6 badge.
                          The caller's bound notification, when signalled, ends the
                          wait too: info = MESSAGE_INFO_SIGNAL, word 0 (reg 2) = bits. */
    SYS_REPLY,         /* 0 reply cap 1 info 2..5 words (the replier does not wait) */
    SYS_SIGNAL,        /* 0 notification: OR the capability's badge into its word */
    SYS_WAIT,          /* 0 notification                    -> 1 bits (cleared) */
    SYS_POLL,          /* 0 notification                    -> 1 bits, or WOULD_BLOCK */
    SYS_YIELD,         /* give the rest of this period's budget up */
    SYS_NULL,          /* nothing; measures the trap */
    SYS_VCPU_RUN,      /* 0 vcpu: enter the guest; returns when it exits, see abi/vcpu.h */

    /* --- capabilities ------------------------------------------------------ */
    SYS_CAP_COPY,       /* 0 dst cnode 1 dst slot 2 src cnode 3 src slot 4 rights 5 badge:
                                derive a child; rights only shrink; badge 0 keeps the source's,
                                another may be set only on an unbadged endpoint or notification;
                                a thread's is the highest priority it may be given, and sinks */
    SYS_CAP_MOVE,       /* 0 dst cnode 1 dst slot 2 src cnode 3 src slot */
    SYS_CAP_DELETE,     /* 0 cnode 1 slot */
    SYS_CAP_REVOKE,     /* 0 cnode 1 slot: delete all descendants, preemptibly */
    SYS_CAP_INFO,       /* 0 cnode 1 slot -> 1 type|rights<<8|depth<<16, 2 badge or size,
                           3 object id: the same for two capabilities to one object */
    SYS_UNTYPED_RETYPE, /* 0 untyped 1 type 2 parameter 3 offset (bytes, RETYPE_NEXT = next
                           free) 4 dst cnode 5 dst slot. The parameter is listed below. */

    /* --- memory ------------------------------------------------------------ */
    SYS_SPACE_MAP_TABLE, /* 0 space 1 table 2 ipa 3 level (2 or 3) */
    SYS_SPACE_MAP,       /* 0 space 1 frame 2 ipa 3 enum map_attribute bits */
    SYS_SPACE_UNMAP,     /* 0 frame: take it out of the space it is mapped in */
    SYS_FRAME_ADDRESS,   /* 0 frame with RIGHT_DMA -> 1 physical address low 32 bits 2 high 32
                            bits 3 log2 size */

    /* --- threads and time --------------------------------------------------- */
    SYS_THREAD_CONFIGURE, /* 0 thread 1 cnode 2 space 3 message frame 4 offset in it
                           5 fault endpoint (0 none) 6 priority 0..63 */
    SYS_THREAD_START,     /* 0 thread 1 pc 2 sp 3 argument (register 0 at entry) */
    SYS_THREAD_SUSPEND,
    SYS_THREAD_RESUME,   /* 0 thread */
    SYS_THREAD_BIND,     /* 0 thread 1 notification: receive and vcpu_run of this thread end
                            when it is signalled */
    SYS_SCHED_CONFIGURE, /* 0 sched control 1 sched context 2 budget us 3 period us */
    SYS_SCHED_BIND,      /* 0 sched context 1 thread */
    SYS_SCHED_UNBIND,    /* 0 sched context */
    SYS_TIMER_BIND,      /* 0 sched control 1 timer 2 notification capability (its badge) */
    SYS_TIMER_SET,       /* 0 timer 1 deadline low 32 bits 2 high 32 bits, CNTPCT ticks */
    SYS_TIMER_CANCEL,    /* 0 timer */

    /* --- interrupts, vcpus, debugging ---------------------------------------- */
    SYS_IRQ_GET,        /* 0 irq control 1 interrupt id 2 dst cnode 3 dst slot */
    SYS_IRQ_BIND,       /* 0 irq 1 notification capability (its badge is what is signalled) */
    SYS_IRQ_ACK,        /* 0 irq: unmask it again */
    SYS_VCPU_CONFIGURE, /* 0 vcpu 1 guest space 2 state frame (a 4 KiB frame) */
    SYS_VCPU_RESET,     /* 0 vcpu: EL1 state as after reset; registers stay as in the page */
    SYS_CONSOLE_WRITE,  /* 0 console 1 count 1..16 2..5 bytes, little-endian: to the kernel's
                           console; only root and tests hold this */
    SYS_SHUTDOWN,       /* 0 sched control 1 enum shutdown: PSCI system off or reset */
};

/* Objects, as SYS_UNTYPED_RETYPE and SYS_CAP_INFO name them. [parameter] */
enum object_type {
    OBJECT_NONE = 0,
    OBJECT_UNTYPED, /* [log2 size, 12..30] */
    OBJECT_CNODE,   /* [log2 slots, 4..12] */
    OBJECT_ENDPOINT,
    OBJECT_NOTIFICATION,
    OBJECT_REPLY,
    OBJECT_THREAD,
    OBJECT_SCHED, /* [0] */
    OBJECT_SPACE, /* [enum space_kind] */
    OBJECT_TABLE, /* [0]: one 4 KiB page table */
    OBJECT_FRAME, /* [log2 size, 12 or 21] */
    OBJECT_VCPU,
    OBJECT_TIMER, /* [0] */
    OBJECT_IRQ,   /* only from SYS_IRQ_GET */
    OBJECT_IRQ_CONTROL,
    OBJECT_SCHED_CONTROL,
    OBJECT_CONSOLE, /* only root's first */
    OBJECT_TYPES
};

enum space_kind { SPACE_NATIVE = 0, SPACE_GUEST = 1 };
enum shutdown { SHUTDOWN_OFF = 0, SHUTDOWN_RESET = 1 };

/* Rights. What each means for an object is in docs/syscalls.md. */
enum rights {
    RIGHT_READ = 1 << 0,   /* receive, wait, read memory */
    RIGHT_WRITE = 1 << 1,  /* call, signal, write memory */
    RIGHT_EXEC = 1 << 2,   /* execute memory */
    RIGHT_GRANT = 1 << 3,  /* transfer a capability in a message */
    RIGHT_DMA = 1 << 4,    /* may ask for the physical address */
    RIGHT_MANAGE = 1 << 5, /* configure, bind, start, map into */
    RIGHTS_ALL = 0x3f,
};

enum map_attribute {
    MAP_READ = 1 << 0,
    MAP_WRITE = 1 << 1,
    MAP_EXEC = 1 << 2,     /* together with MAP_WRITE only in a SPACE_GUEST */
    MAP_DEVICE = 1 << 3,   /* Device-nGnRE; forced for frames out of device memory */
    MAP_UNCACHED = 1 << 4, /* Normal non-cacheable */
};

#define RETYPE_NEXT (~(abi_word)0)
enum {
    MESSAGE_INFO_SIGNAL = 1 << 8, /* only in received info: this is a signal, no message */
    PRIORITIES = 64,              /* 63 is the most urgent */
    DERIVATION_DEPTH = 15,        /* the deepest capability that may exist */
};
