/* SPDX-License-Identifier: BSD-2-Clause */
/* The display server's ring of input events, read into the guest's two input devices. */
#pragma once

#include "input.h"
#include "virtio_input.h"

struct guest_input {
    const struct input_ring *ring; /* the writer's, mapped read-only */
    uint32_t tail;                 /* events ever taken: ours */
};

/* Events that came before this call are dropped. */
void guest_input_init(struct guest_input *input, const struct input_ring *ring);
void guest_input_poll(struct guest_input *input, struct virtio_input *touch,
                      struct virtio_input *keys);
