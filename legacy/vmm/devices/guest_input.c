/* SPDX-License-Identifier: BSD-2-Clause */
/* Reads the display server's ring of input events into the guest's input devices. */
#include "guest_input.h"

static uint32_t published(const struct input_ring *ring)
{
    return __atomic_load_n(&ring->head, __ATOMIC_ACQUIRE);
}

void guest_input_init(struct guest_input *input, const struct input_ring *ring)
{
    input->ring = ring;
    input->tail = published(ring);
}

static void pass_on(const struct input_event *event, struct virtio_input *touch,
                    struct virtio_input *keys)
{
    switch (event->kind) {
    case INPUT_KEY:
        virtio_input_key(keys, (uint32_t)event->a, event->b != 0);
        break;
    case INPUT_TOUCH:
        virtio_input_touch(touch, event->a, event->b);
        break;
    case INPUT_TOUCH_UP:
        virtio_input_touch_up(touch);
        break;
    default: /* this machine has no mouse */
        break;
    }
}

/* At most one ring full a call; a writer that laps us has overwritten the oldest. */
void guest_input_poll(struct guest_input *input, struct virtio_input *touch,
                      struct virtio_input *keys)
{
    const uint32_t head = published(input->ring);
    if (head - input->tail > INPUT_RING_EVENTS) {
        input->tail = head - INPUT_RING_EVENTS;
    }
    for (; input->tail != head; input->tail++) {
        struct input_event event;
        __builtin_memcpy(&event, &input->ring->events[input->tail % INPUT_RING_EVENTS],
                         sizeof(event));
        __atomic_thread_fence(__ATOMIC_ACQUIRE);
        if (published(input->ring) - input->tail <= INPUT_RING_EVENTS) {
            pass_on(&event, touch, keys);
        }
    }
}
