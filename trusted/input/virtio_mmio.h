/* SPDX-License-Identifier: BSD-2-Clause */
/* A virtio input device behind a memory-mapped transport (virtio 1.2, 4.2 "Virtio Over MMIO"). */
#ifndef INPUT_VIRTIO_MMIO_H
#define INPUT_VIRTIO_MMIO_H

#include "queue.h"

struct virtio_input {
    uintptr_t base; /* 0: there is no such device */
    struct queue queue;
    struct translate translate;
};

/* Does an input device sit at this transport? */
bool virtio_input_is_at(uintptr_t base);
/* Resets, reads what it is, and starts it. False: it refuses what this driver needs. */
bool virtio_input_start(struct virtio_input *d, uintptr_t base, struct queue_memory *memory,
                        uint64_t physical);
/* Tells the device that its interrupt has been seen. */
void virtio_input_acknowledge(const struct virtio_input *d);
/* Tells the device that buffers were returned. */
void virtio_input_notify(const struct virtio_input *d);

#endif
