/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * A QEMU plugin that puts right, when a loaded phone first runs, what QEMU's saved states leave
 * out: -plugin restore.so[,panel=BASE,width=W,height=H] The hypervisor's timer: its registers are
 * saved, the moment at which it fires is not; it is computed again. And ramfb, which saves nothing
 * at all: it is told once more, through fw_cfg, where the panel lies.
 */
#include <endian.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "qemu.h"

EXPORT extern int qemu_plugin_version;
EXPORT int qemu_plugin_install(uint64_t id, const struct qemu_info *info, int argc, char **argv);

int qemu_plugin_version = PLUGIN_INTERFACE;

/* fw_cfg of QEMU's "virt" machines: docs/specs/fw_cfg.rst, "Guest-side DMA Interface". */
enum { DMA_REGISTER = 0x09020010, DIRECTORY = 0x19, READ = 2, SELECT = 8, WRITE = 16, FILES = 64 };
enum { FORMAT_XRGB8888 = 0x34325258, PIXEL_BYTES = 4 };

struct dma {
    uint32_t control, length;
    uint64_t address;
};

struct file {
    uint32_t size;
    uint16_t select, reserved;
    char name[56];
};

struct mode {
    uint64_t base;
    uint32_t format, flags, width, height, stride;
} __attribute__((packed));

static uint64_t panel, width, height;
static bool is_done;

/* The request and its data lie in the panel's own memory for a moment, in which the phone does not
 * run. */
static void transfer(uint32_t selector, uint32_t what, void *data, uint32_t length)
{
    struct dma request = { htobe32(selector << 16 | SELECT | what), htobe32(length),
                           htobe64(panel + sizeof request) };
    uint64_t where = htobe64(panel);

    cpu_physical_memory_rw(panel + sizeof request, data, length, true);
    cpu_physical_memory_rw(panel, &request, sizeof request, true);
    cpu_physical_memory_rw(DMA_REGISTER, &where, sizeof where, true);
    cpu_physical_memory_rw(panel + sizeof request, data, length, false);
}

static void show_panel(void)
{
    static struct {
        uint32_t count;
        struct file files[FILES];
    } __attribute__((packed)) directory;
    static uint8_t kept[sizeof directory + sizeof(struct dma)];
    struct mode mode = {
        htobe64(panel),           htobe32(FORMAT_XRGB8888),  0,
        htobe32((uint32_t)width), htobe32((uint32_t)height), htobe32((uint32_t)width * PIXEL_BYTES)
    };

    cpu_physical_memory_rw(panel, kept, sizeof kept, false);
    transfer(DIRECTORY, READ, &directory, sizeof directory);
    for (size_t i = 0; i < FILES && i < be32toh(directory.count); i++) {
        if (strcmp(directory.files[i].name, "etc/ramfb") == 0) {
            transfer(be16toh(directory.files[i].select), WRITE, &mode, sizeof mode);
        }
    }
    cpu_physical_memory_rw(panel, kept, sizeof kept, true);
}

static void state_changed(void *unused, bool is_running, int state)
{
    (void)unused;
    (void)state;
    if (!is_running || is_done) {
        return;
    }
    is_done = true;
    arm_gt_htimer_cb(qemu_get_cpu(0));
    if (panel != 0) {
        show_panel();
    }
}

int qemu_plugin_install(uint64_t id, const struct qemu_info *info, int argc, char **argv)
{
    (void)id;
    (void)info;
    for (int i = 0; i < argc; i++) {
        if (strncmp(argv[i], "panel=", 6) == 0) {
            panel = strtoull(argv[i] + 6, NULL, 0);
        } else if (strncmp(argv[i], "width=", 6) == 0) {
            width = strtoull(argv[i] + 6, NULL, 0);
        } else if (strncmp(argv[i], "height=", 7) == 0) {
            height = strtoull(argv[i] + 7, NULL, 0);
        }
    }
    return qemu_add_vm_change_state_handler(state_changed, NULL) != NULL ? 0 : -1;
}
