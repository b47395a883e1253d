/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Scan code set 2 to evdev's codes, the ones that a virtio keyboard sends. A key that is held
 * repeats its make code: dropped here. Codes that nobody knows are dropped, too.
 */
#include "ps2.h"

enum {
    BREAK = 0xf0,
    EXTENDED = 0xe0,
    PAUSE = 0xe1,
    SELF_TEST_PASSED = 0xaa,
    OVERRUN = 0x00,
    OVERRUN_SET_1 = 0xff, /* bytes were lost, or it was plugged in */
    KEY_CODE_PAUSE = 119,
    CODES = 0x84,
};

/* clang-format off */
static const uint8_t plain[CODES] = {
    [0x01] = 67,  [0x03] = 63,  [0x04] = 61,  [0x05] = 59,  [0x06] = 60,  [0x07] = 88,  [0x09] = 68,
    [0x0a] = 66,  [0x0b] = 64,  [0x0c] = 62,  [0x0d] = 15,  [0x0e] = 41,  [0x11] = 56,  [0x12] = 42,
    [0x13] = 93,  [0x14] = 29,  [0x15] = 16,  [0x16] = 2,   [0x1a] = 44,  [0x1b] = 31,  [0x1c] = 30,
    [0x1d] = 17,  [0x1e] = 3,   [0x21] = 46,  [0x22] = 45,  [0x23] = 32,  [0x24] = 18,  [0x25] = 5,
    [0x26] = 4,   [0x29] = 57,  [0x2a] = 47,  [0x2b] = 33,  [0x2c] = 20,  [0x2d] = 19,  [0x2e] = 6,
    [0x31] = 49,  [0x32] = 48,  [0x33] = 35,  [0x34] = 34,  [0x35] = 21,  [0x36] = 7,   [0x3a] = 50,
    [0x3b] = 36,  [0x3c] = 22,  [0x3d] = 8,   [0x3e] = 9,   [0x41] = 51,  [0x42] = 37,  [0x43] = 23,
    [0x44] = 24,  [0x45] = 11,  [0x46] = 10,  [0x49] = 52,  [0x4a] = 53,  [0x4b] = 38,  [0x4c] = 39,
    [0x4d] = 25,  [0x4e] = 12,  [0x51] = 89,  [0x52] = 40,  [0x54] = 26,  [0x55] = 13,  [0x58] = 58,
    [0x59] = 54,  [0x5a] = 28,  [0x5b] = 27,  [0x5d] = 43,  [0x61] = 86,  [0x64] = 92,  [0x66] = 14,
    [0x67] = 94,  [0x69] = 79,  [0x6a] = 124, [0x6b] = 75,  [0x6c] = 71,  [0x6d] = 121, [0x70] = 82,
    [0x71] = 83,  [0x72] = 80,  [0x73] = 76,  [0x74] = 77,  [0x75] = 72,  [0x76] = 1,   [0x77] = 69,
    [0x78] = 87,  [0x79] = 78,  [0x7a] = 81,  [0x7b] = 74,  [0x7c] = 55,  [0x7d] = 73,  [0x7e] = 70,
    [0x83] = 65,
};

/* After 0xe0. 0x12 and 0x59 are shift keys that nobody pressed. */
static const uint8_t extended[CODES] = {
    [0x11] = 100, [0x14] = 97,  [0x1f] = 125, [0x21] = 114, [0x23] = 113, [0x27] = 126, [0x2f] = 127,
    [0x32] = 115, [0x37] = 116, [0x3a] = 172, [0x3f] = 142, [0x4a] = 98,  [0x5a] = 96,  [0x5e] = 143,
    [0x69] = 107, [0x6b] = 105, [0x6c] = 102, [0x70] = 110, [0x71] = 111, [0x72] = 108, [0x74] = 106,
    [0x75] = 103, [0x7a] = 109, [0x7c] = 99,  [0x7d] = 104,
};
/* clang-format on */

/* The one key without a break code of its own: down and up in one. */
static const uint8_t pause_sequence[] = { PAUSE, 0x14, 0x77, PAUSE, BREAK, 0x14, BREAK, 0x77 };

static struct input_event key(uint8_t code, bool is_down)
{
    return (struct input_event){ INPUT_KEY, code, is_down, 0 };
}

static uint32_t press(struct ps2_keyboard *k, uint8_t code, struct input_event *out)
{
    for (uint32_t i = 0; i < k->held_count; i++) {
        if (k->held[i] == code) {
            return 0;
        }
    }
    if (k->held_count == PS2_KEYS_HELD_MAX) {
        return 0;
    }
    k->held[k->held_count++] = code;
    *out = key(code, true);
    return 1;
}

static uint32_t release(struct ps2_keyboard *k, uint8_t code, struct input_event *out)
{
    for (uint32_t i = 0; i < k->held_count; i++) {
        if (k->held[i] != code) {
            continue;
        }
        k->held[i] = k->held[--k->held_count];
        *out = key(code, false);
        return 1;
    }
    return 0;
}

/* What was held may have been let go unheard: a key that stays down would keep every button from
 * arming. */
static uint32_t release_all(struct ps2_keyboard *k, struct input_event *out)
{
    uint32_t count = k->held_count;

    for (uint32_t i = 0; i < count; i++) {
        out[i] = key(k->held[i], false);
    }
    *k = (struct ps2_keyboard){ 0 };
    return count;
}

/* True: the byte belongs to the Pause key. */
static bool is_of_pause(struct ps2_keyboard *k, uint8_t byte, struct input_event *out,
                        uint32_t *count_out)
{
    if (byte != pause_sequence[k->pause]) {
        k->pause = byte == PAUSE;
        return byte == PAUSE;
    }
    if (++k->pause == sizeof pause_sequence) {
        k->pause = 0;
        out[0] = key(KEY_CODE_PAUSE, true);
        out[1] = key(KEY_CODE_PAUSE, false);
        *count_out = 2;
    }
    return true;
}

static uint32_t take_code(struct ps2_keyboard *k, uint8_t byte, struct input_event *out)
{
    uint8_t code = byte >= CODES ? 0 : k->is_extended ? extended[byte] : plain[byte];
    bool is_break = k->is_break;

    k->is_extended = k->is_break = false;
    if (code == 0) {
        return 0;
    }
    return is_break ? release(k, code, out) : press(k, code, out);
}

uint32_t ps2_keyboard_take(struct ps2_keyboard *k, uint8_t byte, struct input_event *out)
{
    uint32_t count = 0;

    if (byte == OVERRUN || byte == OVERRUN_SET_1 || byte == SELF_TEST_PASSED) {
        return release_all(k, out);
    }
    if (is_of_pause(k, byte, out, &count)) {
        return count;
    }
    if (byte == EXTENDED) {
        k->is_extended = true;
    } else if (byte == BREAK) {
        k->is_break = true;
    } else {
        return take_code(k, byte, out);
    }
    return 0;
}
