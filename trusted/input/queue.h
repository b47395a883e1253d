/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The event queue of one virtio input device (virtio 1.2, 2.7 "Split
 * Virtqueues"): all buffers lie in the ring all the time, the device fills them,
 * we read and return them. The device is hardware that we trust to mean well;
 * its indices are checked all the same.
 */
#ifndef INPUT_QUEUE_H
#define INPUT_QUEUE_H

#include <stdbool.h>
#include <stdint.h>

#include "translate.h"

enum { QUEUE_BUFFERS = 32, QUEUE_WRITABLE = 2 /* VIRTQ_DESC_F_WRITE */ };

struct queue_descriptor {
    uint64_t address;
    uint32_t length;
    uint16_t flags;
    uint16_t next;
};

struct queue_used {
    uint32_t id;
    uint32_t length;
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

struct queue {
    struct queue_memory *memory;
    uint16_t available; /* our own indices: never read back from the memory */
    uint16_t used;
};

/* Offers every buffer; `physical` is the address of `memory` as the device sees it. */
void queue_start(struct queue *q, struct queue_memory *memory, uint64_t physical);
/* The next event that the device has written; its buffer goes back. False: none. */
bool queue_take(struct queue *q, struct virtio_input_event *out);

#endif
