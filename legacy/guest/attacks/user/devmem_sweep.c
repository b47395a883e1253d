/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Does what root can do without any kernel module: maps physical addresses by /dev/mem, reads
 * and writes them, and counts what the machine let through.
 *     devmem-sweep [read]        with `read` nothing is written
 */
#include <fcntl.h>
#include <setjmp.h>
#include <signal.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

enum { PAGE_BYTES = 4096 };

/* Guest-physical ranges by the map of QEMU's virt machine; our own devices and RAM left out. */
static const struct {
    const char *name;
    uint64_t start, end, step;
} ranges[] = {
    { "flash", 0x00000000, 0x08000000, 0x400000 },
    { "gic", 0x08020000, 0x09000000, 0x10000 },
    { "fw-cfg", 0x09020000, 0x09021000, 0x1000 },
    { "devices", 0x09001000, 0x09040000, 0x1000 },
    { "modem", 0x09041000, 0x09060000, 0x1000 },
    { "virtio", 0x0a001000, 0x0a010000, 0x1000 },
    { "below-ram", 0x0c000000, 0x40000000, 0x1000000 },
    { "framebuffer", 0x50200000, 0x50400000, 0x10000 },
    { "trusted-ram", 0x50400000, 0x60000000, 0x100000 },
    { "high", 0x60000000, 0x100000000, 0x10000000 },
};

struct tally {
    unsigned tried, denied, faulted, nonzero, changed;
};

static sigjmp_buf survived;

static void on_bus_error(int signal)
{
    siglongjmp(survived, signal);
}

static void touch(volatile uint32_t *word, int is_writing, struct tally *t)
{
    if (sigsetjmp(survived, 1) != 0) {
        t->faulted++;
        return;
    }
    uint32_t before = *word;
    t->nonzero += before != 0 && before != UINT32_MAX;
    if (is_writing) {
        *word = 0xdeadbeef;
        t->changed += *word == 0xdeadbeef && before != 0xdeadbeef;
    }
}

static void touch_page(int memory, uint64_t address, int is_writing, struct tally *t)
{
    int protection = is_writing ? PROT_READ | PROT_WRITE : PROT_READ;
    void *page = mmap(NULL, PAGE_BYTES, protection, MAP_SHARED, memory, (off_t)address);
    t->tried++;
    if (page == MAP_FAILED) {
        t->denied++;
        return;
    }
    touch(page, is_writing, t);
    munmap(page, PAGE_BYTES);
}

int main(int argc, char **argv)
{
    int is_writing = !(argc > 1 && strcmp(argv[1], "read") == 0);
    int memory = open("/dev/mem", O_RDWR | O_SYNC);
    if (memory < 0) {
        perror("/dev/mem");
        return 1;
    }
    signal(SIGBUS, on_bus_error);
    signal(SIGSEGV, on_bus_error);
    for (size_t i = 0; i < sizeof ranges / sizeof ranges[0]; i++) {
        struct tally t = { 0 };
        for (uint64_t at = ranges[i].start; at < ranges[i].end; at += ranges[i].step) {
            touch_page(memory, at, is_writing, &t);
        }
        printf("ROBIN-GUEST: devmem %s tried %u denied %u faulted %u nonzero %u changed %u\n",
               ranges[i].name, t.tried, t.denied, t.faulted, t.nonzero, t.changed);
    }
    return 0;
}
