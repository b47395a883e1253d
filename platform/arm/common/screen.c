/* SPDX-License-Identifier: BSD-2-Clause */
/* The panel, as far as the kernel touches it: at boot and at the end. */
#include "board.h"
#include "platform.h"

enum { COLOUR_DARK = 0x101418, COLOUR_TEXT = 0xe0e0e0 };
enum { WORD_WIDTH = 41, WORD_HEIGHT = 9, SCALE = 8 };
enum { WIDTH = WORD_WIDTH * SCALE, HEIGHT = WORD_HEIGHT * SCALE };

/* The word "stopped": one number a row, its lowest bit is the right edge. Made by hand. */
static const uint64_t word[WORD_HEIGHT] = {
    UINT64_C(0x00200000001), /*        #                                # */
    UINT64_C(0x00200000001), /*        #                                # */
    UINT64_C(0x0e70e79e38f), /*  ###  ###    ###  ####  ####   ###   #### */
    UINT64_C(0x10211451451), /* #      #    #   # #   # #   # #   # #   # */
    UINT64_C(0x0e2114517d1), /*  ###   #    #   # #   # #   # ##### #   # */
    UINT64_C(0x0125179e411), /*     #  #  # #   # ####  ####  #     #   # */
    UINT64_C(0x1e18e41038f), /* ####    ##   ###  #     #      ###   #### */
    UINT64_C(0x00000410000), /*                   #     #                 */
    UINT64_C(0x00000410000), /*                   #     #                 */
};

static const struct board_framebuffer *const panel = &board.framebuffer;
static bool is_on;

static uint32_t *row(unsigned y)
{
    return arch_memory((phys_addr){ panel->base + (uint64_t)y * panel->stride_bytes });
}

static void fill_dark(void)
{
    for (unsigned y = 0; y < panel->height; y++) {
        for (unsigned x = 0; x < panel->width; x++) {
            row(y)[x] = COLOUR_DARK;
        }
    }
}

static void show(void)
{
    arch_cache_clean(row(0), (size_t)panel->height * panel->stride_bytes);
}

void screen_init(void)
{
    if (board.display.driver != NULL) {
        fill_dark();
        show();
        is_on = board.display.driver->start(board.display.base, panel);
    }
}

void arch_panic_screen(void)
{
    if (!is_on || panel->width < WIDTH || panel->height < HEIGHT) {
        return;
    }
    fill_dark();
    for (unsigned y = 0; y < HEIGHT; y++) {
        uint32_t *pixel = row((panel->height - HEIGHT) / 2 + y) + (panel->width - WIDTH) / 2;
        for (unsigned x = 0; x < WIDTH; x++) {
            if ((word[y / SCALE] >> (WORD_WIDTH - 1 - x / SCALE) & 1) != 0) {
                pixel[x] = COLOUR_TEXT;
            }
        }
    }
    show();
    ticks end = arch_timer_now() + (ticks)board.panic_seconds * arch_timer_hz();
    while (arch_timer_now() < end) {
    }
}
