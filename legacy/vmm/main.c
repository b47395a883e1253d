/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The VMM's one thread is its guest's vCPU: it enters the guest by one system
 * call and gets the exit as that call's result. Notifications end the guest's
 * turn too, so nothing else ever waits.
 */
#include "console.h"
#include "dialler_port.h"
#include "guest_input.h"
#include "loader.h"
#include "machine.h"
#include "manifest.h"
#include "runtime/clock.h"
#include "runtime/component.h"
#include "runtime/mark.h"
#include "runtime/syscall.h"
#include "vcpu_call.h"

/* bits of CAP_NOTIFICATION */
enum notification {
    NOTIFIED_TIMER = 1 << 0,
    NOTIFIED_UART = 1 << 1,
    NOTIFIED_INPUT = 1 << 2,
    NOTIFIED_DIALLER = 1 << 3,
};

static struct machine machine;
static struct guest_input guest_input;

uint64_t machine_time_us(void)
{
    return clock_us();
}

void machine_wake_at(uint64_t time_us)
{
    const uint64_t now_us = clock_us();
    (void)sys_timer_set(CAP_TIMER, clock_deadline(time_us > now_us ? time_us - now_us : 0));
}

static void console_transmit(void *context, uint8_t byte)
{
    (void)context;
    console_write(byte);
}

static void notified(abi_word bits)
{
    if ((bits & NOTIFIED_UART) != 0) {
        console_poll(&machine.console);
        (void)sys_irq_ack(CAP_IRQ_UART);
    }
    if ((bits & NOTIFIED_INPUT) != 0) {
        guest_input_poll(&guest_input, &machine.touch, &machine.keys);
    }
    if ((bits & NOTIFIED_DIALLER) != 0) {
        vmodem_call_changed(&machine.modem);
    }
    if ((bits & NOTIFIED_TIMER) != 0) {
        vmodem_time(&machine.modem);
    }
}

/* Powered off: nothing but root starts this guest again, by restarting the whole VMM. Root has the
 * trusted side say so, instead of the last picture. */
static _Noreturn void stop(const char *why)
{
    console_write_text("\r\nvmm: ");
    console_write_text(why);
    console_write_text("\r\n");
    dialler_port_cancel_all();
    (void)sys_signal(CAP_ROOT_SIGNAL);
    for (;;) {
        abi_word bits;
        (void)sys_wait(CAP_NOTIFICATION, &bits);
    }
}

/* The panel of a phone that is switched on is dark: nothing of the guest before is left on it. */
static void power_on(void)
{
    const struct loader_images images = {
        .info = (const struct guest_info *)MEM_GUEST_INFO_VA,
        .kernel = (const uint8_t *)MEM_GUEST_KERNEL_VA,
        .initrd = (const uint8_t *)MEM_GUEST_INITRD_VA,
        .dtb = (const uint8_t *)MEM_GUEST_DTB_VA,
        .kernel_room = MEM_GUEST_KERNEL_BYTES,
        .initrd_room = MEM_GUEST_INITRD_BYTES,
        .dtb_room = MEM_GUEST_DTB_BYTES,
    };
    __builtin_memset((void *)MEM_VIEW_VA, 0, MEM_VIEW_BYTES);
    const enum loader_result result = loader_load(&images, &machine.memory, &machine.page->regs);
    if (result != LOADER_OK) {
        stop(loader_message(result));
    }
    if (images.info->kernel_kind == GUEST_KERNEL_RAW) { /* it may be firmware */
        machine_add_flash(&machine);
    }
    if (sys_vcpu_reset(CAP_VCPU) != STATUS_OK) {
        stop("The vCPU could not be reset.");
    }
}

/* PSCI SYSTEM_RESET: all as after power-on, and nothing that was asked for is still wanted. */
static void reset(void)
{
    dialler_port_cancel_all();
    machine_report(&machine, REPORT_RESET, 0);
    machine_reset(&machine);
    power_on();
}

static void act(enum machine_verdict verdict)
{
    switch (verdict) {
    case MACHINE_RUN:
        break;
    case MACHINE_RESET:
        reset();
        break;
    case MACHINE_OFF:
        stop("The guest has powered itself off.");
    case MACHINE_BROKEN:
        stop("The guest cannot be entered.");
    }
}

/* One turn of the guest. Kept small: an MMIO exit runs through here thousands of times a second. */
static inline void run_once(void)
{
    abi_word reason;
    abi_word bits;
    if (sys_vcpu_run(CAP_VCPU, &reason, &bits) != STATUS_OK) {
        stop("The vCPU is gone.");
    }
    if (reason == VCPU_EXIT_LOAD_WORD) {
        machine_load_word(&machine);
    } else if (reason == VCPU_EXIT_STORE_WORD) {
        machine_store_word(&machine);
    } else if (reason == VCPU_EXIT_MMIO) {
        machine_mmio(&machine);
    } else if (reason == VCPU_EXIT_NOTIFIED) {
        notified(bits);
    } else {
        act(machine_exit(&machine, (enum vcpu_exit)reason));
    }
    vgic_sync(&machine.gic);
}

void component_main(unsigned thread)
{
    (void)thread;
    mark_vmm_begins();
    machine.page = (struct vcpu_page *)MEM_VCPU_VA;
    machine.memory = (struct guest_memory){ .base = MACHINE_RAM,
                                            .bytes = MEM_GUEST_RAM_BYTES,
                                            .start = (uint8_t *)MEM_GUEST_RAM_VA };
    console_init(MEM_UART_VA);
    machine_init(&machine, console_transmit);
    guest_input_init(&guest_input, (const struct input_ring *)MEM_INPUT_VA);
    power_on();
    (void)sys_irq_ack(CAP_IRQ_UART);
    vgic_sync(&machine.gic);
    for (;;) {
        run_once();
    }
}
