/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * A QEMU plugin that films the panel: every change of the memory that is scanned out, with the
 * phone's time and with the physical address of the code that stored it. -plugin
 *   film.so,panel=BASE,panel-bytes=N,ram=BASE,ram-bytes=N,out=FILE
 *           [,skip=BASE,skip-bytes=N][,icount=1]
 * Stores that change nothing are not recorded. Code in `skip` (the guest's memory) is not watched;
 * what it, a device or a block operation writes is found by comparing the panel with its shadow, at
 * the next store after each 5 ms of the host's time and whenever the phone stops, and recorded as
 * unexplained. The file is complete whenever the phone stands, and never larger than 1 GiB: then
 * QEMU ends.
 * A record: u64 nanoseconds, u32 offset, u32 bytes, u32 writer, the bytes; of one colour only its
 * first pixel, and the highest bit of `bytes` says so. scripts/lib/witnesses/film.py reads it.
 */
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "qemu.h"

EXPORT extern int qemu_plugin_version;
EXPORT int qemu_plugin_install(uint64_t id, const struct qemu_info *info, int argc, char **argv);

int qemu_plugin_version = PLUGIN_INTERFACE;

enum { RUN_MAX = 1920, COMPARE_NS = 5000000, PAGE_BYTES = 4096, PIXEL_BYTES = 4 };
enum { MOST_BYTES = 1 << 30, ONE_COLOUR = 0x80000000 };
/* Instead of a writer: nobody that was seen, the panel as it was at first, the phone stands still.
 */
enum { UNEXPLAINED = 0xffffffff, AT_FIRST = 0xfffffffe, STOPPED = 0xfffffffd };

struct record {
    uint64_t time_ns;
    uint32_t offset, bytes, writer;
} __attribute__((packed));

static uint64_t panel, panel_bytes, ram, ram_bytes, skip, skip_bytes, is_icount;
static uint8_t *memory, *ram_memory, *shadow;
static FILE *out;
static uint64_t written;
static struct record run; /* of stores side by side, not written yet */
static volatile bool is_compare_due;

/* In the midst of a block QEMU refuses to tell its instruction clock: this is true to within one
 * block. */
static uint64_t now_ns(void)
{
    void *cpu = current_cpu;
    uint64_t time;

    if (is_icount == 0) {
        return (uint64_t)qemu_clock_get_ns(CLOCK_OF_PHONE);
    }
    if (cpu != NULL) {
        icount_update(cpu);
    }
    current_cpu = NULL;
    time = (uint64_t)qemu_clock_get_ns(CLOCK_OF_PHONE);
    current_cpu = cpu;
    return time;
}

static bool is_one_colour(const uint8_t *pixels, uint32_t bytes)
{
    return bytes > PIXEL_BYTES && memcmp(pixels, pixels + PIXEL_BYTES, bytes - PIXEL_BYTES) == 0;
}

static void put(struct record record)
{
    const uint8_t *pixels = shadow + record.offset;
    const bool is_plain = is_one_colour(pixels, record.bytes);
    const uint32_t stored = is_plain ? PIXEL_BYTES : record.bytes;

    record.bytes |= is_plain ? ONE_COLOUR : 0;
    written += sizeof record + stored;
    if (written > MOST_BYTES) {
        fprintf(stderr, "film: longer than 1 GiB\n");
        exit(1);
    }
    if (fwrite(&record, sizeof record, 1, out) != 1 || fwrite(pixels, 1, stored, out) != stored) {
        perror("film");
        exit(1);
    }
}

static void end_run(void)
{
    if (run.bytes != 0) {
        put(run);
    }
    run.bytes = 0;
}

/* One row, from the first byte that differs to the last. */
static void compare_row(uint32_t from, uint32_t to, uint32_t writer)
{
    while (from < to && memory[from] == shadow[from]) {
        from++;
    }
    while (to > from && memory[to - 1] == shadow[to - 1]) {
        to--;
    }
    if (from == to) {
        return;
    }
    memcpy(shadow + from, memory + from, to - from);
    put((struct record){ now_ns(), from, to - from, writer });
}

static void compare(uint32_t writer)
{
    is_compare_due = false;
    end_run();
    if (memcmp(memory, shadow, panel_bytes) == 0) {
        return;
    }
    for (uint32_t from = 0; from < panel_bytes; from += RUN_MAX) {
        compare_row(from, from + RUN_MAX < panel_bytes ? from + RUN_MAX : (uint32_t)panel_bytes,
                    writer);
    }
}

static void take(uint32_t offset, uint32_t bytes, uint32_t writer)
{
    if (memcmp(memory + offset, shadow + offset, bytes) == 0) {
        return;
    }
    if (run.bytes == 0 || run.offset + run.bytes != offset || run.writer != writer ||
        run.bytes >= RUN_MAX) {
        end_run();
        run = (struct record){ now_ns(), offset, 0, writer };
    }
    memcpy(shadow + offset, memory + offset, bytes);
    run.bytes += bytes;
}

static void stored(unsigned cpu, uint32_t what, uint64_t virtual_address, void *writer)
{
    struct qemu_plugin_hwaddr *address = qemu_plugin_get_hwaddr(what, virtual_address);
    uint64_t offset, bytes = UINT64_C(1) << qemu_plugin_mem_size_shift(what);

    (void)cpu;
    if (address == NULL || qemu_plugin_hwaddr_is_io(address)) {
        return;
    }
    offset = offset_in(address, panel, memory);
    if (offset < panel_bytes) {
        take((uint32_t)offset,
             (uint32_t)(bytes < panel_bytes - offset ? bytes : panel_bytes - offset),
             (uint32_t)(uintptr_t)writer);
    }
    if (is_compare_due) {
        compare(UNEXPLAINED);
    }
}

static uint8_t *map(uint64_t base, uint64_t bytes)
{
    uint64_t mapped = bytes;
    uint8_t *host = cpu_physical_memory_map(base, &mapped, false);

    if (host == NULL || mapped != bytes) {
        fprintf(stderr, "film: there is no memory at 0x%llx\n", (unsigned long long)base);
        exit(1);
    }
    return host;
}

static void begin(void)
{
    memory = map(panel, panel_bytes);
    ram_memory = map(ram, ram_bytes);
    compare(AT_FIRST);
}

static void translated(uint64_t id, struct qemu_plugin_tb *block)
{
    size_t count = qemu_plugin_tb_n_insns(block);

    (void)id;
    if (memory == NULL) {
        begin();
    }
    for (size_t i = 0; i < count; i++) {
        struct qemu_plugin_insn *instruction = qemu_plugin_tb_get_insn(block, i);
        uint64_t code = (uint64_t)((uint8_t *)qemu_plugin_insn_haddr(instruction) - ram_memory);

        code = code < ram_bytes ? ram + code : 0; /* 0: not in RAM, as a boot loader in flash */
        if (code - skip >= skip_bytes) {
            qemu_plugin_register_vcpu_mem_cb(instruction, stored, PLUGIN_NO_REGISTERS,
                                             PLUGIN_WRITES,
                                             (void *)(uintptr_t)(code / PAGE_BYTES * PAGE_BYTES));
        }
    }
}

static void state_changed(void *unused, bool is_running, int state)
{
    (void)unused;
    (void)state;
    if (is_running || memory == NULL) {
        return;
    }
    compare(UNEXPLAINED);
    put((struct record){ now_ns(), 0, 0, STOPPED });
    fflush(out);
}

static void *tick(void *unused)
{
    const struct timespec pause = { 0, COMPARE_NS };

    (void)unused;
    for (;;) {
        nanosleep(&pause, NULL);
        is_compare_due = true;
    }
    return NULL;
}

static const struct {
    const char *name;
    uint64_t *value;
} options[] = {
    { "panel=", &panel },      { "panel-bytes=", &panel_bytes },
    { "ram=", &ram },          { "ram-bytes=", &ram_bytes },
    { "skip=", &skip },        { "skip-bytes=", &skip_bytes },
    { "icount=", &is_icount },
};

static void take_option(const char *text)
{
    if (strncmp(text, "out=", 4) == 0) {
        out = fopen(text + 4, "wb");
    }
    for (size_t i = 0; i < sizeof options / sizeof options[0]; i++) {
        if (strncmp(text, options[i].name, strlen(options[i].name)) == 0) {
            *options[i].value = strtoull(text + strlen(options[i].name), NULL, 0);
        }
    }
}

int qemu_plugin_install(uint64_t id, const struct qemu_info *info, int argc, char **argv)
{
    pthread_t thread;

    (void)info;
    for (int i = 0; i < argc; i++) {
        take_option(argv[i]);
    }
    if (out == NULL || panel_bytes == 0 || ram_bytes == 0 ||
        (shadow = calloc(1, panel_bytes)) == NULL) {
        fprintf(stderr, "film: wants panel, panel-bytes, ram, ram-bytes and a file it can write\n");
        return -1;
    }
    qemu_plugin_register_vcpu_tb_trans_cb(id, translated);
    if (qemu_add_vm_change_state_handler(state_changed, NULL) == NULL) {
        return -1;
    }
    return pthread_create(&thread, NULL, tick, NULL) == 0 ? 0 : -1;
}
