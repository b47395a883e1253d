/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Root: the first component. It carries out its script, which creates what the manifest says, and
 * gives its authority up. Then it only supervises, on two threads: a fault of the trusted side
 * resets the machine, a fault of the untrusted side restarts that side.
 */
#include "root.h"

#include "abi/message.h"
#include "display.h"
#include "manifest.h"
#include "runtime/clock.h"
#include "runtime/component.h"
#include "runtime/ipc.h"
#include "runtime/layout.h"
#include "runtime/syscall.h"

enum {
    SUPERVISOR_MESSAGE_VA = LAYOUT_MESSAGES_VA + (SCRIPT_SUPERVISOR << LAYOUT_MESSAGE_SHIFT),
    SIGNAL_RESTART = 1, /* the user asked the dialler, the dialler asks us */
    SIGNAL_TIMER = 2,
    SIGNAL_STOPPED =
        4, /* a VMM says that its guest has ended: no more than one bit that anybody believes */
    FAULT_COMPONENT_SHIFT = 8, /* a fault's badge: (component + 1) << 8 | thread */
    CALM_US = 10000000,        /* a fault later than this after a start is answered at once */
    PAUSE_FIRST_US = 250000,
    PAUSE_MAX_US = 8000000,
};
_Static_assert((int)SUPERVISOR_MESSAGE_VA > (int)ROOT_BOOT_INFO_VA, "no two pages at one address");

static struct script script;

static _Noreturn void stop(const char *what, uint32_t step, enum status status)
{
    report_text("root: ");
    report_text(what);
    report_text(" failed: step 0x");
    report_number(step);
    report_text(", status 0x");
    report_number((uint64_t)status);
    report_text("\n");
    component_fail();
}

static void run(enum script_section section)
{
    uint32_t failed;
    enum status status = script_run(&script, section, &failed);

    if (status != STATUS_OK) {
        stop("the script", failed, status);
    }
}

/* ---- the trusted side ------------------------------------------------------------------------ */

static void report_fault(const struct ipc_message *m)
{
    uint32_t component = ((uint32_t)m->badge >> FAULT_COMPONENT_SHIFT) - 1;

    report_text("root: ");
    if (component < script.header->component_count) {
        report_text(script.components[component].name);
    }
    report_text(m->word[FAULT_WORD_KIND] == FAULT_MEMORY ? " memory fault at 0x"
                                                         : " bad instruction, 0x");
    report_number(m->word[FAULT_WORD_ADDRESS]);
    report_text(", pc 0x");
    report_number(m->word[FAULT_WORD_PC]);
    report_text(", syndrome 0x");
    report_number(m->word[FAULT_WORD_SYNDROME]);
    report_text("\n");
}

/*
 * Root's first thread, above nearly all others: no state of unknown soundness goes on dialling. It
 * never calls anybody, so nobody who has stopped can hold it up.
 */
static _Noreturn void watch_trusted(void)
{
    struct ipc_message m;
    enum status status = ipc_receive(CAP_TRUSTED_FAULTS, CAP_TRUSTED_REPLY, &m);

    if (status != STATUS_OK) {
        stop("waiting for faults", 0, status);
    }
    report_fault(&m);
    stop("resetting", 0, sys_shutdown(ROOT_SLOT_SCHED_CONTROL, SHUTDOWN_RESET));
}

static _Noreturn void start_everything(void)
{
    const struct boot_info *boot = (const struct boot_info *)(uintptr_t)ROOT_BOOT_INFO_VA;

    if (!script_open((const struct bundle_header *)(uintptr_t)ROOT_BUNDLE_VA, boot, &script)) {
        stop("reading the script", 0, STATUS_BAD_ARGUMENT);
    }
    run(SCRIPT_OPEN);
    run(SCRIPT_START);
    watch_trusted();
}

/* ---- the untrusted side ---------------------------------------------------------------------- */

/* Each state once: a VMM that signals without end costs the display nothing. */
static void tell_display(enum legacy_state state)
{
    static enum legacy_state told = LEGACY_RUNNING;
    const struct legacy_view view = { DISPLAY_LEGACY_STATE, state };
    struct ipc_message m = { .length = MESSAGE_LENGTH(view) };

    message_put(m.word, &view, m.length);
    if (state != told) {
        (void)ipc_call(CAP_DISPLAY, &m); /* a wrong word on the bar changes nothing for root */
    }
    told = state;
}

/* Builds it, and says when. */
static uint64_t build_legacy(void)
{
    run(SCRIPT_BUILD);
    tell_display(LEGACY_RUNNING);
    return clock_us();
}

/* One that fails again and again as it starts shall not keep the machine busy with that. The wait
 * ends early when the user asks for a restart, not when the dead one's last words come. */
static void pause_restart(uint64_t started_us, uint32_t *pause_us)
{
    abi_word bits = SIGNAL_STOPPED;

    if (clock_us() - started_us > CALM_US) {
        *pause_us = 0;
    }
    if (*pause_us != 0 && sys_timer_set(CAP_TIMER, clock_deadline(*pause_us)) == STATUS_OK) {
        while (bits == SIGNAL_STOPPED && sys_wait(CAP_NOTIFICATION, &bits) == STATUS_OK) {
            continue;
        }
    }
    *pause_us = *pause_us == 0 ? PAUSE_FIRST_US : *pause_us * 2;
    if (*pause_us > PAUSE_MAX_US) {
        *pause_us = PAUSE_MAX_US;
    }
}

/* Its second thread, below all trusted ones. */
static _Noreturn void watch_legacy(uint64_t started_us)
{
    uint32_t pause_us = 0;
    struct ipc_message m;

    for (;;) {
        enum status status = ipc_receive(CAP_LEGACY_FAULTS, CAP_LEGACY_REPLY, &m);

        if (status != STATUS_OK) {
            stop("waiting for faults", 0, status);
        }
        if (m.is_signal && (m.signal_bits & SIGNAL_STOPPED) != 0) {
            tell_display(LEGACY_STOPPED); /* till the user wants it again */
        }
        if (m.is_signal && (m.signal_bits & SIGNAL_RESTART) == 0) {
            continue; /* or a timer that nobody waits for any more */
        }
        tell_display(LEGACY_RESTARTING);
        run(SCRIPT_DESTROY);
        script.epoch++;
        (void)sys_signal(CAP_DIALLER_SIGNAL); /* the old badge is void from here on */
        if (!m.is_signal) {
            pause_restart(started_us, &pause_us);
        }
        started_us = build_legacy();
    }
}

static _Noreturn void supervise_everything(void)
{
    abi_word bits;

    run(SCRIPT_SEAL);
    if (script.header->sections[SCRIPT_BUILD].count != 0) {
        watch_legacy(build_legacy());
    }
    tell_display(LEGACY_STOPPED);
    for (;;) {
        (void)sys_wait(CAP_NOTIFICATION, &bits); /* there is nothing to restart */
    }
}

void component_main(unsigned thread)
{
    if (thread == SCRIPT_SUPERVISOR) {
        supervise_everything();
    }
    start_everything();
}
