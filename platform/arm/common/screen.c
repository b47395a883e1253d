/* SPDX-License-Identifier: BSD-2-Clause */
#include "screen.h"

#include "arch/arch.h"
#include "board.h"
#include "ramfb.h"
#include "stopped.h"

enum { COLOUR_DARK = 0x101418, COLOUR_TEXT = 0xe0e0e0, SCALE = 8 };

static bool is_on;

static uint32_t *row(unsigned y)
{
    const struct board_framebuffer *panel = &board.framebuffer;
    return arch_memory((phys_addr){ panel->base + (uint64_t)y * panel->stride_bytes });
}

static void fill(uint32_t colour)
{
    for (unsigned y = 0; y < board.framebuffer.height; y++) {
        uint32_t *pixel = row(y);
        for (unsigned x = 0; x < board.framebuffer.width; x++) {
            pixel[x] = colour;
        }
    }
}

static void show(void)
{
    const struct board_framebuffer *panel = &board.framebuffer;
    arch_cache_clean(row(0), (size_t)panel->height * panel->stride_bytes);
}

void screen_init(void)
{
    if (board.framebuffer.base == 0 || board.fw_cfg == 0) {
        return;
    }
    fill(COLOUR_DARK);
    show();
    is_on = ramfb_start(board.fw_cfg, &board.framebuffer);
}

static bool stopped_pixel(unsigned x, unsigned y)
{
    return (stopped_rows[y] >> (STOPPED_WIDTH - 1 - x) & 1) != 0;
}

static void draw_stopped(unsigned left, unsigned top)
{
    for (unsigned y = 0; y < STOPPED_HEIGHT * SCALE; y++) {
        uint32_t *pixel = row(top + y) + left;
        for (unsigned x = 0; x < STOPPED_WIDTH * SCALE; x++) {
            if (stopped_pixel(x / SCALE, y / SCALE)) {
                pixel[x] = COLOUR_TEXT;
            }
        }
    }
}

void arch_panic_screen(void)
{
    unsigned width = board.framebuffer.width;
    unsigned height = board.framebuffer.height;
    if (!is_on || width < STOPPED_WIDTH * SCALE || height < STOPPED_HEIGHT * SCALE) {
        return;
    }
    fill(COLOUR_DARK);
    draw_stopped((width - STOPPED_WIDTH * SCALE) / 2, (height - STOPPED_HEIGHT * SCALE) / 2);
    show();
    ticks end = arch_timer_now() + (ticks)board.panic_seconds * arch_timer_hz();
    while (arch_timer_now() < end) {
    }
}
