/* SPDX-License-Identifier: BSD-2-Clause */
#include "virtio_mmio.h"

#include "runtime/barrier.h"
#include "runtime/mmio.h"

enum virtio_register { /* virtio 1.2, 4.2.2 "MMIO Device Register Layout" */
    REG_MAGIC = 0x000, REG_VERSION = 0x004, REG_DEVICE_ID = 0x008, REG_DEVICE_FEATURES = 0x010,
    REG_DEVICE_FEATURES_SEL = 0x014, REG_DRIVER_FEATURES = 0x020, REG_DRIVER_FEATURES_SEL = 0x024,
    REG_QUEUE_SEL = 0x030, REG_QUEUE_NUM_MAX = 0x034, REG_QUEUE_NUM = 0x038,
    REG_QUEUE_READY = 0x044, REG_QUEUE_NOTIFY = 0x050, REG_INTERRUPT_STATUS = 0x060,
    REG_INTERRUPT_ACK = 0x064, REG_STATUS = 0x070, REG_QUEUE_DESC = 0x080,
    REG_QUEUE_DRIVER = 0x090, REG_QUEUE_DEVICE = 0x0a0, REG_CONFIG = 0x100,
};

enum {
    MAGIC = 0x74726976, VERSION = 2, DEVICE_INPUT = 18,
    STATUS_ACKNOWLEDGE = 1, STATUS_DRIVER = 2, STATUS_DRIVER_OK = 4, STATUS_FEATURES_OK = 8,
    FEATURE_VERSION_1_HIGH = 1 << 0, /* bit 32 */
    EVENT_QUEUE = 0,
};

enum input_config { /* 5.8.4 "Device configuration layout" */
    CONFIG_SELECT = REG_CONFIG, CONFIG_SUBSEL, CONFIG_SIZE, CONFIG_DATA = REG_CONFIG + 8,
    SELECT_EV_BITS = 0x11, SELECT_ABS_INFO = 0x12, EV_ABS_BITS = 3, ABS_INFO_BYTES = 20,
};

enum { PANEL_WIDTH = 480, PANEL_HEIGHT = 800 };

static void write_address(uintptr_t reg, uint64_t address)
{
    mmio_write32(reg, (uint32_t)address);
    mmio_write32(reg + 4, (uint32_t)(address >> 32));
}

static void add_status(uintptr_t base, uint32_t bits)
{
    mmio_write32(base + REG_STATUS, mmio_read32(base + REG_STATUS) | bits);
}

bool virtio_input_is_at(uintptr_t base)
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
    if ((mmio_read32(base + REG_DEVICE_FEATURES) & FEATURE_VERSION_1_HIGH) == 0)
        return false;
    mmio_write32(base + REG_DRIVER_FEATURES_SEL, 0);
    mmio_write32(base + REG_DRIVER_FEATURES, 0);
    mmio_write32(base + REG_DRIVER_FEATURES_SEL, 1);
    mmio_write32(base + REG_DRIVER_FEATURES, FEATURE_VERSION_1_HIGH);
    add_status(base, STATUS_FEATURES_OK);
    return (mmio_read32(base + REG_STATUS) & STATUS_FEATURES_OK) != 0;
}

static uint32_t select_config(uintptr_t base, uint8_t select, uint8_t subsel)
{
    mmio_write8(base + CONFIG_SELECT, select);
    mmio_write8(base + CONFIG_SUBSEL, subsel);
    return mmio_read8(base + CONFIG_SIZE);
}

static void read_axis(uintptr_t base, uint8_t code, int32_t extent, struct axis *out)
{
    *out = (struct axis){ .minimum = 0, .maximum = 0x7fff, .extent = extent };
    if (select_config(base, SELECT_ABS_INFO, code) < ABS_INFO_BYTES)
        return;
    out->minimum = mmio_read32(base + CONFIG_DATA);
    out->maximum = mmio_read32(base + CONFIG_DATA + 4);
    if (out->maximum <= out->minimum || out->maximum > INT32_MAX)
        *out = (struct axis){ .minimum = 0, .maximum = 0x7fff, .extent = extent };
}

static void identify(struct virtio_input *d)
{
    struct translate *t = &d->translate;

    t->is_absolute = select_config(d->base, SELECT_EV_BITS, EV_ABS_BITS) != 0;
    if (t->is_absolute) {
        read_axis(d->base, 0, PANEL_WIDTH, &t->axis[0]);
        read_axis(d->base, 1, PANEL_HEIGHT, &t->axis[1]);
    }
}

static bool start_queue(uintptr_t base, uint64_t physical)
{
    mmio_write32(base + REG_QUEUE_SEL, EVENT_QUEUE);
    if (mmio_read32(base + REG_QUEUE_READY) != 0 ||
        mmio_read32(base + REG_QUEUE_NUM_MAX) < QUEUE_BUFFERS)
        return false;
    mmio_write32(base + REG_QUEUE_NUM, QUEUE_BUFFERS);
    write_address(base + REG_QUEUE_DESC, physical);
    write_address(base + REG_QUEUE_DRIVER,
                  physical + __builtin_offsetof(struct queue_memory, available_flags));
    write_address(base + REG_QUEUE_DEVICE,
                  physical + __builtin_offsetof(struct queue_memory, used_flags));
    barrier_device();
    mmio_write32(base + REG_QUEUE_READY, 1);
    return true;
}

bool virtio_input_start(struct virtio_input *d, uintptr_t base, struct queue_memory *memory,
                        uint64_t physical)
{
    *d = (struct virtio_input){ .base = base };
    if (!agree_on_features(base))
        return false;
    identify(d);
    queue_start(&d->queue, memory, physical);
    if (!start_queue(base, physical))
        return false;
    add_status(base, STATUS_DRIVER_OK);
    virtio_input_notify(d);
    return true;
}

void virtio_input_acknowledge(const struct virtio_input *d)
{
    mmio_write32(d->base + REG_INTERRUPT_ACK, mmio_read32(d->base + REG_INTERRUPT_STATUS));
}

void virtio_input_notify(const struct virtio_input *d)
{
    barrier_device();
    mmio_write32(d->base + REG_QUEUE_NOTIFY, EVENT_QUEUE);
}
