/* SPDX-License-Identifier: BSD-2-Clause */
/* A virtual modem on the host with a dialler to look into. */
#include "modem_bench.h"

#include <string.h>

#include "fake_dialler.h"

enum { OUTPUT_MAX = 65536 };

struct vmodem bench_modem;
bool bench_carrier;
static char output[OUTPUT_MAX];
static size_t output_length;
static char answer[OUTPUT_MAX];

static void take(void *context, const char *bytes, uint32_t count)
{
    (void)context;
    for (uint32_t i = 0; i < count && output_length < OUTPUT_MAX - 1; i++) {
        output[output_length++] = bytes[i];
    }
}

static void take_carrier(void *context, bool is_on)
{
    (void)context;
    bench_carrier = is_on;
}

void bench_reset(void)
{
    fake_dialler_reset();
    memset(&bench_modem, 0, sizeof(bench_modem));
    bench_modem.say.send = take;
    bench_modem.carrier = take_carrier;
    vmodem_reset(&bench_modem);
    output_length = 0;
}

const char *bench_output(void)
{
    memcpy(answer, output, output_length);
    answer[output_length] = 0;
    output_length = 0;
    return answer;
}

const char *bench_send(const char *bytes, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        vmodem_receive(&bench_modem, (uint8_t)bytes[i]);
    }
    return bench_output();
}

const char *bench_line(const char *text)
{
    (void)bench_send(text, strlen(text));
    return bench_send("\r", 1);
}
