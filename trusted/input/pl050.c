/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The driver of a PS/2 keyboard and a PS/2 mouse, each behind a PL050 keyboard/mouse interface (DDI
 * 0143). It knows no policy: every event goes to the display server in the order in which it came.
 */
#include "manifest.h"
#include "ps2.h"
#include "runtime/clock.h"
#include "runtime/component.h"
#include "runtime/mmio.h"
#include "runtime/syscall.h"
#include "tell_display.h"

/* DDI 0143 "Summary of PrimeCell KMI registers" */
enum pl050_register {
    KMI_CR = 0x00,
    KMI_STAT = 0x04,
    KMI_DATA = 0x08,
    KMI_CLKDIV = 0x0c,
};
enum {
    CR_ENABLE = 1 << 2,
    CR_RECEIVE_INTERRUPT = 1 << 4,
    STAT_RECEIVED = 1 << 4,
    STAT_SENT = 1 << 6,
    CLKDIV_24_MHZ =
        2, /* the reference clock divided by three is the 8 MHz that the interface counts in */
};
/* An answer takes 25 ms at most, and a device that never answers is not there. What comes faster
 * than a line can is left for the next time. */
enum { ANSWER_US = 50000, BYTES_AT_ONCE = 64, SIGNAL_KEYBOARD = 1, SIGNAL_MOUSE = 2 };

static struct ps2_keyboard keyboard;
static struct ps2_mouse mouse;

static bool has_byte(uintptr_t base)
{
    return mmio_read32(base + KMI_STAT) & STAT_RECEIVED;
}

static bool wait_for(uintptr_t base, uint32_t status)
{
    uint64_t end_us = clock_us() + ANSWER_US;

    while (!(mmio_read32(base + KMI_STAT) & status)) {
        if (clock_us() > end_us) {
            return false;
        }
    }
    return true;
}

/* What the device says before its acknowledgement is of no interest. */
static void command(uintptr_t base, enum ps2_command what)
{
    if (!wait_for(base, STAT_SENT)) {
        return;
    }
    mmio_write32(base + KMI_DATA, what);
    for (uint32_t i = 0; i < BYTES_AT_ONCE && wait_for(base, STAT_RECEIVED); i++) {
        if ((mmio_read32(base + KMI_DATA) & 0xff) == PS2_ACKNOWLEDGE) {
            return;
        }
    }
}

static void start(uintptr_t base)
{
    mmio_write32(base + KMI_CLKDIV, CLKDIV_24_MHZ);
    mmio_write32(base + KMI_CR, CR_ENABLE);
    command(base, PS2_SET_DEFAULTS);
    command(base, PS2_ENABLE);
    mmio_write32(base + KMI_CR, CR_ENABLE | CR_RECEIVE_INTERRUPT);
}

static void serve_keyboard(void)
{
    struct input_event out[PS2_OUT_MAX];

    for (uint32_t i = 0; i < BYTES_AT_ONCE && has_byte(MEM_KEYBOARD_VA); i++) {
        tell_display(out, ps2_keyboard_take(&keyboard,
                                            (uint8_t)mmio_read32(MEM_KEYBOARD_VA + KMI_DATA), out));
    }
}

static void serve_mouse(void)
{
    struct input_event out[PS2_OUT_MAX];

    for (uint32_t i = 0; i < BYTES_AT_ONCE && has_byte(MEM_MOUSE_VA); i++) {
        tell_display(out, ps2_mouse_take(&mouse, (uint8_t)mmio_read32(MEM_MOUSE_VA + KMI_DATA),
                                         clock_us(), out));
    }
}

void component_main(unsigned thread)
{
    abi_word bits;

    (void)thread;
    start(MEM_KEYBOARD_VA);
    start(MEM_MOUSE_VA);
    while (sys_wait(CAP_NOTIFICATION, &bits) == STATUS_OK) {
        serve_keyboard();
        serve_mouse();
        if (bits & SIGNAL_KEYBOARD) {
            (void)sys_irq_ack(CAP_IRQ_KEYBOARD);
        }
        if (bits & SIGNAL_MOUSE) {
            (void)sys_irq_ack(CAP_IRQ_MOUSE);
        }
    }
    component_fail();
}
