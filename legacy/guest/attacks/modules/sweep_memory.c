// SPDX-License-Identifier: BSD-2-Clause
/* Attack: reads and writes physical addresses that are not the guest's. */
#include <linux/io.h>
#include <linux/kernel.h>
#include <linux/sched.h>

#include "modem_line.h"
#include "probe.h"
#include "sweep.h"

/* Guest-physical ranges, by the map of QEMU's virt machine, and of Robin's board on it. */
static const struct {
    u64 start;
    u64 end;
    u64 step;
} ranges[] = {
    { 0x00000000, 0x08000000, 0x100000 }, /* flash banks */
    { 0x08020000, 0x09000000, 0x1000 },   /* GICv2m, GICH, GICV, ITS, redistributors */
    { 0x09001000, 0x09040000, 0x1000 },   /* RTC, fw_cfg, GPIO, secure UART */
    { 0x09041000, 0x0a000000, 0x1000 },
    { 0x0a001000, 0x0c000000, 0x1000 },   /* virtio transports that are not ours */
    { 0x0c000000, 0x40000000, 0x100000 }, /* platform bus, PCI windows */
    { 0x50200000, 0x60000000, 0x10000 },  /* past our RAM and our framebuffer */
    { 0x60000000, 0x100000000, 0x1000000 },
    { 0x100000000, 0x10000000000, 0x1000000000 }, /* high PCI windows, top of 40 bits */
    { 0xfffffff000, 0x10000000000, 0x1000 },
};

static void probe_page(struct sweep_tally *tally, void __iomem *page, bool is_writing)
{
    void *address = (void __force *)page;
    u32 value;

    tally->tried++;
    if (probe_read(address, &value) != 0) {
        tally->faulted++;
    } else if (value != 0 && value != ~0u) {
        tally->nonzero++;
    }
    if (!is_writing) {
        return;
    }
    tally->tried++;
    if (probe_write(address, 0xdeadbeef) != 0) {
        tally->faulted++;
    }
}

void sweep_memory(struct sweep_tally *tally, bool is_writing)
{
    size_t i;

    for (i = 0; i < ARRAY_SIZE(ranges); i++) {
        u64 at;

        for (at = ranges[i].start; at < ranges[i].end; at += ranges[i].step) {
            void __iomem *page = ioremap(at, PAGE_SIZE);

            if (page == NULL) {
                continue; /* the kernel's own RAM */
            }
            probe_page(tally, page, is_writing);
            iounmap(page);
            cond_resched();
        }
    }
}

void sweep_odd_loads(struct sweep_tally *tally)
{
    void __iomem *line = ioremap(modem_line_address("serial1"), PL011_BYTES);
    unsigned int which;

    if (line == NULL) {
        return;
    }
    for (which = 0; which < PROBE_ODD_LOADS; which++) {
        tally->tried++;
        if (probe_odd_load(which, (void __force *)(line + PL011_FR)) != 0) {
            tally->faulted++;
        }
    }
    iounmap(line);
}
