/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The driver of keyboard and touch panel behind virtio transports. It knows no policy: every event
 * goes to the display server, one blocking call each, in the order in which it came.
 */
#include "driver.h"
#include "manifest.h"
#include "runtime/component.h"
#include "runtime/syscall.h"
#include "tell_display.h"

enum { TRANSPORT_STRIDE = 0x200, DEVICES = 2, SIGNAL_KEYBOARD = 1, SIGNAL_TABLET = 2 };

_Static_assert(DEVICES * sizeof(struct queue_memory) <= MEM_DMA_BYTES, "the queues fit");

static struct device devices[DEVICES];

/* Whatever sits where in the page: the first two input devices are ours. */
static void find_devices(uint64_t physical)
{
    struct queue_memory *memory = (struct queue_memory *)MEM_DMA_VA;
    uint32_t found = 0;

    for (uintptr_t at = 0; at < MEM_VIRTIO_BYTES && found < DEVICES; at += TRANSPORT_STRIDE) {
        uintptr_t base = MEM_VIRTIO_VA + at;

        if (!device_is_at(base)) {
            continue;
        }
        if (!device_start(&devices[found], base, &memory[found],
                          physical + found * sizeof *memory)) {
            component_fail();
        }
        found++;
    }
}

static void serve(struct device *d)
{
    struct input_event out[TRANSLATE_OUT_MAX];
    struct virtio_input_event in;

    if (d->base == 0) {
        return;
    }
    device_acknowledge(d);
    while (device_take(d, &in)) {
        tell_display(out, translate_event(&d->finger, in, out));
    }
    device_notify(d);
}

void component_main(unsigned thread)
{
    abi_word bits;
    uint64_t physical;
    unsigned shift;

    (void)thread;
    if (sys_frame_address(CAP_DMA, &physical, &shift) != STATUS_OK) {
        component_fail();
    }
    find_devices(physical);
    for (;;) {
        if (sys_wait(CAP_NOTIFICATION, &bits) != STATUS_OK) {
            component_fail();
        }
        for (uint32_t i = 0; i < DEVICES; i++) {
            serve(&devices[i]);
        }
        if (bits & SIGNAL_KEYBOARD) {
            (void)sys_irq_ack(CAP_IRQ_KEYBOARD);
        }
        if (bits & SIGNAL_TABLET) {
            (void)sys_irq_ack(CAP_IRQ_TABLET);
        }
    }
}
