/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * A virtio input device behind a memory-mapped transport (virtio 1.2, 4.2 "Virtio Over MMIO"), and
 * what its evdev events mean to the display.
 *
 * All buffers of the event queue (2.7 "Split Virtqueues") lie in the ring all the time: the device
 * fills them, we read and return them. The device is hardware that we trust to mean well; its
 * indices are checked all the same.
 */
#pragma once

#include <stdbool.h>
#include <stdint.h>

#include "input.h"

enum { QUEUE_BUFFERS = 32, QUEUE_WRITABLE = 2 /* VIRTQ_DESC_F_WRITE */, TRANSLATE_OUT_MAX = 3 };

/* 5.8.6 "Device Operation", little-endian */
struct virtio_input_event {
    uint16_t type, code;
    uint32_t value;
};
_Static_assert(sizeof(struct virtio_input_event) == 8, "as the device writes it");

struct queue_descriptor {
    uint64_t address;
    uint32_t length;
    uint16_t flags, next;
};

struct queue_used {
    uint32_t id, length;
};

/* What lies in memory that the device reaches; half a page. */
struct queue_memory {
    struct queue_descriptor descriptors[QUEUE_BUFFERS]; /* aligned to 16 */
    uint16_t available_flags, available_index;
    uint16_t available[QUEUE_BUFFERS + 1];
    uint16_t padding;
    uint16_t used_flags, used_index; /* aligned to 4 */
    struct queue_used used[QUEUE_BUFFERS];
    struct virtio_input_event events[QUEUE_BUFFERS];
};
_Static_assert(sizeof(struct queue_memory) <= 2048, "two devices share a page");
_Static_assert(__builtin_offsetof(struct queue_memory, used_flags) % 4 == 0, "2.7 alignment");

struct axis {
    uint32_t minimum, maximum; /* what the device sends */
    int32_t extent, position;  /* pixels of the panel */
};

struct finger {
    struct axis axis[2];                        /* x, y */
    bool is_down;                               /* as the device said last */
    bool was_down;                              /* ... as the display was told */
    bool has_gone_down, has_gone_up, has_moved; /* since the last complete report */
};

struct device {
    uintptr_t base; /* 0: there is no such device */
    struct queue_memory *memory;
    uint16_t available, used; /* our own indices: never read back from the memory */
    struct finger finger;
};

/* Does an input device sit at this transport? */
bool device_is_at(uintptr_t base);
/* Resets the device and offers it every buffer; `physical` is the address of `memory` as the device
 * sees it. False: it refuses what this driver needs. */
bool device_start(struct device *d, uintptr_t base, struct queue_memory *memory, uint64_t physical);
/* Tells the device that its interrupt has been seen, or that buffers were returned. */
void device_acknowledge(const struct device *d);
void device_notify(const struct device *d);
/* The next event that the device has written; its buffer goes back. False: none. */
bool device_take(struct device *d, struct virtio_input_event *out);

/* Takes one event in; `out` gets what the display has to be told, at most
 * TRANSLATE_OUT_MAX, and their number is returned. */
uint32_t translate_event(struct finger *f, struct virtio_input_event in, struct input_event *out);
