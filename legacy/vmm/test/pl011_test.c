/* SPDX-License-Identifier: BSD-2-Clause */
/* Tests of the guest's UART. */
#include <string.h>

#include "check.h"
#include "fake_dialler.h"
#include "machine_bench.h"

enum {
    UART = MACHINE_CONSOLE,
    DR = UART,
    FR = UART + 0x18,
    LCR_H = UART + 0x2c,
    CR = UART + 0x30,
    IFLS = UART + 0x34,
    IMSC = UART + 0x38,
    RIS = UART + 0x3c,
    MIS = UART + 0x40,
    ICR = UART + 0x44,
    RX = 0x10,
    TX = 0x20,
    RT = 0x40,
    FEN = 0x10,
    RXFE = 0x10,
    RXFF = 0x40,
};

static bool line_is_high(void)
{
    return (bench.gic.line[1] & 2) != 0;
}

static void open_port(void)
{
    bench_power_on();
    guest_store(LCR_H, 4, 0x60 | FEN);
    guest_store(CR, 4, 0x301);
}

static void sending(void **state)
{
    (void)state;
    bench_power_on(); /* without any set-up, as an early console does */
    guest_store(DR, 1, 'R');
    guest_store(DR, 4, 'o');
    guest_store(DR, 2, 0x100 | 'b');
    assert_string_equal(bench_console(), "Rob");
    assert_int_equal(guest_load(FR, 4), 0x97);
    assert_int_equal(guest_load(RIS, 4), TX);
    assert_false(line_is_high());
    guest_store(IMSC, 4, TX);
    assert_true(line_is_high());
    guest_store(ICR, 4, TX);
    assert_false(line_is_high());
}

/* 3.3.3 UARTFR, 3.3.11 UARTRIS: DCD, and the interrupt of its change, on the modem's port alone. */
static void carrier(void **state)
{
    enum { FR_DCD = 4, DCD = 4 };

    (void)state;
    open_port();
    assert_int_equal(guest_load(FR, 4) & FR_DCD, FR_DCD);
    guest_store(IMSC, 4, DCD);
    pl011_set_carrier(&bench.console, false);
    assert_int_equal(guest_load(FR, 4) & FR_DCD, 0);
    assert_int_equal(guest_load(MIS, 4), DCD);
    assert_true(line_is_high());
    guest_store(ICR, 4, DCD);
    assert_false(line_is_high());
    pl011_set_carrier(&bench.console, false); /* no change */
    assert_false(line_is_high());
    pl011_set_carrier(&bench.console, true);
    assert_true(line_is_high());
    pl011_reset(&bench.console);
    assert_false(line_is_high());
}

/* 3.3.8 UARTCR: what the modem hears of the terminal's DTR. */
static void dtr_reaches_the_modem(void **state)
{
    enum { MODEM_CR = MACHINE_MODEM + 0x30, DTR = 0x400 };

    (void)state;
    bench_power_on();
    bench.modem.settings.ready_mode = 2;
    fake_dialler.status = (struct dialler_reply){ .id = 1, .state = DIAL_STATE_ACTIVE };
    guest_store(MODEM_CR, 4, 0x301 | DTR);
    guest_store(MODEM_CR, 4, 0x301 | DTR);
    assert_int_equal(fake_dialler.hang_ups, 0);
    guest_store(MODEM_CR, 4, 0x301);
    assert_int_equal(fake_dialler.hang_ups, 1);
    guest_store(CR, 4, 0x301 | DTR);
    guest_store(CR, 4, 0x301); /* the console has nobody who listens */
    assert_int_equal(fake_dialler.hang_ups, 1);
}

static void receiving(void **state)
{
    (void)state;
    open_port();
    guest_store(IMSC, 4, RX | RT);
    assert_true(pl011_receive(&bench.console, "abc", 3));
    assert_true(line_is_high());
    assert_int_equal(guest_load(MIS, 4), RT);
    assert_int_equal(guest_load(FR, 2) & RXFE, 0);
    guest_store(ICR, 4, 0x7ff); /* what is there is still there */
    assert_int_equal(guest_load(MIS, 4), RT);
    assert_int_equal(guest_load(DR, 4), 'a');
    assert_int_equal(guest_load(DR, 1), 'b');
    assert_true(line_is_high());
    assert_int_equal(guest_load(DR, 4), 'c');
    assert_false(line_is_high());
    assert_int_equal(guest_load(FR, 4) & RXFE, RXFE);
    assert_int_equal(guest_load(DR, 4), 0);
}

static void levels_follow_ifls(void **state)
{
    (void)state;
    const struct {
        uint32_t select;
        uint32_t bytes;
    } rows[] = { { 0, 2 }, { 1, 4 }, { 2, 8 }, { 3, 12 }, { 4, 14 } };
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        open_port();
        guest_store(IFLS, 4, rows[i].select << 3);
        for (uint32_t n = 1; n <= rows[i].bytes; n++) {
            assert_int_equal(guest_load(RIS, 4) & RX, 0);
            (void)pl011_receive(&bench.console, "x", 1);
        }
        assert_int_equal(guest_load(RIS, 4) & RX, RX);
    }
}

static void a_long_message_waits_behind_the_fifo(void **state)
{
    (void)state;
    char message[PL011_LINE_BYTES];
    memset(message, 'm', sizeof(message));
    open_port();
    assert_true(pl011_receive(&bench.console, message, sizeof(message)));
    assert_int_equal(guest_load(FR, 4) & RXFF, RXFF);
    assert_false(pl011_receive(&bench.console, "x", 1)); /* whole messages or nothing */
    for (size_t i = 0; i < sizeof(message); i++) {
        assert_int_equal(guest_load(DR, 4), 'm');
    }
    assert_int_equal(guest_load(FR, 4) & RXFE, RXFE);
    assert_true(pl011_receive(&bench.console, "x", 1));
}

static void a_closed_port_hears_nothing(void **state)
{
    (void)state;
    open_port();
    guest_store(CR, 4, 0x101);
    assert_false(pl011_receive(&bench.console, "x", 1));
    guest_store(CR, 4, 0x200);
    assert_false(pl011_receive(&bench.console, "x", 1));
    guest_store(CR, 4, 0x301);
    assert_true(pl011_receive(&bench.console, "x", 1));
    guest_store(LCR_H, 4, 0x60); /* FIFO off: flushed */
    assert_int_equal(guest_load(FR, 4) & RXFE, RXFE);
}

static void registers_keep_their_bits(void **state)
{
    (void)state;
    const struct {
        uint32_t offset;
        uint32_t kept;
    } rows[] = {
        { 0x20, 0xff },   { 0x24, 0xffff }, { 0x28, 0x3f },  { 0x2c, 0xff },
        { 0x30, 0xff87 }, { 0x34, 0x3f },   { 0x38, 0x7ff }, { 0x48, 0x7 },
    };
    bench_power_on();
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        guest_store(UART + rows[i].offset, 4, UINT32_MAX);
        assert_int_equal(guest_load(UART + rows[i].offset, 4), rows[i].kept);
        guest_store(UART + rows[i].offset, 4, 0);
        assert_int_equal(guest_load(UART + rows[i].offset, 4), 0);
    }
    assert_int_equal(guest_load(UART + 4, 4), 0); /* RSR: no errors ever */
}

static void identification(void **state)
{
    (void)state;
    const uint32_t ids[] = { 0x11, 0x10, 0x14, 0x00, 0x0d, 0xf0, 0x05, 0xb1 };
    bench_power_on();
    for (uint32_t i = 0; i < 8; i++) {
        assert_int_equal(guest_load(UART + 0xfe0 + 4 * i, 4), ids[i]);
    }
    assert_false(guest_can_load(UART + 1, 1)); /* lanes a PL011 does not have */
    assert_false(guest_can_load(UART, 8));
    assert_true(guest_can_load(UART + 0x80, 4)); /* reserved */
}

static void the_second_port_is_the_modem(void **state)
{
    (void)state;
    bench_power_on();
    guest_store(MACHINE_MODEM + 0x30, 4, 0x301);
    guest_store(MACHINE_MODEM + 0x38, 4, RX | RT);
    for (const char *c = "AT\r"; *c != 0; c++) {
        guest_store(MACHINE_MODEM, 4, (uint32_t)*c);
    }
    assert_int_equal((bench.gic.line[1] >> 8) & 1, 1);
    char answer[16] = { 0 };
    for (int i = 0; i < 15 && (guest_load(MACHINE_MODEM + 0x18, 4) & RXFE) == 0; i++) {
        answer[i] = (char)guest_load(MACHINE_MODEM, 4);
    }
    assert_string_equal(answer, "\r\nOK\r\n");
    assert_string_equal(bench_console(), "");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(sending),
        cmocka_unit_test(carrier),
        cmocka_unit_test(dtr_reaches_the_modem),
        cmocka_unit_test(receiving),
        cmocka_unit_test(levels_follow_ifls),
        cmocka_unit_test(a_long_message_waits_behind_the_fifo),
        cmocka_unit_test(a_closed_port_hears_nothing),
        cmocka_unit_test(registers_keep_their_bits),
        cmocka_unit_test(identification),
        cmocka_unit_test(the_second_port_is_the_modem),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
