/* SPDX-License-Identifier: BSD-2-Clause */
/* A modem that is typed by hand, so that it can misbehave in every way. */
#include "typed_modem.h"

struct modem_driver d;
uint64_t now_us;
const struct number a_number = { .length = 5, .packed = { 0x12390 } };

const char *sent(void)
{
    static char text[AT_COMMAND_BYTES + 1];

    memcpy(text, d.output.bytes, d.output.length);
    text[d.output.length] = '\0';
    modem_driver_output_taken(&d);
    return text;
}

void says(const char *text)
{
    modem_driver_receive(&d, now_us, (const uint8_t *)text, (uint32_t)strlen(text));
}

void time_passes(uint64_t us)
{
    now_us += us;
    modem_driver_advance(&d, now_us);
}

void assert_exchange(const char *command, const char *answer)
{
    assert_string_equal(sent(), command);
    says(answer);
}

enum modem_answer request(uint32_t operation, uint32_t of, uint32_t value, struct number number)
{
    const struct modem_request r = {
        .operation = operation, .token = of, .value = value, .number = number
    };

    return modem_driver_request(&d, now_us, &r);
}

struct modem_notice next_event(void)
{
    struct modem_notice notice = { 0 };

    (void)modem_driver_take_event(&d, &notice);
    return notice;
}

void drain(void)
{
    while (d.event_count > 0) {
        (void)next_event();
    }
}

int typed_modem_start(void **state)
{
    (void)state;
    now_us = SECOND;
    modem_driver_start(&d, now_us);
    while (d.in_flight != COMMAND_NONE) {
        (void)sent();
        says("\r\nOK\r\n");
    }
    assert_true(d.is_up);
    drain();
    return 0;
}
