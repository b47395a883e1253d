/* SPDX-License-Identifier: BSD-2-Clause */
/* Writes each line that crosses the wire, with its time, into the log that witnesses read. */
#include "wire_log_writer.h"

#include "text.h"

enum { MICROSECONDS = 1000000 };

void wire_log_open(struct wire_log_region *region)
{
    region->capacity = WIRE_LOG_TEXT_BYTES;
    region->written = 0;
    region->magic = WIRE_LOG_MAGIC;
}

static void put_byte(struct wire_log_region *region, char byte)
{
    region->text[region->written % WIRE_LOG_TEXT_BYTES] = byte;
    region->written++;
}

static void put_text(struct wire_log_region *region, const char *text)
{
    while (*text != '\0') {
        put_byte(region, *text++);
    }
}

/* A line must stay one line whatever was received. */
static void put_escaped(struct wire_log_region *region, char byte)
{
    static const char hex[] = "0123456789abcdef";
    unsigned value = (unsigned char)byte;

    if (value >= 0x20 && value <= 0x7e && byte != '\\') {
        put_byte(region, byte);
        return;
    }
    put_text(region, "\\x");
    put_byte(region, hex[value >> 4]);
    put_byte(region, hex[value & 0xf]);
}

void wire_log_line(struct wire_log_region *region, uint64_t now_us, const char *tag,
                   const char *text, size_t length)
{
    struct text stamp = { 0 };

    text_put_number(&stamp, now_us / MICROSECONDS, 1);
    text_put(&stamp, ".");
    text_put_number(&stamp, now_us % MICROSECONDS, 6);
    put_text(region, stamp.bytes);
    put_byte(region, ' ');
    put_text(region, tag);
    for (size_t i = 0; i < length; i++) {
        put_escaped(region, text[i]);
    }
    put_byte(region, '\n');
}
