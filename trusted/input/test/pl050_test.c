/* SPDX-License-Identifier: BSD-2-Clause */
/* Tests of the PL050 keyboard and mouse interface. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "display.h"
#include "input.h"
#include "manifest.h"
#include "runtime/model.h"

enum { CR = 0x00, STAT = 0x04, DATA = 0x08, INTERRUPT = 1 << 4, KEYBOARD = 0, MOUSE = 1 };

static struct {
    bool is_there, never_stops;
    const char *before_answer; /* what it says before it acknowledges */
    uint8_t bytes[256], commands[8];
    uint32_t head, tail, command_count, cr, taken;
} device[2];
static struct input_event told[64];
static uint32_t told_count, acknowledged[2];
static abi_word (*const *turns)(
    void); /* what happens in each wait, and who signals; NULL: the end */
static uint64_t now_us;
static jmp_buf end;

static void says(unsigned which, const char *bytes, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        device[which].bytes[device[which].tail++ % 256] = (uint8_t)bytes[i];
    }
}

/* ---- the runtime ----------------------------------------------------------------------------- */

static unsigned which_of(uintptr_t address)
{
    return address >= MEM_MOUSE_VA ? MOUSE : KEYBOARD;
}

uint32_t mmio_read32(uintptr_t address)
{
    unsigned which = which_of(address);
    bool has_byte = device[which].head != device[which].tail || device[which].never_stops;

    if ((address & 0xfff) == STAT) {
        return (has_byte ? 1u << 4 : 0) | 1u << 6;
    }
    assert_int_equal(address & 0xfff, DATA);
    assert_true(has_byte);
    device[which].taken++;
    return device[which].never_stops ? 0x08 : device[which].bytes[device[which].head++ % 256];
}

void mmio_write32(uintptr_t address, uint32_t value)
{
    unsigned which = which_of(address);

    if ((address & 0xfff) == CR) {
        device[which].cr = value;
    }
    if ((address & 0xfff) != DATA) {
        return;
    }
    assert_int_equal(device[which].cr & INTERRUPT, 0); /* answers are waited for, not signalled */
    device[which].commands[device[which].command_count++] = (uint8_t)value;
    if (device[which].before_answer != NULL) {
        says(which, device[which].before_answer, strlen(device[which].before_answer));
    }
    if (device[which].is_there) {
        says(which, "\xfa", 1);
    }
}

uint64_t clock_us(void)
{
    return now_us += 10;
}
_Noreturn void component_fail(void)
{
    longjmp(end, 1);
}

enum status sys_wait(cap_index notification, abi_word *bits_out)
{
    assert_int_equal(notification, CAP_NOTIFICATION);
    if (*turns == NULL) {
        return STATUS_BAD_CAP;
    }
    *bits_out = (*turns++)();
    return STATUS_OK;
}

enum status sys_irq_ack(cap_index irq)
{
    acknowledged[irq - CAP_IRQ_KEYBOARD]++;
    return STATUS_OK;
}

enum status ipc_call(cap_index endpoint, struct ipc_message *m)
{
    struct input_report report;

    assert_int_equal(endpoint, CAP_DISPLAY);
    assert_true(message_take(&report, MESSAGE_LENGTH(report), m->word, m->length));
    assert_int_equal(report.operation, DISPLAY_INPUT);
    told[told_count++] =
        (struct input_event){ report.kind, (int32_t)report.a, (int32_t)report.b, 0 };
    return STATUS_OK;
}

/* ---- the tests ------------------------------------------------------------------------------- */

static int both_there(void **state)
{
    (void)state;
    memset(device, 0, sizeof device);
    device[KEYBOARD].is_there = device[MOUSE].is_there = true;
    told_count = acknowledged[0] = acknowledged[1] = 0;
    now_us = 0;
    return 0;
}

typedef abi_word turn(void);
static void run(turn *const *what)
{
    turns = what;
    if (setjmp(end) == 0) {
        component_main(0);
    }
}
static turn *const nothing[] = { NULL };

static void devices_are_enabled_before_they_may_interrupt(void **state)
{
    (void)state;
    device[MOUSE].before_answer = "\xaa\x09";
    run(nothing);
    for (unsigned which = 0; which < 2; which++) {
        assert_int_equal(device[which].command_count, 2);
        assert_int_equal(device[which].commands[0], 0xf6);
        assert_int_equal(device[which].commands[1], 0xf4);
        assert_int_not_equal(device[which].cr & INTERRUPT, 0);
        assert_int_equal(device[which].head, device[which].tail);
    }
    assert_int_equal(told_count, 0);
}

static void who_is_not_there_is_not_waited_for_long(void **state)
{
    (void)state;
    device[KEYBOARD].is_there = false;
    run(nothing);
    assert_true(now_us < 300000);
    assert_int_equal(device[MOUSE].command_count, 2);
}

static abi_word both_speak(void)
{
    says(KEYBOARD, "\x1c\xf0\x1c", 3);
    says(MOUSE, "\x09\x05\x02", 3);
    return 2;
}

static void what_they_say_is_told_in_order(void **state)
{
    static const struct input_event wanted[] = {
        { INPUT_KEY, 30, 1, 0 },
        { INPUT_KEY, 30, 0, 0 },
        { INPUT_MOVE, 5, -2, 0 },
        { INPUT_BUTTON, 0, 1, 0 },
    };
    static turn *const speak[] = { both_speak, NULL };

    (void)state;
    run(speak);
    assert_int_equal(told_count, 4);
    assert_memory_equal(told, wanted, sizeof wanted);
    assert_int_equal(acknowledged[KEYBOARD], 0); /* it was heard, but has not signalled */
    assert_int_equal(acknowledged[MOUSE], 1);
}

static abi_word keyboard_goes_mad(void)
{
    device[KEYBOARD].never_stops = true;
    says(MOUSE, "\x08\x01\x00", 3);
    device[KEYBOARD].taken = 0;
    return 3;
}

static void who_never_stops_keeps_nobody_out(void **state)
{
    static turn *const speak[] = { keyboard_goes_mad, NULL };

    (void)state;
    run(speak);
    assert_int_equal(device[KEYBOARD].taken, 64);
    assert_int_equal(told[0].kind, INPUT_MOVE);
    assert_int_equal(acknowledged[KEYBOARD], 1);
    assert_int_equal(acknowledged[MOUSE], 1);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup(devices_are_enabled_before_they_may_interrupt, both_there),
        cmocka_unit_test_setup(who_is_not_there_is_not_waited_for_long, both_there),
        cmocka_unit_test_setup(what_they_say_is_told_in_order, both_there),
        cmocka_unit_test_setup(who_never_stops_keeps_nobody_out, both_there),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
