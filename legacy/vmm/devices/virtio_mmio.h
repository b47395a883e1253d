/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Virtio over MMIO, version 2 of the transport (virtio 1.2, 4.2 "Virtio Over
 * MMIO", 2.7 "Split Virtqueues"). The driver is hostile:
 *
 *  Q1 A selector is range-checked at every register that uses it.
 *  Q2 A queue's size and addresses cannot change while it is ready.
 *  Q3 Every guest address is translated at every use; one that does not
 *     translate ends the request, and the device asks for a reset.
 *  Q4 Ring indices and descriptors are read once; chains end after `size` steps.
 */
#pragma once

#include <stdbool.h>
#include <stdint.h>

#include "guest_memory.h"
#include "mmio.h"
#include "vgic.h"

enum {
    VIRTIO_QUEUES = 2,
    VIRTIO_QUEUE_SIZE = 64,
    VIRTIO_SEGMENTS = 4,
    VIRTIO_REGISTER_BYTES = 0x200
};

/* 2.1 "Device Status Field" */
enum virtio_status {
    VIRTIO_ACKNOWLEDGE = 1,
    VIRTIO_DRIVER = 2,
    VIRTIO_DRIVER_OK = 4,
    VIRTIO_FEATURES_OK = 8,
    VIRTIO_NEEDS_RESET = 64,
    VIRTIO_FAILED = 128,
};

struct virtqueue {
    uint32_t size;
    bool is_ready;
    uint16_t next_available; /* private: the guest cannot move it */
    uint16_t next_used;
    uint64_t descriptors, available, used;
};

struct virtio_device;
struct virtio_class {
    uint32_t device_id;
    void (*notify)(struct virtio_device *device, uint32_t queue);
    uint8_t (*config_read)(struct virtio_device *device, uint32_t offset);
    void (*config_write)(struct virtio_device *device, uint32_t offset, uint8_t value);
    void (*reset)(struct virtio_device *device);
};

struct virtio_device {
    const struct virtio_class *kind;
    const struct guest_memory *memory;
    struct vgic *gic;
    uint32_t irq;
    uint32_t status, interrupt_status;
    uint32_t feature_page, driver_feature_page, queue_select; /* whatever the guest wrote */
    uint64_t driver_features;
    struct virtqueue queues[VIRTIO_QUEUES];
};

struct virtio_segment {
    uint8_t *start;
    uint32_t bytes;
    bool is_writable; /* by the device */
};
struct virtio_request {
    uint16_t head;
    uint32_t count;
    struct virtio_segment segments[VIRTIO_SEGMENTS];
};

extern const struct vreg virtio_rows[];
extern const uint32_t virtio_row_count;

void virtio_reset(struct virtio_device *device);
static inline bool virtio_is_running(const struct virtio_device *device)
{
    return (device->status & (VIRTIO_DRIVER_OK | VIRTIO_NEEDS_RESET)) == VIRTIO_DRIVER_OK;
}
/* How many requests wait; a lying index makes the device ask for a reset and is 0. */
uint32_t virtio_waiting(struct virtio_device *device, uint32_t queue);
/* False: nothing waits, or the guest's rings are broken. */
bool virtio_take(struct virtio_device *device, uint32_t queue, struct virtio_request *request);
void virtio_give(struct virtio_device *device, uint32_t queue, uint16_t head, uint32_t written);
/* After some virtio_give(): the used buffer notification. */
void virtio_interrupt(struct virtio_device *device);
