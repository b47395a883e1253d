/* SPDX-License-Identifier: BSD-2-Clause */
/* The Linux framebuffer device behind a canvas. */
#include "screen.h"

#include <fcntl.h>
#include <linux/fb.h>
#include <linux/kd.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <unistd.h>

/* The console's cursor must not blink through the picture. */
static void silence_console(void)
{
    int tty = open("/dev/tty0", O_RDWR);
    if (tty >= 0) {
        (void)ioctl(tty, KDSETMODE, KD_GRAPHICS);
    }
}

bool screen_open(struct screen *s)
{
    struct fb_var_screeninfo variable;
    struct fb_fix_screeninfo fixed;
    int fd = open("/dev/fb0", O_RDWR);
    if (fd < 0 || ioctl(fd, FBIOGET_VSCREENINFO, &variable) != 0 ||
        ioctl(fd, FBIOGET_FSCREENINFO, &fixed) != 0) {
        perror("/dev/fb0");
        return false;
    }
    if (variable.bits_per_pixel != 32 && variable.bits_per_pixel != 16) {
        fprintf(stderr, "/dev/fb0: %u bits a pixel\n", variable.bits_per_pixel);
        return false;
    }
    s->bits = variable.bits_per_pixel;
    s->stride = fixed.line_length;
    s->canvas.width = (int)variable.xres;
    s->canvas.height = (int)variable.yres;
    s->canvas.pixels = calloc((size_t)variable.xres * variable.yres, sizeof(uint32_t));
    void *memory = mmap(NULL, s->stride * variable.yres, PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0);
    s->memory = memory == MAP_FAILED ? NULL : memory;
    close(fd);
    silence_console();
    return s->memory != NULL && s->canvas.pixels != NULL;
}

static void show_row_16(uint8_t *to, const uint32_t *from, size_t width)
{
    for (size_t x = 0; x < width; x++) {
        uint32_t p = from[x];
        uint16_t packed = (uint16_t)((p >> 8 & 0xf800) | (p >> 5 & 0x07e0) | (p >> 3 & 0x001f));
        memcpy(to + 2 * x, &packed, sizeof packed);
    }
}

void screen_show(const struct screen *s)
{
    size_t width = (size_t)s->canvas.width;
    for (size_t y = 0; y < (size_t)s->canvas.height; y++) {
        const uint32_t *from = &s->canvas.pixels[y * width];
        uint8_t *to = s->memory + y * s->stride;
        if (s->bits == 32) {
            memcpy(to, from, 4 * width);
        } else {
            show_row_16(to, from, width);
        }
    }
}
