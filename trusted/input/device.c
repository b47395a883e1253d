/* SPDX-License-Identifier: BSD-2-Clause */
/* The board's input devices, found and served one after another. */
#include "driver.h"

#include "runtime/barrier.h"
#include "runtime/mmio.h"

/* virtio 1.2, 4.2.2 "MMIO Device Register Layout" */
enum virtio_register {
    REG_MAGIC = 0x000,
    REG_VERSION = 0x004,
    REG_DEVICE_ID = 0x008,
    REG_DEVICE_FEATURES = 0x010,
    REG_DEVICE_FEATURES_SEL = 0x014,
    REG_DRIVER_FEATURES = 0x020,
    REG_DRIVER_FEATURES_SEL = 0x024,
    REG_QUEUE_SEL = 0x030,
    REG_QUEUE_NUM_MAX = 0x034,
    REG_QUEUE_NUM = 0x038,
    REG_QUEUE_READY = 0x044,
    REG_QUEUE_NOTIFY = 0x050,
    REG_INTERRUPT_STATUS = 0x060,
    REG_INTERRUPT_ACK = 0x064,
    REG_STATUS = 0x070,
    REG_QUEUE_DESC = 0x080,
    REG_QUEUE_DRIVER = 0x090,
    REG_QUEUE_DEVICE = 0x0a0,
    REG_CONFIG = 0x100,
};

enum {
    MAGIC = 0x74726976,
    VERSION = 2,
    DEVICE_INPUT = 18,
    STATUS_ACKNOWLEDGE = 1,
    STATUS_DRIVER = 2,
    STATUS_DRIVER_OK = 4,
    STATUS_FEATURES_OK = 8,
    FEATURE_VERSION_1_HIGH = 1 << 0 /* bit 32 */,
    EVENT_QUEUE = 0,
};

/* 5.8.4 "Device configuration layout" */
enum input_config {
    CONFIG_SELECT = REG_CONFIG,
    CONFIG_SUBSEL,
    CONFIG_SIZE,
    CONFIG_DATA = REG_CONFIG + 8,
    SELECT_ABS_INFO = 0x12,
    ABS_INFO_BYTES = 20,
};

#define OFFSET(part) __builtin_offsetof(struct queue_memory, part)

enum { PANEL_WIDTH = 480, PANEL_HEIGHT = 800, TABLET_MAXIMUM = 0x7fff };

/* ---- starting -------------------------------------------------------------------------------- */

static void write_address(uintptr_t reg, uint64_t address)
{
    mmio_write32(reg, (uint32_t)address);
    mmio_write32(reg + 4, (uint32_t)(address >> 32));
}

static void add_status(uintptr_t base, uint32_t bits)
{
    mmio_write32(base + REG_STATUS, mmio_read32(base + REG_STATUS) | bits);
}

bool device_is_at(uintptr_t base)
{
    return mmio_read32(base + REG_MAGIC) == MAGIC && mmio_read32(base + REG_VERSION) == VERSION &&
           mmio_read32(base + REG_DEVICE_ID) == DEVICE_INPUT;
}

/* Only VIRTIO_F_VERSION_1 is taken; without it this would be a legacy device (6.1). */
static bool agree_on_features(uintptr_t base)
{
    mmio_write32(base + REG_STATUS, 0);
    add_status(base, STATUS_ACKNOWLEDGE);
    add_status(base, STATUS_DRIVER);
    mmio_write32(base + REG_DEVICE_FEATURES_SEL, 1);
    if ((mmio_read32(base + REG_DEVICE_FEATURES) & FEATURE_VERSION_1_HIGH) == 0) {
        return false;
    }
    mmio_write32(base + REG_DRIVER_FEATURES_SEL, 0);
    mmio_write32(base + REG_DRIVER_FEATURES, 0);
    mmio_write32(base + REG_DRIVER_FEATURES_SEL, 1);
    mmio_write32(base + REG_DRIVER_FEATURES, FEATURE_VERSION_1_HIGH);
    add_status(base, STATUS_FEATURES_OK);
    return (mmio_read32(base + REG_STATUS) & STATUS_FEATURES_OK) != 0;
}

/* A keyboard has no axes, and a tablet that tells nothing sensible has QEMU's. */
static struct axis read_axis(uintptr_t base, uint8_t code, int32_t extent)
{
    struct axis told = { .extent = extent };

    mmio_write8(base + CONFIG_SELECT, SELECT_ABS_INFO);
    mmio_write8(base + CONFIG_SUBSEL, code);
    if (mmio_read8(base + CONFIG_SIZE) >= ABS_INFO_BYTES) {
        told.minimum = mmio_read32(base + CONFIG_DATA);
        told.maximum = mmio_read32(base + CONFIG_DATA + 4);
    }
    return told.minimum < told.maximum && told.maximum <= INT32_MAX
               ? told
               : (struct axis){ 0, TABLET_MAXIMUM, extent, 0 };
}

static bool start_queue(uintptr_t base, uint64_t physical)
{
    mmio_write32(base + REG_QUEUE_SEL, EVENT_QUEUE);
    if (mmio_read32(base + REG_QUEUE_READY) != 0 ||
        mmio_read32(base + REG_QUEUE_NUM_MAX) < QUEUE_BUFFERS) {
        return false;
    }
    mmio_write32(base + REG_QUEUE_NUM, QUEUE_BUFFERS);
    write_address(base + REG_QUEUE_DESC, physical);
    write_address(base + REG_QUEUE_DRIVER, physical + OFFSET(available_flags));
    write_address(base + REG_QUEUE_DEVICE, physical + OFFSET(used_flags));
    barrier_device();
    mmio_write32(base + REG_QUEUE_READY, 1);
    return true;
}

/* ---- buffers --------------------------------------------------------------------------------- */

static void offer(struct device *d, uint16_t buffer)
{
    shared_write16(&d->memory->available[d->available % QUEUE_BUFFERS], buffer);
    d->available++;
    barrier_write();
    shared_write16(&d->memory->available_index, d->available);
}

static void offer_all(struct device *d, uint64_t physical)
{
    uint64_t at = physical + OFFSET(events);
    const uint32_t bytes = sizeof(struct virtio_input_event);

    shared_write16(&d->memory->used_index, 0);
    for (uint16_t i = 0; i < QUEUE_BUFFERS; i++, at += bytes) {
        d->memory->descriptors[i] = (struct queue_descriptor){ at, bytes, QUEUE_WRITABLE, 0 };
        offer(d, i);
    }
}

/* A device that claims more used buffers than there are is broken: nothing of it is believed. */
bool device_take(struct device *d, struct virtio_input_event *out)
{
    struct queue_memory *m = d->memory;
    uint16_t ready = (uint16_t)(shared_read16(&m->used_index) - d->used);
    const struct queue_used *used = &m->used[d->used % QUEUE_BUFFERS];
    uint32_t id, length;

    if (ready == 0 || ready > QUEUE_BUFFERS) {
        return false;
    }
    barrier_read();
    id = shared_read32(&used->id);
    length = shared_read32(&used->length);
    d->used++;
    if (id >= QUEUE_BUFFERS) {
        return false;
    }
    *out = length < sizeof *out ? (struct virtio_input_event){ 0 } : m->events[id];
    offer(d, (uint16_t)id);
    return true;
}

bool device_start(struct device *d, uintptr_t base, struct queue_memory *memory, uint64_t physical)
{
    *d = (struct device){ .base = base, .memory = memory };
    if (!agree_on_features(base)) {
        return false;
    }
    d->finger.axis[0] = read_axis(base, 0, PANEL_WIDTH);
    d->finger.axis[1] = read_axis(base, 1, PANEL_HEIGHT);
    offer_all(d, physical);
    if (!start_queue(base, physical)) {
        return false;
    }
    add_status(base, STATUS_DRIVER_OK);
    device_notify(d);
    return true;
}

void device_acknowledge(const struct device *d)
{
    mmio_write32(d->base + REG_INTERRUPT_ACK, mmio_read32(d->base + REG_INTERRUPT_STATUS));
}

void device_notify(const struct device *d)
{
    barrier_device();
    mmio_write32(d->base + REG_QUEUE_NOTIFY, EVENT_QUEUE);
}
