/* SPDX-License-Identifier: BSD-2-Clause */
/* Registers and queues of virtio devices over MMIO (virtio 1.2, 4.2). The guest's memory may lie.
 */
#include "virtio_mmio.h"

/* virtio 1.2, table 4.1 "MMIO Device Register Layout" */
enum virtio_offset {
    MAGIC_VALUE = 0x000,
    VERSION = 0x004,
    DEVICE_ID = 0x008,
    VENDOR_ID = 0x00c,
    DEVICE_FEATURES = 0x010,
    DEVICE_FEATURES_SEL = 0x014,
    DRIVER_FEATURES = 0x020,
    DRIVER_FEATURES_SEL = 0x024,
    QUEUE_SEL = 0x030,
    QUEUE_NUM_MAX = 0x034,
    QUEUE_NUM = 0x038,
    QUEUE_READY = 0x044,
    QUEUE_NOTIFY = 0x050,
    INTERRUPT_STATUS = 0x060,
    INTERRUPT_ACK = 0x064,
    STATUS = 0x070,
    QUEUE_DESC = 0x080,
    QUEUE_DRIVER = 0x090,
    QUEUE_DEVICE = 0x0a0,
    SHM_SEL = 0x0ac,
    SHM_LEN_BASE = 0x0b0,
    CONFIG_GENERATION = 0x0fc,
    CONFIG = 0x100,
};

enum {
    MAGIC = 0x74726976,
    VENDOR = 0x4e424f52, /* "ROBN" */
    INTERRUPT_USED = 1,
    INTERRUPT_CONFIG = 2,
    DESCRIPTOR_NEXT = 1,
    DESCRIPTOR_WRITE = 2,
    DESCRIPTOR_INDIRECT = 4,
    AVAILABLE_NO_INTERRUPT = 1,
    DESCRIPTOR_BYTES = 16,
    RING_HEADER_BYTES = 4,
    AVAILABLE_BYTES = 2,
    USED_BYTES = 8,
};
static const uint64_t features_offered = UINT64_C(1) << 32; /* VIRTIO_F_VERSION_1 */

/* 2.7.5 "The Virtqueue Descriptor Table"; little-endian, as both sides are. */
struct descriptor {
    uint64_t address;
    uint32_t bytes;
    uint16_t flags;
    uint16_t next;
};
_Static_assert(sizeof(struct descriptor) == DESCRIPTOR_BYTES, "2.7.5");

static uint16_t load_16(const void *at)
{
    return __atomic_load_n((const uint16_t *)at, __ATOMIC_ACQUIRE);
}

static void store_16(void *at, uint16_t value)
{
    __atomic_store_n((uint16_t *)at, value, __ATOMIC_RELEASE);
}

static void store_32(void *at, uint32_t value)
{
    __atomic_store_n((uint32_t *)at, value, __ATOMIC_RELAXED);
}

static void update_interrupt(struct virtio_device *device)
{
    vgic_set_line(device->gic, device->irq, device->interrupt_status != 0);
}

/* 2.1.2: the driver is told that only a reset helps. */
static void break_device(struct virtio_device *device)
{
    device->status |= VIRTIO_NEEDS_RESET;
    device->interrupt_status |= INTERRUPT_CONFIG;
    update_interrupt(device);
}

void virtio_reset(struct virtio_device *device)
{
    device->status = 0;
    device->interrupt_status = 0;
    device->feature_page = 0;
    device->driver_feature_page = 0;
    device->queue_select = 0;
    device->driver_features = 0;
    for (uint32_t i = 0; i < VIRTIO_QUEUES; i++) {
        device->queues[i] = (struct virtqueue){ .size = VIRTIO_QUEUE_SIZE };
    }
    device->kind->reset(device);
    update_interrupt(device);
}

/* ---- the rings ------------------------------------------------------------------------------- */

static bool is_usable_size(uint32_t size)
{
    return size != 0 && size <= VIRTIO_QUEUE_SIZE && (size & (size - 1)) == 0;
}

static uint8_t *ring_at(const struct virtio_device *device, uint64_t address, uint64_t bytes,
                        uint64_t alignment)
{
    return (address & (alignment - 1)) != 0 ? NULL
                                            : guest_memory_at(device->memory, address, bytes);
}

static uint8_t *descriptors_at(const struct virtio_device *device, const struct virtqueue *queue)
{
    return ring_at(device, queue->descriptors, DESCRIPTOR_BYTES * (uint64_t)queue->size, 16);
}

static uint8_t *available_at(const struct virtio_device *device, const struct virtqueue *queue)
{
    return ring_at(device, queue->available,
                   RING_HEADER_BYTES + AVAILABLE_BYTES * (uint64_t)queue->size, 2);
}

static uint8_t *used_at(const struct virtio_device *device, const struct virtqueue *queue)
{
    return ring_at(device, queue->used, RING_HEADER_BYTES + USED_BYTES * (uint64_t)queue->size, 4);
}

static struct virtqueue *running_queue(struct virtio_device *device, uint32_t queue)
{
    if (queue >= VIRTIO_QUEUES || !virtio_is_running(device) || !device->queues[queue].is_ready) {
        return NULL;
    }
    return &device->queues[queue];
}

uint32_t virtio_waiting(struct virtio_device *device, uint32_t queue)
{
    struct virtqueue *q = running_queue(device, queue);
    if (q == NULL) {
        return 0;
    }
    const uint8_t *available = available_at(device, q);
    if (available == NULL) {
        break_device(device);
        return 0;
    }
    const uint32_t waiting = (uint16_t)(load_16(available + 2) - q->next_available);
    if (waiting > q->size) {
        break_device(device);
        return 0;
    }
    return waiting;
}

/* One step of a chain, from our own copy of the descriptor. False: broken. */
static bool add_segment(const struct virtio_device *device, const struct descriptor *descriptor,
                        struct virtio_request *request)
{
    if (request->count >= VIRTIO_SEGMENTS || (descriptor->flags & DESCRIPTOR_INDIRECT) != 0) {
        return false;
    }
    struct virtio_segment *segment = &request->segments[request->count++];
    segment->start = guest_memory_at(device->memory, descriptor->address, descriptor->bytes);
    segment->bytes = descriptor->bytes;
    segment->is_writable = (descriptor->flags & DESCRIPTOR_WRITE) != 0;
    return segment->start != NULL;
}

static bool walk_chain(const struct virtio_device *device, const struct virtqueue *queue,
                       const uint8_t *table, struct virtio_request *request)
{
    uint32_t index = request->head;
    request->count = 0;
    for (uint32_t steps = 0; steps < queue->size; steps++) {
        if (index >= queue->size) {
            return false;
        }
        struct descriptor descriptor;
        __builtin_memcpy(&descriptor, table + index * DESCRIPTOR_BYTES, sizeof(descriptor));
        if (!add_segment(device, &descriptor, request)) {
            return false;
        }
        if ((descriptor.flags & DESCRIPTOR_NEXT) == 0) {
            return true;
        }
        index = descriptor.next;
    }
    return false;
}

bool virtio_take(struct virtio_device *device, uint32_t queue, struct virtio_request *request)
{
    if (virtio_waiting(device, queue) == 0) {
        return false;
    }
    struct virtqueue *q = &device->queues[queue];
    const uint8_t *available = available_at(device, q);
    const uint8_t *table = descriptors_at(device, q);
    if (available == NULL || table == NULL) {
        break_device(device);
        return false;
    }
    const uint32_t slot = q->next_available % q->size;
    request->head = load_16(available + RING_HEADER_BYTES + slot * AVAILABLE_BYTES);
    if (!walk_chain(device, q, table, request)) {
        break_device(device);
        return false;
    }
    q->next_available++;
    return true;
}

void virtio_give(struct virtio_device *device, uint32_t queue, uint16_t head, uint32_t written)
{
    struct virtqueue *q = running_queue(device, queue);
    uint8_t *used = q == NULL ? NULL : used_at(device, q);
    if (used == NULL) {
        break_device(device);
        return;
    }
    uint8_t *element = used + RING_HEADER_BYTES + (q->next_used % q->size) * USED_BYTES;
    store_32(element, head);
    store_32(element + 4, written);
    q->next_used++;
    store_16(used + 2, q->next_used);
}

void virtio_interrupt(struct virtio_device *device)
{
    device->interrupt_status |= INTERRUPT_USED;
    update_interrupt(device);
}

/* ---- registers ------------------------------------------------------------------------------- */

/* Q1: the queue that the selector names, or NULL. */
static struct virtqueue *selected_queue(struct virtio_device *device)
{
    return device->queue_select < VIRTIO_QUEUES ? &device->queues[device->queue_select] : NULL;
}

/* Q2: as above, but only while it may still be configured. */
static struct virtqueue *configurable_queue(struct virtio_device *device)
{
    struct virtqueue *queue = selected_queue(device);
    return queue == NULL || queue->is_ready ? NULL : queue;
}

static uint32_t identity_read(void *device, uint32_t offset, uint32_t width)
{
    (void)width;
    const uint32_t identity[] = { MAGIC, 2, ((const struct virtio_device *)device)->kind->device_id,
                                  VENDOR };
    return identity[offset / 4];
}

static uint32_t device_features_read(void *device, uint32_t offset, uint32_t width)
{
    (void)offset, (void)width;
    const uint32_t page = ((const struct virtio_device *)device)->feature_page;
    return page < 2 ? (uint32_t)(features_offered >> (32 * page)) : 0;
}

static void device_features_sel_write(void *device, uint32_t offset, uint32_t width, uint32_t value)
{
    (void)offset, (void)width;
    ((struct virtio_device *)device)->feature_page = value;
}

static void driver_features_write(void *opaque, uint32_t offset, uint32_t width, uint32_t value)
{
    (void)offset, (void)width;
    struct virtio_device *device = opaque;
    if (device->driver_feature_page < 2 && (device->status & VIRTIO_FEATURES_OK) == 0) {
        const uint32_t shift = 32 * device->driver_feature_page;
        device->driver_features &= ~((uint64_t)0xffffffff << shift);
        device->driver_features |= (uint64_t)value << shift;
    }
}

static void driver_features_sel_write(void *device, uint32_t offset, uint32_t width, uint32_t value)
{
    (void)offset, (void)width;
    ((struct virtio_device *)device)->driver_feature_page = value;
}

static void queue_sel_write(void *device, uint32_t offset, uint32_t width, uint32_t value)
{
    (void)offset, (void)width;
    ((struct virtio_device *)device)->queue_select = value;
}

static uint32_t queue_num_max_read(void *device, uint32_t offset, uint32_t width)
{
    (void)offset, (void)width;
    return selected_queue(device) != NULL ? VIRTIO_QUEUE_SIZE : 0;
}

static void queue_num_write(void *device, uint32_t offset, uint32_t width, uint32_t value)
{
    (void)offset, (void)width;
    struct virtqueue *queue = configurable_queue(device);
    if (queue != NULL && is_usable_size(value)) {
        queue->size = value;
    }
}

static uint32_t queue_ready_read(void *device, uint32_t offset, uint32_t width)
{
    (void)offset, (void)width;
    const struct virtqueue *queue = selected_queue(device);
    return queue != NULL && queue->is_ready;
}

static void queue_ready_write(void *opaque, uint32_t offset, uint32_t width, uint32_t value)
{
    (void)offset, (void)width;
    struct virtio_device *device = opaque;
    struct virtqueue *queue = selected_queue(device);
    if (queue == NULL) {
        return;
    }
    if ((value & 1) == 0) {
        queue->is_ready = false;
    } else if (descriptors_at(device, queue) != NULL && available_at(device, queue) != NULL &&
               used_at(device, queue) != NULL) {
        queue->is_ready = true;
    } else {
        break_device(device);
    }
}

static void queue_notify_write(void *opaque, uint32_t offset, uint32_t width, uint32_t value)
{
    (void)offset, (void)width;
    struct virtio_device *device = opaque;
    if (running_queue(device, value) != NULL) {
        device->kind->notify(device, value);
    }
}

static uint32_t interrupt_status_read(void *device, uint32_t offset, uint32_t width)
{
    (void)offset, (void)width;
    return ((const struct virtio_device *)device)->interrupt_status;
}

static void interrupt_ack_write(void *opaque, uint32_t offset, uint32_t width, uint32_t value)
{
    (void)offset, (void)width;
    struct virtio_device *device = opaque;
    device->interrupt_status &= ~value;
    update_interrupt(device);
}

static uint32_t status_read(void *device, uint32_t offset, uint32_t width)
{
    (void)offset, (void)width;
    return ((const struct virtio_device *)device)->status;
}

/* 3.1.1 "Driver Requirements: Device Initialization": FEATURES_OK sticks only when the
 * features are ours to give; bits are never taken back but by a reset. */
static void status_write(void *opaque, uint32_t offset, uint32_t width, uint32_t value)
{
    (void)offset, (void)width;
    struct virtio_device *device = opaque;
    if (value == 0) {
        virtio_reset(device);
        return;
    }
    if (device->driver_features != features_offered) {
        value &= ~(uint32_t)(VIRTIO_FEATURES_OK | VIRTIO_DRIVER_OK);
    }
    device->status |= value & 0xff & ~(uint32_t)VIRTIO_NEEDS_RESET;
}

static void queue_address_write(void *device, uint32_t offset, uint32_t width, uint32_t value)
{
    (void)width;
    struct virtqueue *queue = configurable_queue(device);
    if (queue == NULL) {
        return;
    }
    uint64_t *address = offset < QUEUE_DRIVER   ? &queue->descriptors
                        : offset < QUEUE_DEVICE ? &queue->available
                                                : &queue->used;
    const uint32_t shift = (offset & 4) != 0 ? 32 : 0;
    *address = (*address & ~((uint64_t)0xffffffff << shift)) | (uint64_t)value << shift;
}

/* 4.2.2.1: no shared memory regions, all ones. */
static uint32_t shm_read(void *device, uint32_t offset, uint32_t width)
{
    (void)device, (void)offset, (void)width;
    return UINT32_MAX;
}

static uint32_t config_read(void *opaque, uint32_t offset, uint32_t width)
{
    struct virtio_device *device = opaque;
    uint32_t value = 0;
    for (uint32_t i = 0; i < width; i++) {
        value |= (uint32_t)device->kind->config_read(device, offset - CONFIG + i) << (8 * i);
    }
    return value;
}

static void config_write(void *opaque, uint32_t offset, uint32_t width, uint32_t value)
{
    struct virtio_device *device = opaque;
    for (uint32_t i = 0; i < width; i++) {
        device->kind->config_write(device, offset - CONFIG + i, (uint8_t)(value >> (8 * i)));
    }
}

const struct vreg virtio_rows[] = {
    { .offset = MAGIC_VALUE,
      .bytes = 16,
      .widths = WIDTH_4,
      .read = identity_read,
      .name = "MagicValue, Version, DeviceID, VendorID" },
    { .offset = DEVICE_FEATURES,
      .bytes = 4,
      .widths = WIDTH_4,
      .read = device_features_read,
      .name = "DeviceFeatures" },
    { .offset = DEVICE_FEATURES_SEL,
      .bytes = 4,
      .widths = WIDTH_4,
      .write = device_features_sel_write,
      .name = "DeviceFeaturesSel" },
    { .offset = DRIVER_FEATURES,
      .bytes = 4,
      .widths = WIDTH_4,
      .write = driver_features_write,
      .name = "DriverFeatures" },
    { .offset = DRIVER_FEATURES_SEL,
      .bytes = 4,
      .widths = WIDTH_4,
      .write = driver_features_sel_write,
      .name = "DriverFeaturesSel" },
    { .offset = QUEUE_SEL,
      .bytes = 4,
      .widths = WIDTH_4,
      .write = queue_sel_write,
      .name = "QueueSel" },
    { .offset = QUEUE_NUM_MAX,
      .bytes = 4,
      .widths = WIDTH_4,
      .read = queue_num_max_read,
      .name = "QueueNumMax" },
    { .offset = QUEUE_NUM,
      .bytes = 4,
      .widths = WIDTH_4,
      .write = queue_num_write,
      .name = "QueueNum" },
    { .offset = QUEUE_READY,
      .bytes = 4,
      .widths = WIDTH_4,
      .read = queue_ready_read,
      .write = queue_ready_write,
      .name = "QueueReady" },
    { .offset = QUEUE_NOTIFY,
      .bytes = 4,
      .widths = WIDTH_4,
      .write = queue_notify_write,
      .name = "QueueNotify" },
    { .offset = INTERRUPT_STATUS,
      .bytes = 4,
      .widths = WIDTH_4,
      .read = interrupt_status_read,
      .name = "InterruptStatus" },
    { .offset = INTERRUPT_ACK,
      .bytes = 4,
      .widths = WIDTH_4,
      .write = interrupt_ack_write,
      .name = "InterruptACK" },
    { .offset = STATUS,
      .bytes = 4,
      .widths = WIDTH_4,
      .read = status_read,
      .write = status_write,
      .name = "Status" },
    { .offset = QUEUE_DESC,
      .bytes = 8,
      .widths = WIDTH_4,
      .write = queue_address_write,
      .name = "QueueDesc" },
    { .offset = QUEUE_DRIVER,
      .bytes = 8,
      .widths = WIDTH_4,
      .write = queue_address_write,
      .name = "QueueDriver" },
    { .offset = QUEUE_DEVICE,
      .bytes = 8,
      .widths = WIDTH_4,
      .write = queue_address_write,
      .name = "QueueDevice" },
    { .offset = SHM_SEL, .bytes = 4, .widths = WIDTH_4, .name = "SHMSel" },
    { .offset = SHM_LEN_BASE,
      .bytes = 16,
      .widths = WIDTH_4,
      .read = shm_read,
      .name = "SHMLen, SHMBase" },
    { .offset = CONFIG_GENERATION, .bytes = 4, .widths = WIDTH_4, .name = "ConfigGeneration" },
    { .offset = CONFIG,
      .bytes = 0x100,
      .widths = WIDTH_1_2_4,
      .lanes = 1,
      .read = config_read,
      .write = config_write,
      .name = "Config" },
};
const uint32_t virtio_row_count = sizeof(virtio_rows) / sizeof(virtio_rows[0]);
