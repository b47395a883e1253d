/* SPDX-License-Identifier: BSD-2-Clause */
#include "queue.h"

#include "runtime/barrier.h"
#include "runtime/mmio.h"

static void offer(struct queue *q, uint16_t buffer)
{
    struct queue_memory *m = q->memory;

    shared_write16(&m->available[q->available % QUEUE_BUFFERS], buffer);
    q->available++;
    barrier_write();
    shared_write16(&m->available_index, q->available);
}

void queue_start(struct queue *q, struct queue_memory *memory, uint64_t physical)
{
    uint64_t events = physical + __builtin_offsetof(struct queue_memory, events);

    *q = (struct queue){ .memory = memory };
    shared_write16(&memory->used_index, 0);
    for (uint16_t i = 0; i < QUEUE_BUFFERS; i++) {
        memory->descriptors[i] = (struct queue_descriptor){
            .address = events + i * sizeof(struct virtio_input_event),
            .length = sizeof(struct virtio_input_event),
            .flags = QUEUE_WRITABLE,
        };
        offer(q, i);
    }
}

/* A device that claims more used buffers than there are is broken: nothing of it is believed. */
bool queue_take(struct queue *q, struct virtio_input_event *out)
{
    struct queue_memory *m = q->memory;
    uint16_t ready = (uint16_t)(shared_read16(&m->used_index) - q->used);
    const struct queue_used *used = &m->used[q->used % QUEUE_BUFFERS];
    uint32_t id, length;

    if (ready == 0 || ready > QUEUE_BUFFERS)
        return false;
    barrier_read();
    id = shared_read32(&used->id);
    length = shared_read32(&used->length);
    q->used++;
    if (id >= QUEUE_BUFFERS)
        return false;
    *out = (struct virtio_input_event){ 0 };
    if (length >= sizeof *out) {
        out->type = shared_read16(&m->events[id].type);
        out->code = shared_read16(&m->events[id].code);
        out->value = shared_read32(&m->events[id].value);
    }
    offer(q, (uint16_t)id);
    return true;
}
