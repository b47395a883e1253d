/* SPDX-License-Identifier: BSD-2-Clause */
/* The processor: its fixed settings and its caches. */
#include "platform.h"
#include "sysreg.h"

/* Written once, the same for all guests and native code. */
void cpu_init(void)
{
    hyp_write(hcr, HCR_NATIVE);
    hyp_write(vtcr, VTCR_VALUE);
    hyp_write(cptr, CPTR_NATIVE);
    hyp_write(hstr, HSTR_TRAPS);
    hyp_write(mdcr, MDCR_TRAPS | (el0_read(pmcr) >> 11 & 0x1f)); /* HPMN: all, as after reset */
    hyp_write(cnthctl, CNTHCTL_NATIVE);
    hyp_write(cntvoff, 0);
    el0_write(cntv_ctl, 0);
    hyp_write(vpidr, el1_read(midr));
    hyp_write(vmpidr, BIT(31));
    el1_write(sctlr, SCTLR_NATIVE);
    el1_write(cpacr, CPACR_NATIVE);
    el1_write(cntkctl, CNTKCTL_NATIVE);
#define ZERO(name) el0_write(name, 0);
    NATIVE_ZEROES(ZERO)
    barrier_context();
}

bool arch_interrupt_pending(void)
{
    return (el1_read(isr) & BIT(7)) != 0; /* ISR.I */
}

void arch_cpu_idle(void)
{
    __asm__ volatile("dsb sy\n\twfi" ::: "memory");
}

/* ---- caches, by address (DDI 0487 "Cache maintenance instructions") -------------------------- */

/* CTR.DminLine [19:16]: log2 of the smallest line in words. */
static void each_line(const void *start, size_t bytes, void (*clean)(uintptr_t at))
{
    size_t line = (size_t)4 << (el0_read(ctr) >> 16 & 0xf);
    size_t before = (uintptr_t)start % line;
    for (size_t done = 0; done < before + bytes; done += line) { /* RAM may end at 4 GiB */
        clean((uintptr_t)start - before + done);
    }
}

void arch_cache_clean(const void *start, size_t bytes)
{
    each_line(start, bytes, cache_clean_line);
    barrier_complete();
}

void arch_cache_sync_code(const void *start, size_t bytes)
{
    each_line(start, bytes, cache_clean_code_line);
    cache_invalidate_code();
}
