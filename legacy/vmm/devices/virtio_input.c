/* SPDX-License-Identifier: BSD-2-Clause */
/* The guest's touch panel and keyboard (virtio 1.2, 5.8). */
#include "virtio_input.h"

enum {
    DEVICE_ID_INPUT = 18,
    EVENT_QUEUE = 0,
    STATUS_QUEUE = 1,
    CONFIG_SELECT = 0,
    CONFIG_SUBSELECT = 1,
    CONFIG_SIZE = 2,
    CONFIG_DATA = 8,
    CONFIG_DATA_MAX = 128,
};
/* 5.8.4 "Device configuration layout" */
enum config_select {
    SELECT_NAME = 0x01,
    SELECT_IDS = 0x03,
    SELECT_PROPERTIES = 0x10,
    SELECT_EVENTS = 0x11,
    SELECT_ABSOLUTE = 0x12,
};
/* Linux input-event-codes, which 5.8 refers to */
enum evdev {
    EV_SYN = 0,
    EV_KEY = 1,
    EV_ABS = 3,
    EV_REP = 0x14,
    ABS_X = 0,
    ABS_Y = 1,
    BTN_TOUCH = 0x14a,
    INPUT_PROP_DIRECT = 1,
    KEY_FIRST = 1,
    KEY_LAST = 247,
    BUS_VIRTUAL = 6,
};

/* ---- configuration space: `size` bytes of `data`, chosen by select and subselect ------------- */

struct config_data {
    uint32_t size;
    uint8_t bytes[CONFIG_DATA_MAX];
};

static void set_bit(struct config_data *data, uint32_t bit)
{
    data->bytes[bit / 8] |= (uint8_t)(1u << (bit % 8));
    if (data->size < bit / 8 + 1) {
        data->size = bit / 8 + 1;
    }
}

static void put_32(struct config_data *data, uint32_t value)
{
    for (uint32_t i = 0; i < 4; i++) {
        data->bytes[data->size++] = (uint8_t)(value >> (8 * i));
    }
}

static void config_name(const struct virtio_input *input, struct config_data *data)
{
    const char *name = input->role == INPUT_TOUCH_SCREEN ? "Robin touch screen" : "Robin keyboard";
    for (; name[data->size] != 0; data->size++) {
        data->bytes[data->size] = (uint8_t)name[data->size];
    }
}

static void config_ids(const struct virtio_input *input, struct config_data *data)
{
    put_32(data, BUS_VIRTUAL);                            /* bus type, vendor 0 */
    put_32(data, (uint32_t)input->role + 1 + (1u << 16)); /* product, version 1 */
}

static void config_events(const struct virtio_input *input, struct config_data *data)
{
    if (input->role == INPUT_KEYBOARD && input->subselect == EV_KEY) {
        for (uint32_t code = KEY_FIRST; code <= KEY_LAST; code++) {
            set_bit(data, code);
        }
    } else if (input->role == INPUT_KEYBOARD && input->subselect == EV_REP) {
        set_bit(data, 0);
        set_bit(data, 1);
    } else if (input->role == INPUT_TOUCH_SCREEN && input->subselect == EV_KEY) {
        set_bit(data, BTN_TOUCH);
    } else if (input->role == INPUT_TOUCH_SCREEN && input->subselect == EV_ABS) {
        set_bit(data, ABS_X);
        set_bit(data, ABS_Y);
    }
}

static void config_absolute(const struct virtio_input *input, struct config_data *data)
{
    if (input->role != INPUT_TOUCH_SCREEN || input->subselect > ABS_Y) {
        return;
    }
    put_32(data, 0);
    put_32(data, (input->subselect == ABS_X ? input->width : input->height) - 1);
    put_32(data, 0); /* fuzz */
    put_32(data, 0); /* flat */
    put_32(data, 0); /* resolution */
}

static void config_collect(const struct virtio_input *input, struct config_data *data)
{
    switch (input->select) {
    case SELECT_NAME:
        config_name(input, data);
        break;
    case SELECT_IDS:
        config_ids(input, data);
        break;
    case SELECT_PROPERTIES:
        if (input->role == INPUT_TOUCH_SCREEN) {
            set_bit(data, INPUT_PROP_DIRECT);
        }
        break;
    case SELECT_EVENTS:
        config_events(input, data);
        break;
    case SELECT_ABSOLUTE:
        config_absolute(input, data);
        break;
    default:
        break;
    }
}

static uint8_t config_read(struct virtio_device *device, uint32_t offset)
{
    const struct virtio_input *input = (const struct virtio_input *)device;
    struct config_data data = { 0 };
    if (offset == CONFIG_SELECT) {
        return input->select;
    }
    if (offset == CONFIG_SUBSELECT) {
        return input->subselect;
    }
    config_collect(input, &data);
    if (offset == CONFIG_SIZE) {
        return (uint8_t)data.size;
    }
    const bool is_data = offset >= CONFIG_DATA && offset - CONFIG_DATA < data.size;
    return is_data ? data.bytes[offset - CONFIG_DATA] : 0;
}

static void config_write(struct virtio_device *device, uint32_t offset, uint8_t value)
{
    struct virtio_input *input = (struct virtio_input *)device;
    if (offset == CONFIG_SELECT) {
        input->select = value;
    } else if (offset == CONFIG_SUBSELECT) {
        input->subselect = value;
    }
}

/* ---- events ---------------------------------------------------------------------------------- */

static void deliver_one(struct virtio_input *input, const struct virtio_request *request)
{
    const struct virtio_segment *segment = &request->segments[0];
    uint32_t written = 0;
    if (segment->is_writable && segment->bytes >= sizeof(struct virtio_input_event)) {
        const struct virtio_input_event *event = &input->backlog[input->tail % INPUT_BACKLOG];
        __builtin_memcpy(segment->start, event, sizeof(*event));
        written = sizeof(*event);
        input->tail++;
    }
    virtio_give(&input->device, EVENT_QUEUE, request->head, written);
}

static void deliver(struct virtio_input *input)
{
    struct virtio_request request;
    bool has_delivered = false;
    while (input->tail != input->head && virtio_take(&input->device, EVENT_QUEUE, &request)) {
        deliver_one(input, &request);
        has_delivered = true;
    }
    if (has_delivered) {
        virtio_interrupt(&input->device);
    }
}

static void queue_frame(struct virtio_input *input, const struct virtio_input_event *events,
                        uint32_t count)
{
    if (!virtio_is_running(&input->device) || INPUT_BACKLOG - (input->head - input->tail) < count) {
        return;
    }
    for (uint32_t i = 0; i < count; i++) {
        input->backlog[input->head++ % INPUT_BACKLOG] = events[i];
    }
    deliver(input);
}

/* LEDs and the like: taken and forgotten. */
static void drain_status_queue(struct virtio_input *input)
{
    struct virtio_request request;
    bool has_taken = false;
    while (virtio_take(&input->device, STATUS_QUEUE, &request)) {
        virtio_give(&input->device, STATUS_QUEUE, request.head, 0);
        has_taken = true;
    }
    if (has_taken) {
        virtio_interrupt(&input->device);
    }
}

static void notify(struct virtio_device *device, uint32_t queue)
{
    struct virtio_input *input = (struct virtio_input *)device;
    if (queue == EVENT_QUEUE) {
        deliver(input);
    } else {
        drain_status_queue(input);
    }
}

static void reset(struct virtio_device *device)
{
    struct virtio_input *input = (struct virtio_input *)device;
    input->select = 0;
    input->subselect = 0;
    input->head = 0;
    input->tail = 0;
}

static uint32_t clamp(int32_t value, uint32_t limit)
{
    if (value < 0) {
        return 0;
    }
    return (uint32_t)value >= limit ? limit - 1 : (uint32_t)value;
}

void virtio_input_touch(struct virtio_input *input, int32_t x, int32_t y)
{
    const struct virtio_input_event frame[] = {
        { EV_ABS, ABS_X, clamp(x, input->width) },
        { EV_ABS, ABS_Y, clamp(y, input->height) },
        { EV_KEY, BTN_TOUCH, 1 }, /* the guest's input core drops it when it is down already */
        { EV_SYN, 0, 0 },
    };
    queue_frame(input, frame, 4);
}

void virtio_input_touch_up(struct virtio_input *input)
{
    const struct virtio_input_event frame[] = { { EV_KEY, BTN_TOUCH, 0 }, { EV_SYN, 0, 0 } };
    queue_frame(input, frame, 2);
}

void virtio_input_key(struct virtio_input *input, uint32_t code, bool is_down)
{
    const struct virtio_input_event frame[] = { { EV_KEY, (uint16_t)code, is_down },
                                                { EV_SYN, 0, 0 } };
    if (code >= KEY_FIRST && code <= KEY_LAST) {
        queue_frame(input, frame, 2);
    }
}

static const struct virtio_class input_class = {
    .device_id = DEVICE_ID_INPUT,
    .notify = notify,
    .config_read = config_read,
    .config_write = config_write,
    .reset = reset,
};

void virtio_input_init(struct virtio_input *input, enum virtio_input_role role, uint32_t width,
                       uint32_t height)
{
    input->device.kind = &input_class;
    input->role = role;
    input->width = width;
    input->height = height;
}
